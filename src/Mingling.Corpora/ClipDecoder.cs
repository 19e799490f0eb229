using Mingling.Audio;

namespace Mingling.Corpora;

/// <summary>Decodes the clips of a corpus on several threads, each file once, and cuts the excerpts out.</summary>
internal static class ClipDecoder
{
    /// <summary>Hands each clip's sound to an action, in no particular order and from several threads at once.</summary>
    /// <param name="clips">The clips.</param>
    /// <param name="decode">Reads a file.</param>
    /// <param name="use">Takes the index of a clip and its sound.</param>
    /// <param name="parallelism">The number of threads, at least 1.</param>
    /// <param name="strict">Whether the first problem in the order of the files throws.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The clips that cannot be read, in their order.</returns>
    /// <exception cref="CorpusException">A clip cannot be read, and <paramref name="strict"/> is set.</exception>
    public static IReadOnlyList<CorpusProblem> ForEach(
        IReadOnlyList<CorpusClip> clips,
        Func<CorpusClip, AudioClip> decode,
        Action<int, AudioClip> use,
        int parallelism,
        bool strict,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);
        var problems = new CorpusProblem?[clips.Count];
        int[][] files = Enumerable.Range(0, clips.Count).GroupBy(i => SoundSource.Key(clips[i])).Select(indices => indices.ToArray()).ToArray();
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken };
        Parallel.For(0, files.Length, options, (file, state) =>
        {
            var sound = Decode(clips[files[file][0]], decode, out var unreadable);
            foreach (int i in files[file])
            {
                var excerpt = sound is null ? null : Excerpt(sound, clips[i]);
                if (excerpt is not null)
                    use(i, excerpt);
                else
                    problems[i] = unreadable ?? OutsideOf(sound!, clips[i]);
                if (excerpt is null && strict)
                    state.Break();
            }
        });
        var found = problems.OfType<CorpusProblem>().ToList();
        return strict && found.Count > 0 ? throw new CorpusException(found[0].Remark) : found;
    }

    /// <summary>The sound of one clip.</summary>
    /// <exception cref="CorpusException">It cannot be read.</exception>
    public static AudioClip Decode(CorpusClip clip, Func<CorpusClip, AudioClip> decode)
    {
        var sound = Decode(clip, decode, out var problem);
        return (sound is null ? null : Excerpt(sound, clip)) ?? throw new CorpusException((problem ?? OutsideOf(sound!, clip)).Remark);
    }

    private static AudioClip? Decode(CorpusClip clip, Func<CorpusClip, AudioClip> decode, out CorpusProblem? problem)
    {
        problem = null;
        try
        {
            return decode(clip);
        }
        catch (Exception e) when (e is AudioFormatException or IOException or UnauthorizedAccessException)
        {
            problem = new CorpusProblem(clip.Name, CorpusProblem.Unreadable(e));
            return null;
        }
    }

    /// <summary>The part of a recording that a clip means, times its gain; null where it lies outside.</summary>
    private static AudioClip? Excerpt(AudioClip sound, CorpusClip clip)
    {
        if (clip is { StartSeconds: null, EndSeconds: null, Gain: 1 })
            return sound.Samples.Length > 0 ? sound : null;
        int start = At(clip.StartSeconds ?? 0);
        int end = At(clip.EndSeconds ?? double.PositiveInfinity);
        if (start >= end)
            return null;
        float[] samples = sound.Samples[start..end];
        for (int i = 0; i < samples.Length; i++)
            samples[i] *= clip.Gain;
        return new AudioClip(samples, sound.SampleRate);

        int At(double seconds) => (int)Math.Min(Math.Round(seconds * sound.SampleRate), sound.Samples.Length);
    }

    private static CorpusProblem OutsideOf(AudioClip sound, CorpusClip clip) =>
        new(clip.Name, new Remark("problem.too-short", $"lasts {sound.Duration.TotalSeconds:0.###} s and has nothing from {clip.StartSeconds ?? 0:0.###} s on", ("seconds", Math.Round(sound.Duration.TotalSeconds, 3)), ("start", clip.StartSeconds ?? 0)));
}
