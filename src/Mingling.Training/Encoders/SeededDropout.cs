using Mingling.Training.Graphs;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>Dropout of single values, or of whole channels of [B, C, …], that draws from <see cref="EncoderRandom"/>.</summary>
/// <param name="rate">The share that becomes 0 in training; what is left is divided by 1 − rate. Range: 0 to below 1.</param>
/// <param name="channels">Whether all values of a channel of a clip become 0 together.</param>
internal sealed class SeededDropout(double rate, bool channels = false) : nn.Module<Tensor, Tensor>(nameof(SeededDropout)), IGraphModule
{
    public override Tensor forward(Tensor x)
    {
        if (!training || rate == 0) return x.alias();
        using var scope = NewDisposeScope();
        long[] shape = channels ? [.. x.shape.Select((size, dimension) => dimension < 2 ? size : 1)] : x.shape;
        var kept = empty(shape).bernoulli_(1 - rate, EncoderRandom.Present).div_(1 - rate);
        return (x * kept).MoveToOuterDisposeScope();
    }

    public GraphValue Export(GraphBuilder graph, GraphValue x) => x;
}
