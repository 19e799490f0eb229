using Mingling.MetricLearning.Losses;
using static TorchSharp.torch;

namespace Mingling.Benchmarks.Losses;

/// <summary>A random batch and one training step on it.</summary>
internal sealed class LossesBatch : IDisposable
{
    private readonly Tensor _embeddings;
    private readonly Tensor _labels;

    public LossesBatch(LossesOptions options)
    {
        using var generator = new Generator(7);
        _embeddings = randn([options.Batch, options.Dim], ScalarType.Float32, generator: generator).requires_grad_();
        _labels = arange(options.Batch, ScalarType.Int64).div_(options.PerClass, RoundingMode.floor);
    }

    public void Step(EmbeddingLoss loss)
    {
        using var scope = NewDisposeScope();
        loss.zero_grad();
        _embeddings.grad?.zero_();
        loss.call(_embeddings, _labels).backward();
        loss.Update(_embeddings, _labels);
    }

    /// <summary>The similarities, and the gradient from both sides.</summary>
    public void Products()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var similarities = mm(_embeddings, _embeddings.t());
        _ = mm(similarities, _embeddings) + mm(similarities.t(), _embeddings);
    }

    public void Dispose()
    {
        _embeddings.Dispose();
        _labels.Dispose();
    }
}
