using Mingling.Corpora.Splitting;

namespace Mingling.Corpora;

/// <summary>How <see cref="CorpusSplitter.Split"/> divides a corpus.</summary>
public sealed record SplitOptions
{
    /// <summary>
    /// The share of the speakers (of the clips, where speakers are unknown) for validation, above 0 and below 1. Default 0.2.
    /// At least one speaker is taken, and one is left; where equal recordings join speakers, as near to the share as that allows.
    /// </summary>
    public double ValidationShare { get; init; } = 0.2;

    /// <summary>The share for the test, from 0 (none is made) to below 1. Default 0. Together with validation below 1.</summary>
    public double TestShare { get; init; }

    /// <summary>Whether splits that the corpus gives (lists, hash, manifest) are used. Default true.</summary>
    public bool UseGivenSplits { get; init; } = true;

    /// <summary>Whether each speaker stays in one split where speakers are known. Default true.</summary>
    public bool BySpeaker { get; init; } = true;

    /// <summary>
    /// The speakers that form the validation set, all others being for training: this goes before given splits, of which only
    /// the test set stays. Default empty: speakers are drawn.
    /// </summary>
    public IReadOnlyList<string> LeaveOutSpeakers { get; init; } = [];

    /// <summary>
    /// Whether recordings with equal samples stay in one split where the splitter draws (this decodes every clip once). Default
    /// true. Copies by name, such as "yes_1 - Copy.wav", stay together at all times.
    /// </summary>
    public bool KeepDuplicatesTogether { get; init; } = true;

    /// <summary>
    /// How many clips <see cref="CorpusClip.UnknownLabel"/> gets in each split, as a share of the wanted ones there: 0.1 in
    /// Google Speech Commands. They come from <see cref="Corpus.OtherClips"/>. Default 0: no such class.
    /// </summary>
    public double UnknownShare { get; init; }

    /// <summary>
    /// How many clips <see cref="CorpusClip.SilenceLabel"/> gets in each split, as a share of the wanted ones there: 0.1 in
    /// Google Speech Commands. They are excerpts of <see cref="Corpus.Noise"/>. Default 0: no such class.
    /// </summary>
    public double SilenceShare { get; init; }

    /// <summary>The length of an excerpt of noise in seconds, above 0. Default 1.</summary>
    public double SilenceSeconds { get; init; } = 1;

    /// <summary>
    /// The largest gain of an excerpt of noise, from 0 to 1; gains are drawn evenly from 0 up to it. Default 0.1, the background
    /// volume of Google Speech Commands.
    /// </summary>
    public double SilenceMaximumGain { get; init; } = 0.1;

    /// <summary>The seed of everything that is drawn. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>How many threads decode clips in search of duplicates, at least 1. Default 1.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>Checks the ranges.</summary>
    internal void Check()
    {
        if (!(ValidationShare is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(ValidationShare), ValidationShare, "The share for validation lies between 0 and 1.");
        if (!(TestShare >= 0 && TestShare + ValidationShare < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(TestShare), TestShare, "The share for the test is at least 0 and leaves clips for training.");
        }
        if (!(UnknownShare is >= 0 and <= 10))
            throw new ArgumentOutOfRangeException(nameof(UnknownShare), UnknownShare, "The share of unknown words is from 0 to 10.");
        if (!(SilenceShare is >= 0 and <= 10))
            throw new ArgumentOutOfRangeException(nameof(SilenceShare), SilenceShare, "The share of silence is from 0 to 10.");
        if (!(SilenceSeconds > 0 && double.IsFinite(SilenceSeconds)))
            throw new ArgumentOutOfRangeException(nameof(SilenceSeconds), SilenceSeconds, "Excerpts of noise last longer than 0 s.");
        if (!(SilenceMaximumGain is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(SilenceMaximumGain), SilenceMaximumGain, "The gain of noise is from 0 to 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(Parallelism, 1);
    }
}
