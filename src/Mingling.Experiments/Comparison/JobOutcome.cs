namespace Mingling.Experiments.Comparison;

/// <summary>How a run of a comparison ended.</summary>
/// <param name="Result">What it reached; null where it failed.</param>
/// <param name="Error">Why it failed, in one sentence; null where it did not.</param>
public sealed record JobOutcome(JobResult? Result, string? Error);
