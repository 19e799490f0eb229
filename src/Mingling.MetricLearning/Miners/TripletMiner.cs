using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>
/// Chooses, without gradient, the triplets of a batch that a <c>TripletLoss</c> counts. A miner compares with the measure of the loss
/// and, unless it was given a margin of its own, with the margin of the loss.
/// </summary>
public abstract class TripletMiner
{
    private protected TripletMiner() { }

    /// <summary>
    /// Begins the draws anew from another seed, as a training does at each epoch so that one that was stopped draws as if it had not been. A
    /// miner that draws nothing does nothing.
    /// </summary>
    /// <param name="seed">The seed.</param>
    public virtual void Restart(long seed)
    {
    }

    /// <summary>The chosen triplets as indices, for inspection; waits for an accelerator.</summary>
    /// <param name="embeddings">Floating-point [B, D].</param>
    /// <param name="labels">The class of each row, int64 [B].</param>
    /// <param name="measure">What compares the rows; null means Euclidean distance of L2-normalised rows.</param>
    /// <param name="margin">The margin of a miner that has none of its own, at least 0.</param>
    /// <exception cref="ArgumentException">The tensors do not fit or the margin is out of range.</exception>
    public IReadOnlyList<MinedTriplet> Mine(Tensor embeddings, Tensor labels, PairMeasure? measure = null, double margin = 0.2)
    {
        Check.Batch(embeddings, labels);
        Check.Range(margin, 0, double.PositiveInfinity, nameof(margin));
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return List(new TripletView(PairView.Within(Precision.AtLeastSingle(embeddings), labels), measure ?? new EuclideanDistance(), margin));
    }

    private protected abstract IReadOnlyList<MinedTriplet> List(TripletView view);

    /// <summary>The triplets at the places where a mask holds.</summary>
    /// <param name="mask">Bool, its first dimension the anchors from <paramref name="firstAnchor"/> on.</param>
    /// <param name="firstAnchor">The anchor of the mask's first row.</param>
    /// <param name="find">Gives positive and negative of a place.</param>
    private protected static IEnumerable<MinedTriplet> At(Tensor mask, long firstAnchor, Func<long[], (long Positive, long Negative)> find)
    {
        int dimensions = (int)mask.dim();
        long[] places = Indexes.ToArray(mask.nonzero());
        foreach (long[] place in places.Chunk(dimensions))
        {
            var (positive, negative) = find(place);
            yield return new MinedTriplet(firstAnchor + place[0], positive, negative);
        }
    }
}
