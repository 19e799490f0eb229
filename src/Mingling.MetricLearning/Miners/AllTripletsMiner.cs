using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>Keeps every valid triplet (batch-all, Hermans et al. 2017).</summary>
public sealed class AllTripletsMiner : FilteringMiner
{
    internal override (double Lower, double Upper)? Band(double margin) => (double.NegativeInfinity, double.PositiveInfinity);

    internal override Tensor Keep(TripletBlock block) => block.Valid;
}
