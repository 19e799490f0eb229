using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Mingling.Audio;

namespace Mingling.Corpora;

/// <summary>Decoded sound files, kept as long as there is room, in 16 bits where these hold them exactly. For any number of threads.</summary>
/// <param name="room">The most bytes of sound to keep.</param>
internal sealed class KeptSounds(long room)
{
    private readonly ConcurrentDictionary<(string Path, long Offset), Kept> _kept = new();
    private long _used;

    /// <summary>The bytes of sound that are kept.</summary>
    public long UsedBytes => Interlocked.Read(ref _used);

    /// <summary>Whether the file of a clip is kept.</summary>
    public bool Holds(CorpusClip clip) => _kept.ContainsKey(SoundSource.Key(clip));

    /// <summary>Gets the file of a clip, and how it is stored, where that was told.</summary>
    public bool TryGet(CorpusClip clip, [NotNullWhen(true)] out AudioClip? sound, out AudioFileInfo? file)
    {
        bool isKept = _kept.TryGetValue(SoundSource.Key(clip), out var known);
        (sound, file) = isKept ? (new AudioClip(known!.Sound.Samples(), known.SampleRate), known.File) : (null, null);
        return isKept;
    }

    /// <summary>Keeps the file of a clip, if there is room.</summary>
    public void Keep(CorpusClip clip, AudioClip sound, AudioFileInfo? file = null)
    {
        // Twice the size in memory at worst; nothing is made smaller that would find no room anyway.
        if (UsedBytes + (sizeof(short) * (long)sound.Samples.Length) > room) return;
        var kept = new Kept(KeptSound.Keep(sound.Samples), sound.SampleRate, file);
        if (Interlocked.Add(ref _used, kept.Sound.Bytes) > room || !_kept.TryAdd(SoundSource.Key(clip), kept)) Interlocked.Add(ref _used, -kept.Sound.Bytes);
    }

    private sealed record Kept(KeptSound Sound, int SampleRate, AudioFileInfo? File);
}
