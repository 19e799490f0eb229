using System.Collections.Concurrent;
using Mingling.Audio;

namespace Mingling.Corpora;

/// <summary>
/// The sound files of a corpus, each decoded once: splitting compares recordings at their own rate, training takes them at the model's, and
/// both come from one reading. Keeps what was decoded, at the model's rate, until it is dropped. For any number of threads.
/// </summary>
internal sealed class DecodedFiles(int sampleRate)
{
    private readonly ConcurrentDictionary<string, AudioClip> _resampled = new(StringComparer.Ordinal);
    private int _decoded;

    /// <summary>How many files were decoded so far.</summary>
    public int Count => _decoded;

    /// <summary>A file at its own rate; it is kept at the model's rate.</summary>
    /// <exception cref="AudioFormatException">It is no sound that can be read, or its rate cannot be resampled.</exception>
    public AudioClip ReadNative(string path)
    {
        Interlocked.Increment(ref _decoded);
        var sound = AudioFile.Read(path);
        if (SampleRates.CanConvert(sound.SampleRate, sampleRate)) _resampled.TryAdd(path, Resampler.Resample(sound, sampleRate));
        return sound;
    }

    /// <summary>A file at the model's rate.</summary>
    /// <exception cref="AudioFormatException">It is no sound that can be read, or its rate cannot be resampled.</exception>
    public AudioClip Read(string path)
    {
        if (_resampled.TryGetValue(path, out var known)) return known;
        Interlocked.Increment(ref _decoded);
        return _resampled.GetOrAdd(path, AudioFile.Read(path, sampleRate));
    }
}
