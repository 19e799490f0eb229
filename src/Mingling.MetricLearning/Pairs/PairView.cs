using Mingling.MetricLearning.Distances;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Pairs;

/// <summary>
/// The rows that a pair or triplet loss compares, and which pairs are positive and negative. Masks stand for lists of pairs, so that no
/// step waits for an accelerator.
/// </summary>
public sealed class PairView
{
    private (Tensor Index, Tensor Valid)? _slots;
    private bool _readsBack = true;

    private PairView(Tensor rows, Tensor rowLabels, Tensor columns, Tensor columnLabels, Tensor positives, Tensor negatives)
    {
        (Rows, RowLabels, Columns, ColumnLabels) = (rows, rowLabels, columns, columnLabels);
        (Positives, Negatives) = (positives, negatives);
    }

    /// <summary>The anchors, [B, D].</summary>
    public Tensor Rows { get; }

    /// <summary>The classes of the anchors, int64 [B].</summary>
    public Tensor RowLabels { get; }

    /// <summary>What the anchors are compared with, [N, D]: the same tensor as <see cref="Rows"/> within a batch.</summary>
    public Tensor Columns { get; }

    /// <summary>The classes of the columns, int64 [N].</summary>
    public Tensor ColumnLabels { get; }

    /// <summary>The pairs of one class, the anchor itself excluded, bool [B, N].</summary>
    public Tensor Positives { get; }

    /// <summary>The pairs of different classes, bool [B, N].</summary>
    public Tensor Negatives { get; }

    /// <summary>Whether the anchors are compared with one another.</summary>
    public bool IsWithinBatch => ReferenceEquals(Rows, Columns);

    /// <summary>
    /// The positives of each anchor side by side: their columns, int64 [B, K], and which slots hold one, bool [B, K]. On the CPU K is the
    /// greatest number of positives of an anchor (at least 1); elsewhere it is N, because the number would have to be read back.
    /// </summary>
    public (Tensor Index, Tensor Valid) Slots => _slots ??= _readsBack ? PositiveSlots.FromMask(Positives) : PositiveSlots.EveryColumn(Positives);

    /// <summary>The slots of anchors that have a negative, bool [B, K].</summary>
    public Tensor SlotsWithNegative() => Slots.Valid.logical_and(Negatives.any(1, keepdim: true));

    /// <summary>The anchors that have a positive and a negative, bool [B].</summary>
    public Tensor HasBoth() => Positives.any(1).logical_and(Negatives.any(1));

    /// <summary>Every row of a batch against every other.</summary>
    public static PairView Within(Tensor embeddings, Tensor labels)
    {
        var same = Same(labels, labels);
        var self = eye(labels.shape[0], dtype: ScalarType.Bool, device: labels.device);
        return new PairView(embeddings, labels, embeddings, labels, same.logical_and(self.logical_not()), same.logical_not());
    }

    /// <summary>Every row of a batch against a reference set that does not hold the batch.</summary>
    public static PairView Against(Tensor embeddings, Tensor labels, Tensor reference, Tensor referenceLabels)
    {
        var same = Same(labels, referenceLabels);
        return new PairView(embeddings, labels, reference, referenceLabels, same, same.logical_not());
    }

    /// <summary>Every row of a batch against the others of the batch and a memory in which a negative label marks an empty row.</summary>
    internal static PairView WithMemory(Tensor embeddings, Tensor labels, Tensor memory, Tensor memoryLabels)
    {
        var within = Within(embeddings, labels);
        var same = Same(labels, memoryLabels);
        var filled = memoryLabels.ge(0).unsqueeze(0);
        return new PairView(
            embeddings,
            labels,
            cat([embeddings, memory], 0),
            cat([labels, memoryLabels], 0),
            cat([within.Positives, same.logical_and(filled)], 1),
            cat([within.Negatives, same.logical_not().logical_and(filled)], 1));
    }

    /// <summary>The same rows with fewer pairs, as a miner chose them.</summary>
    /// <param name="positives">Bool [B, N].</param>
    /// <param name="negatives">Bool [B, N].</param>
    public PairView Restricted(Tensor positives, Tensor negatives) =>
        new(Rows, RowLabels, Columns, ColumnLabels, positives, negatives) { _readsBack = _readsBack };

    /// <summary>The same pairs with slots as on a device whose memory is not read back.</summary>
    internal PairView AsOnADevice() => new(Rows, RowLabels, Columns, ColumnLabels, Positives, Negatives) { _readsBack = false };

    /// <summary>A matrix in which greater means nearer: the similarity, or the negated distance, times a scale. [B, N]</summary>
    /// <param name="measure">What compares the rows.</param>
    /// <param name="scale">The scale, greater than 0.</param>
    public Tensor Score(PairMeasure measure, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(measure);
        if (scale == 1 && measure is Similarity) return measure.Between(Rows, Columns);
        using var values = measure.Between(Rows, Columns); // given back at once: a scaled copy takes its place
        return values * (measure is Similarity ? scale : -scale);
    }

    private static Tensor Same(Tensor labels, Tensor others) => labels.unsqueeze(1).eq(others.unsqueeze(0));
}
