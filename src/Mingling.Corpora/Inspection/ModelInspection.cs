namespace Mingling.Corpora.Inspection;

/// <summary>What a trained model finds in a corpus; made by <c>ModelInspector</c> of Mingling.Experiments. Clips are named by their paths below the root.</summary>
public sealed record ModelInspection
{
    /// <summary>The number of clips whose labels were judged: those that can be read and carry a word that the model knows.</summary>
    public required int Judged { get; init; }

    /// <summary>The number of clips that can be read and carry a word that the model does not know: their labels were not judged.</summary>
    public required int NotJudged { get; init; }

    /// <summary>The words of those, in ordinal order.</summary>
    public required IReadOnlyList<string> UnknownWords { get; init; }

    /// <summary>Clips that another word fits better, those first that it fits better by most.</summary>
    public required Findings<SuspectLabel> Suspects { get; init; }

    /// <summary>The same recording again in another split, though the samples differ; the most alike first.</summary>
    public required Findings<NearDuplicate> NearDuplicates { get; init; }

    /// <summary>Clips in which nothing is said, the steadiest first.</summary>
    public required Findings<SpeechlessClip> Speechless { get; init; }
}

/// <summary>What was found of one kind.</summary>
/// <param name="Count">How much was found.</param>
/// <param name="Worst">The worst of it, in order; as much as was asked for.</param>
public sealed record Findings<T>(int Count, IReadOnlyList<T> Worst)
{
    internal static Findings<T> Take(IReadOnlyCollection<T> found, int most) => new(found.Count, [.. found.Take(most)]);
}

/// <summary>A clip that another word fits better.</summary>
/// <param name="Clip">The clip.</param>
/// <param name="Label">The word that it has.</param>
/// <param name="Likely">The word that fits better.</param>
/// <param name="Score">How much better, above 0.5 and up to 1; no probability.</param>
/// <param name="Speaker">Who speaks; null where that is unknown.</param>
/// <param name="Split">The split that it is in; null where it is in none.</param>
public sealed record SuspectLabel(string Clip, string Label, string Likely, double Score, string? Speaker, Split? Split);

/// <summary>Two clips in different splits that are the same recording.</summary>
/// <param name="First">The clip in the earlier split: training before validation before test.</param>
/// <param name="FirstLabel">Its word.</param>
/// <param name="FirstSplit">Its split.</param>
/// <param name="Second">The other clip.</param>
/// <param name="SecondLabel">Its word; where it is not that of the first, one of them is wrong.</param>
/// <param name="SecondSplit">Its split.</param>
/// <param name="Correlation">The correlation of their waveforms where they are most alike, 0.95 … 1, whichever way the waves point.</param>
/// <param name="LagSeconds">By how many seconds the sound comes later in the second clip than in the first.</param>
public sealed record NearDuplicate(
    string First, string FirstLabel, Split FirstSplit, string Second, string SecondLabel, Split SecondSplit, double Correlation, double LagSeconds);

/// <summary>A clip in which nothing is said: it is silent, or its sound is steady.</summary>
/// <param name="Clip">The clip.</param>
/// <param name="Label">The word that it has.</param>
/// <param name="ContrastDb">By how many decibels its loudest 50 ms stand out from its quietest tenth, below 8; 0 in a silent clip.</param>
public sealed record SpeechlessClip(string Clip, string Label, double ContrastDb);
