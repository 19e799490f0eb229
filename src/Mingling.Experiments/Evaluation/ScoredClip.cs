namespace Mingling.Experiments.Evaluation;

/// <summary>The judgement of a clip: how sure the best known word is (greater is surer), and whether it is the right one.</summary>
internal readonly record struct ScoredClip(double Score, bool Right);
