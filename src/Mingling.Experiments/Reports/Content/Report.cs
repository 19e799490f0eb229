using Mingling.Experiments.Comparison;

namespace Mingling.Experiments.Reports.Content;

/// <summary>What one page shows: runs and comparisons side by side.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Comparisons">The comparisons.</param>
/// <param name="Version">The version of Mingling that writes it.</param>
/// <param name="Written">When it is written.</param>
public sealed record Report(IReadOnlyList<RunReport> Runs, IReadOnlyList<ReportedComparison> Comparisons, string Version, DateTime Written);

/// <summary>A comparison in a report.</summary>
/// <param name="Name">The name of its folder.</param>
/// <param name="Plan">What was compared.</param>
/// <param name="Result">What came of it.</param>
public sealed record ReportedComparison(string Name, ComparisonPlan Plan, ComparisonReport Result);
