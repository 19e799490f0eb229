namespace Mingling.Experiments.Evaluation;

/// <summary>Which clips are enrolled and which are tested; none is both.</summary>
internal sealed record FewShotDraw(IReadOnlyList<int> Enrolled, IReadOnlyList<int> Tested);
