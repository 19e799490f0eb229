namespace Mingling.Experiments.Evaluation;

/// <summary>The embeddings of clips as points of a plane.</summary>
/// <param name="Method">How they were laid out, to stand below the picture, such as "t-SNE, perplexity 30, seed 1".</param>
/// <param name="Points">A point for each clip, in the order of the clips.</param>
public sealed record EmbeddingMap(string Method, IReadOnlyList<MapPoint> Points)
{
    /// <summary>
    /// Whether the points are the embeddings themselves, of 1 or 2 values: the origin and the distance from it then mean something. False
    /// by default, for what was laid out.
    /// </summary>
    public bool IsEmbedding { get; init; }
}

/// <summary>A clip in the plane.</summary>
/// <param name="X">Its place from left to right, in units of the method's own.</param>
/// <param name="Y">Its place from bottom to top, in the same units.</param>
/// <param name="Class">The index of the word that it is labelled as.</param>
/// <param name="IsOutlier">Whether it lies far from its own word, and near to no other.</param>
/// <param name="IsSuspect">Whether it lies far from its own word and near to another: probably a labelling mistake.</param>
public sealed record MapPoint(double X, double Y, int Class, bool IsOutlier, bool IsSuspect)
{
    /// <summary>How much better another word fits than its own, 0 … 1: above 0.5 it fits better. Clips in doubt are shown by it, worst first.</summary>
    public double Doubt { get; init; }
}
