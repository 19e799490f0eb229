namespace Mingling.Corpora.Speech;

/// <summary>A corpus of synthetic speech that is wanted.</summary>
public sealed record SynthesisRequest
{
    /// <summary>The words, at least one.</summary>
    public required IReadOnlyList<ListedWord> Words { get; init; }

    /// <summary>The speakers, at least one, such as those of <see cref="VoicePool.Draw"/>.</summary>
    public required IReadOnlyList<string> Voices { get; init; }

    /// <summary>How many clips each line of the words gets; speakers take turns. Range: at least 1.</summary>
    public required int ClipsPerWord { get; init; }

    /// <summary>
    /// How many pseudo-words that sound nearly like it each word gets; together they have as many clips as the word, rounded up to
    /// whole turns, and the label <see cref="Corpora.CorpusClip.UnknownLabel"/>. Default 0.
    /// </summary>
    public int NearWords { get; init; }

    /// <summary>The rate of the files in hertz. Range: 4,000 to 48,000. Default 16,000.</summary>
    public int SampleRate { get; init; } = 16_000;

    /// <summary>A folder of noise, mixed into half of the clips at 5 to 30 dB. Default null: none.</summary>
    public string? NoiseFolder { get; init; }

    /// <summary>What everything drawn depends on. Default 1.</summary>
    public int Seed { get; init; } = 1;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfZero(Words.Count, nameof(Words));
        ArgumentOutOfRangeException.ThrowIfZero(Voices.Count, nameof(Voices));
        ArgumentOutOfRangeException.ThrowIfLessThan(ClipsPerWord, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(NearWords);
        ArgumentOutOfRangeException.ThrowIfLessThan(SampleRate, 4_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SampleRate, 48_000);
    }
}

/// <summary>A corpus of synthetic speech that was made.</summary>
/// <param name="Clips">Its clips.</param>
/// <param name="Made">Those of them that were not there before.</param>
/// <param name="NearWords">Those of them that say pseudo-words.</param>
/// <param name="Notes">What should be known, one sentence each.</param>
public sealed record SynthesisReport(int Clips, int Made, int NearWords, IReadOnlyList<string> Notes);
