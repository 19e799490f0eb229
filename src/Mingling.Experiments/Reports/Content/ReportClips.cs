using Mingling.Corpora;

namespace Mingling.Experiments.Reports.Content;

/// <summary>The clips that a run is judged by in a report.</summary>
/// <param name="Clips">The clips, at the model's rate.</param>
/// <param name="Choice">How they were chosen, to follow a number of clips.</param>
/// <param name="Learned">How many of them the run learned from; above 0 the figures are too good.</param>
/// <param name="Problems">The clips that should be among them and could not be read.</param>
public sealed record ReportClips(IReadOnlyList<LoadedClip> Clips, string Choice, int Learned, IReadOnlyList<CorpusProblem> Problems);
