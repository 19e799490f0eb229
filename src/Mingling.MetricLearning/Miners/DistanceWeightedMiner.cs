using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>
/// For every anchor-positive pair a negative drawn with a probability inverse to the density of distances on the unit sphere
/// (Wu et al. 2017, eq. 3): log w(d) = (2 − D) log d − ½(D − 3) log(1 − d²/4), so that near and far negatives come equally often. The view
/// must hold Euclidean distances of L2-normalised rows.
/// </summary>
public sealed class DistanceWeightedMiner : SelectingMiner
{
    internal const double GreatestCutoff = 1.999;

    private readonly UniformNumbers _random;

    /// <summary>Makes the miner.</summary>
    /// <param name="cutoff">Distances below it count as it, against high variance; greater than 0 and less than 2.</param>
    /// <param name="farthest">Negatives at least this far are not drawn; greater than 0.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public DistanceWeightedMiner(double cutoff = 0.5, double farthest = 1.4, long seed = 0)
    {
        Cutoff = Check.Range(Check.Positive(cutoff, nameof(cutoff)), 0, GreatestCutoff, nameof(cutoff));
        Farthest = Check.Positive(farthest, nameof(farthest));
        _random = new UniformNumbers(seed);
    }

    /// <summary>Distances below it count as it.</summary>
    public double Cutoff { get; }

    /// <summary>Negatives at least this far are not drawn.</summary>
    public double Farthest { get; }

    /// <inheritdoc/>
    public override void Restart(long seed) => _random.Restart(seed);

    /// <inheritdoc/>
    protected override TripletSelection Choose(TripletView view)
    {
        var (positives, filled) = view.Slots;
        var candidates = view.Pairs.Negatives.logical_and(view.Cost.lt(Farthest));
        var logits = LogWeights(view.Cost.to(ScalarType.Float64), view.Pairs.Rows.shape[1]).masked_fill(candidates.logical_not(), double.NegativeInfinity);
        var weights = Masked.Where((logits - logits.amax(new long[] { 1 }, keepdim: true)).exp(), candidates);
        var cumulative = weights.cumsum(1); // the inverse of the distribution function at a uniform number is a draw
        var draws = _random.Like(positives) * cumulative.narrow(1, -1, 1);
        var drawn = searchsorted(cumulative, draws, right: true).clamp_max(view.Cost.shape[1] - 1);
        return new TripletSelection(positives, drawn, filled.logical_and(candidates.any(1, keepdim: true)));
    }

    private Tensor LogWeights(Tensor distance, long dimension)
    {
        var kept = distance.clamp(Cutoff, 2);
        var cap = (1 - kept.square() * 0.25).clamp_min(1e-8);
        return kept.log() * (2.0 - dimension) - cap.log() * ((dimension - 3) / 2.0);
    }
}
