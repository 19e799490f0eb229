using System.Collections.Concurrent;
using Mingling.Audio;

namespace Mingling.Corpora.Inspection;

/// <summary>
/// The sound files of a corpus that is inspected, each decoded once as far as there is room: dividing it, measuring it and letting a model judge
/// it take the same recordings. What was decoded first is kept; what finds no room is decoded each time. For any number of threads.
/// </summary>
/// <param name="room">The most bytes of sound to keep.</param>
internal sealed class InspectedFiles(long room = DecodedFiles.DefaultRoom)
{
    private readonly ConcurrentDictionary<(string Path, long Offset), Kept> _kept = new();
    private long _used;
    private int _decoded;

    /// <summary>How many files were decoded so far; those that were decoded again count again.</summary>
    public int Count => _decoded;

    /// <summary>The file of a clip at its own rate.</summary>
    /// <exception cref="AudioFormatException">It is no sound that can be read.</exception>
    public AudioClip Read(CorpusClip clip) => Read(clip, out _);

    /// <summary>The file of a clip at its own rate, and how it is stored.</summary>
    /// <exception cref="AudioFormatException">It is no sound that can be read.</exception>
    public AudioClip Read(CorpusClip clip, out AudioFileInfo file)
    {
        if (_kept.TryGetValue(SoundSource.Key(clip), out var known))
        {
            file = known.File;
            return new AudioClip(known.Sound.Samples(), known.SampleRate);
        }
        Interlocked.Increment(ref _decoded);
        var sound = SoundSource.Read(clip, out file);
        // Twice the size in memory at worst; nothing is made smaller that would find no room anyway.
        if (Interlocked.Read(ref _used) + (sizeof(short) * (long)sound.Samples.Length) > room) return sound;
        var kept = new Kept(KeptSound.Keep(sound.Samples), sound.SampleRate, file);
        if (Interlocked.Add(ref _used, kept.Sound.Bytes) > room || !_kept.TryAdd(SoundSource.Key(clip), kept)) Interlocked.Add(ref _used, -kept.Sound.Bytes);
        return sound;
    }

    /// <summary>The file of a clip at a model's rate.</summary>
    /// <exception cref="AudioFormatException">It is no sound that can be read, or its rate cannot be resampled.</exception>
    public AudioClip Read(CorpusClip clip, int sampleRate)
    {
        var sound = Read(clip);
        return SampleRates.CanConvert(sound.SampleRate, sampleRate)
            ? Resampler.Resample(sound, sampleRate)
            : throw new AudioFormatException($"its sample rate of {sound.SampleRate} Hz cannot be resampled to {sampleRate}.");
    }

    private sealed record Kept(KeptSound Sound, int SampleRate, AudioFileInfo File);
}
