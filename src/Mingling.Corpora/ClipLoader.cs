using Mingling.Audio;

namespace Mingling.Corpora;

/// <summary>A clip and its sound.</summary>
/// <param name="Clip">The clip.</param>
/// <param name="Samples">Mono, −1…1, at the rate that was asked for; never empty.</param>
public sealed record LoadedClip(CorpusClip Clip, float[] Samples);

/// <summary>What <see cref="ClipLoader"/> could load, and what not.</summary>
/// <param name="Clips">The clips that could be read, in the order they were asked for.</param>
/// <param name="Problems">The clips that could not be read, in that order.</param>
public sealed record LoadedClips(IReadOnlyList<LoadedClip> Clips, IReadOnlyList<CorpusProblem> Problems);

/// <summary>Reads the sound of clips into memory.</summary>
public static class ClipLoader
{
    /// <summary>Decodes clips to mono at one rate and cuts the excerpts out; a file with several excerpts is read once.</summary>
    /// <param name="clips">The clips.</param>
    /// <param name="sampleRate">The model's rate in hertz, 1,000 to 384,000.</param>
    /// <param name="parallelism">The number of threads, at least 1; the result does not depend on it.</param>
    /// <param name="strict">Whether a clip that cannot be read throws instead of being skipped and named.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="CorpusException">A clip cannot be read, and <paramref name="strict"/> is set.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate or the number of threads is out of range.</exception>
    public static LoadedClips Load(
        IReadOnlyList<CorpusClip> clips,
        int sampleRate,
        int parallelism = 1,
        bool strict = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        return Load(clips, path => AudioFile.Read(path, sampleRate), parallelism, strict, cancellationToken);
    }

    /// <summary>As the other overload, but files come from where each is decoded once.</summary>
    internal static LoadedClips Load(
        IReadOnlyList<CorpusClip> clips, Func<string, AudioClip> read, int parallelism, bool strict, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clips);
        var loaded = new LoadedClip?[clips.Count];
        var problems = ClipDecoder.ForEach(
            clips,
            read,
            (i, sound) => loaded[i] = new LoadedClip(clips[i], sound.Samples),
            parallelism,
            strict,
            cancellationToken);
        return new LoadedClips([.. loaded.OfType<LoadedClip>()], problems);
    }
}
