using Mingling.Audio;

namespace Mingling.Corpora;

/// <summary>A clip and its sound.</summary>
/// <param name="Clip">The clip.</param>
/// <param name="Samples">Mono, −1…1, at the rate that was asked for; never empty.</param>
public sealed record LoadedClip(CorpusClip Clip, float[] Samples)
{
    private readonly DecodedFiles? _files;

    /// <summary>A clip whose sound is read, or taken from what is kept of it, each time it is asked for.</summary>
    internal LoadedClip(CorpusClip clip, DecodedFiles files)
        : this(clip, []) => _files = files;

    /// <summary>Mono, −1…1, at the rate that was asked for; never empty. Of a large corpus read anew each time.</summary>
    /// <exception cref="CorpusException">It cannot be read any more.</exception>
    public float[] Samples { get => _files is null ? field : ClipDecoder.Decode(Clip, _files.Read).Samples; init; } = Samples;
}

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
        return Load(clips, clip => SoundSource.Read(clip, sampleRate), parallelism, strict, cancellationToken);
    }

    /// <summary>
    /// As the other overload, but the sound stays in memory only as far as there is room for it, and is read again where it did not. Clips in
    /// shards were read when they were packed and are not read now.
    /// </summary>
    internal static LoadedClips Load(
        IReadOnlyList<CorpusClip> clips, DecodedFiles files, int parallelism, bool strict, CancellationToken cancellationToken)
    {
        int[] loose = [.. Enumerable.Range(0, clips.Count).Where(i => clips[i].Bytes is null)];
        bool[] readable = new bool[clips.Count];
        var problems = ClipDecoder.ForEach([.. loose.Select(i => clips[i])], files.Read, (i, _) => readable[loose[i]] = true, parallelism, strict, cancellationToken);
        return new LoadedClips([.. clips.Where((clip, i) => readable[i] || clip.Bytes is not null).Select(clip => new LoadedClip(clip, files))], problems);
    }

    /// <summary>As the other overloads, with files from where the caller says, at the rate that is wanted.</summary>
    internal static LoadedClips Load(
        IReadOnlyList<CorpusClip> clips, Func<CorpusClip, AudioClip> read, int parallelism, bool strict, CancellationToken cancellationToken)
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
