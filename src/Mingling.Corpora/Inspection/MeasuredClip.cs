using System.Collections.Concurrent;
using Mingling.Audio;

namespace Mingling.Corpora.Inspection;

/// <summary>A clip and what its sound is like.</summary>
internal sealed record MeasuredClip(CorpusClip Clip, Split? Split, AudioFileInfo File, double Seconds, ClipLevel Level, string Hash)
{
    private const double SilentShare = 0.98;

    /// <summary>Whether nothing can be heard.</summary>
    public bool IsSilent => IsSilentAt(Level);

    /// <summary>Whether nothing can be heard at a level.</summary>
    public static bool IsSilentAt(ClipLevel level) => level.SilentShare >= SilentShare;

    /// <summary>Decodes and measures clips; those that cannot be read become problems.</summary>
    public static List<MeasuredClip> Measure(
        IReadOnlyList<CorpusClip> clips,
        CorpusSplits? splits,
        InspectedFiles sounds,
        int parallelism,
        CancellationToken cancellationToken,
        out IReadOnlyList<CorpusProblem> problems)
    {
        var splitOf = splits?.SplitOfClips() ?? [];
        var files = new ConcurrentDictionary<(string, long), AudioFileInfo>();
        var measured = new MeasuredClip?[clips.Count];
        problems = ClipDecoder.ForEach(clips, Decode, Use, parallelism, strict: false, cancellationToken);
        return [.. measured.OfType<MeasuredClip>()];

        AudioClip Decode(CorpusClip clip)
        {
            var sound = sounds.Read(clip, out var file);
            files[SoundSource.Key(clip)] = file;
            return sound;
        }

        void Use(int i, AudioClip sound) => measured[i] = new MeasuredClip(
            clips[i],
            splitOf.GetValueOrDefault(clips[i]),
            files[SoundSource.Key(clips[i])],
            sound.Duration.TotalSeconds,
            ClipLevel.Measure(sound.Samples),
            SampleHash.Compute(sound));
    }
}
