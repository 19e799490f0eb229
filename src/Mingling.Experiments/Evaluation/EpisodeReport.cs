namespace Mingling.Experiments.Evaluation;

/// <summary>
/// The episodic protocol (Vinyals et al. 2016, Snell et al. 2017): small tasks of a few words each, drawn again and again.
/// </summary>
/// <param name="Ways">N, the words of an episode.</param>
/// <param name="Shots">K, the clips by which each of them is enrolled.</param>
/// <param name="Queries">Q, the tested clips of each word where it has so many left.</param>
/// <param name="FewestQueries">
/// The tested clips of the word with the fewest left; below <paramref name="Queries"/> where some words are short of clips.
/// </param>
/// <param name="Episodes">The number of episodes.</param>
/// <param name="Accuracy">
/// The mean over the episodes of the accuracy by the nearest class mean, and Student's 95 % interval of that mean.
/// </param>
public sealed record EpisodeReport(int Ways, int Shots, int Queries, int FewestQueries, int Episodes, Estimate Accuracy);
