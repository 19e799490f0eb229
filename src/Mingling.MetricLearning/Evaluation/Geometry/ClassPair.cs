namespace Mingling.MetricLearning.Evaluation;

/// <summary>How far apart two classes lie.</summary>
/// <param name="First">The label of the one class, the smaller of the two.</param>
/// <param name="Second">The label of the other class.</param>
/// <param name="CenterDistance">The Euclidean distance between the two class means, 0 or more.</param>
/// <param name="DPrime">
/// The separation of the two classes in units of their spread, 0 or more: both classes are projected onto the line through their
/// means and d′ = |μ₁ − μ₂| / √((σ₁² + σ₂²) / 2), where μ are the projected means (so |μ₁ − μ₂| is the centre distance) and σ² the
/// variances of the projections with n − 1 in the denominator. About 4 means little overlap, about 1 heavy confusion. Classes with
/// the same mean have d′ = 0. Null where a class has a single sample, or where distinct means come with no spread along the line
/// (below 1e-9 of the centre distance).
/// </param>
public sealed record ClassPair(long First, long Second, double CenterDistance, double? DPrime);
