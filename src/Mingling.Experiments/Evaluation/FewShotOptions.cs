namespace Mingling.Experiments.Evaluation;

/// <summary>How <see cref="FewShotEvaluator"/> enrols and tests.</summary>
public sealed record FewShotOptions
{
    /// <summary>K, the clips by which each word is enrolled. Default 5. Range: at least 1.</summary>
    public int Shots { get; init; } = 5;

    /// <summary>How often enrolment clips are drawn anew. Default 10. Range: at least 1.</summary>
    public int Repeats { get; init; } = 10;

    /// <summary>The neighbours that vote in k-nearest-neighbour scoring. Default 5. Range: at least 1.</summary>
    public int Neighbors { get; init; } = 5;

    /// <summary>Decides every draw; the same seed and clips give the same report. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// The words of the model's posteriors, in their order; softmax scores need them. Default empty: there are no softmax scores.
    /// </summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>
    /// Embeddings of other words, from which the thresholds of enrolled words are measured (the cohort of a model file). Default empty: they
    /// follow from the enrolled clips alone.
    /// </summary>
    public IReadOnlyList<float[]> Cohort { get; init; } = [];

    /// <summary>The number of episodes. Default 200; 0 leaves them out. Range: at least 0.</summary>
    public int Episodes { get; init; } = 200;

    /// <summary>N, the words of an episode; with fewer known words, all of them. Default 10. Range: at least 2.</summary>
    public int Ways { get; init; } = 10;

    /// <summary>
    /// Q, the tested clips of each word in an episode; words with fewer clips left give all of them. Default 15. Range: at least 1.
    /// </summary>
    public int Queries { get; init; } = 15;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Shots, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Repeats, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Neighbors, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Episodes);
        ArgumentOutOfRangeException.ThrowIfLessThan(Ways, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Queries, 1);
    }
}
