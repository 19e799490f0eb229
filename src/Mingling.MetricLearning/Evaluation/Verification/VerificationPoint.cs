namespace Mingling.MetricLearning.Evaluation;

/// <summary>The error rates of a verifier at one threshold.</summary>
/// <param name="Threshold">Trials whose score is at least this are accepted; +∞ accepts none.</param>
/// <param name="FalseAcceptanceRate">FAR, 0 … 1: the share of other trials that are accepted.</param>
/// <param name="FalseRejectionRate">FRR, 0 … 1: the share of target trials that are rejected.</param>
public readonly record struct VerificationPoint(double Threshold, double FalseAcceptanceRate, double FalseRejectionRate);
