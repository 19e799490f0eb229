using Mingling.Audio;

namespace Mingling.Corpora;

/// <summary>One recording of a command, or an excerpt of a longer recording. Nothing is read from the file to make one.</summary>
/// <param name="Path">The absolute path of the sound file, or of the shard that it lies in.</param>
/// <param name="Name">The path below the corpus root with <c>/</c> between its parts, the same on every system.</param>
/// <param name="Label">The class.</param>
public sealed record CorpusClip(string Path, string Name, string Label)
{
    /// <summary>The label of clips without any speech (<c>_silence_</c>).</summary>
    public const string SilenceLabel = "_silence_";

    /// <summary>The label of clips with words that are not commands (<c>_unknown_</c>).</summary>
    public const string UnknownLabel = "_unknown_";

    /// <summary>The folder of noise recordings (<c>_background_noise_</c>), as in Google Speech Commands; not a class.</summary>
    public const string NoiseLabel = "_background_noise_";

    /// <summary>Who speaks; null where that is unknown.</summary>
    public string? Speaker { get; init; }

    /// <summary>The split that the corpus itself gives (lists, hash or manifest); null where it gives none.</summary>
    public Split? Split { get; init; }

    /// <summary>Where an excerpt starts, in seconds from the start of the file; null for the start of the file.</summary>
    public double? StartSeconds { get; init; }

    /// <summary>Where an excerpt ends, in seconds from the start of the file; null for the end of the file.</summary>
    public double? EndSeconds { get; init; }

    /// <summary>Whether a machine speaks (the manifest says so): such a clip is learned from and never judges.</summary>
    public bool Synthetic { get; init; }

    /// <summary>Whether the clip is for training alone, whatever the split: synthetic, or of a corpus that was added. Default false.</summary>
    public bool TrainingOnly { get; init; }

    /// <summary>Where in <see cref="Path"/>, which is a shard then, the sound file lies; null (default) for a file of its own.</summary>
    public ShardBytes? Bytes { get; init; }

    /// <summary>
    /// Of a clip in a shard: a number that it shares with the clips of equal sound; 0 for none, and for clips outside of shards, whose sound
    /// must be read to know.
    /// </summary>
    internal int CopyGroup { get; init; }

    /// <summary>The factor on the samples. Default 1; lower for excerpts of noise that stand for silence.</summary>
    public float Gain { get; init; } = 1;

    /// <summary>Reads the sound: the file or its part of a shard, cut to the excerpt and times the gain, at the rate of the file.</summary>
    /// <exception cref="CorpusException">It cannot be read, or ends before the excerpt begins.</exception>
    public AudioClip ReadSound() => ClipDecoder.Decode(this, SoundSource.Read);
}
