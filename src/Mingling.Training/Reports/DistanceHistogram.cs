namespace Mingling.Training.Reports;

/// <summary>How far embeddings of pairs of clips lie apart, those of one word and those of different words.</summary>
/// <param name="Edges">The n + 1 edges of n bins of equal width, rising from 0; Euclidean distances of the embeddings.</param>
/// <param name="Same">The pairs of one word in each bin.</param>
/// <param name="Different">The pairs of different words in each bin.</param>
public sealed record DistanceHistogram(IReadOnlyList<double> Edges, IReadOnlyList<long> Same, IReadOnlyList<long> Different);
