using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>By what a loss of triplets tells hard triplets from easy ones.</summary>
/// <param name="Measure">What compares the rows.</param>
/// <param name="Margin">The margin m, at least 0, in the unit of the measure.</param>
/// <param name="IsHinge">Whether a triplet costs [d_ap − d_an + m]+, so that easy triplets cost nothing and equal distances cost m.</param>
public sealed record TripletCriterion(PairMeasure Measure, double Margin, bool IsHinge)
{
    /// <summary>That of a <see cref="TripletLoss"/> with all its defaults.</summary>
    public static TripletCriterion Default { get; } = new(new SquaredEuclideanDistance(), TripletLoss.DefaultMargin, IsHinge: true);

    /// <summary>Counts the easy, semi-hard and hard triplets of a batch, without gradient.</summary>
    /// <param name="embeddings">Floating-point [B, D].</param>
    /// <param name="labels">The class of each row, int64 [B].</param>
    /// <exception cref="ArgumentException">The tensors do not fit.</exception>
    public TripletStatistics Count(Tensor embeddings, Tensor labels)
    {
        Check.Batch(embeddings, labels);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return TripletStatistics.Count(new TripletView(PairView.Within(Precision.AtLeastSingle(embeddings), labels), Measure, Margin));
    }
}
