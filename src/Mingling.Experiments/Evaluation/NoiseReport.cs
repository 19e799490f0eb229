namespace Mingling.Experiments.Evaluation;

/// <summary>How well a model recognises clips in noise. Its JSON form has these names in camel case.</summary>
/// <param name="Recordings">The number of recordings that the noise was taken from.</param>
/// <param name="Scores">The result at each ratio, in the order in which they were asked for.</param>
public sealed record NoiseReport(int Recordings, IReadOnlyList<NoiseScore> Scores);

/// <summary>How well clips are recognised at one ratio of signal to noise.</summary>
/// <param name="SnrDb">The ratio in decibels.</param>
/// <param name="Accuracy">The share of clips that were recognised.</param>
/// <param name="AccuracyInterval">The 95 % interval of the accuracy (Wilson 1927), as of clips without noise.</param>
public sealed record NoiseScore(double SnrDb, double Accuracy, Interval AccuracyInterval);
