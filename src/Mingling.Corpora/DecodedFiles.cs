using Mingling.Audio;

namespace Mingling.Corpora;

/// <summary>
/// The sound files of a corpus, each decoded once as far as there is room: splitting compares recordings at their own rate, training takes
/// them at the model's, and both come from one reading. What was decoded first is kept, at the model's rate and in 16 bits where these hold
/// it exactly; what finds no room is decoded each time. An epoch hears every clip once, so that to keep the first is worth more than to keep
/// the latest. For any number of threads.
/// </summary>
/// <param name="sampleRate">The model's rate in hertz.</param>
/// <param name="room">The most bytes of sound to keep. Default: <see cref="DefaultRoom"/>.</param>
internal sealed class DecodedFiles(int sampleRate, long room = DecodedFiles.DefaultRoom)
{
    /// <summary>1 GiB: nine hours of 16-bit sound at 16 kHz.</summary>
    public const long DefaultRoom = 1L << 30;

    private readonly KeptSounds _kept = new(room);
    private int _decoded;

    /// <summary>How many files were decoded so far; those that were decoded again count again.</summary>
    public int Count => _decoded;

    /// <summary>The bytes of sound that are kept.</summary>
    public long UsedBytes => _kept.UsedBytes;

    /// <summary>The file of a clip at its own rate; it is kept at the model's rate.</summary>
    /// <exception cref="AudioFormatException">It is no sound that can be read, or its rate cannot be resampled.</exception>
    public AudioClip ReadNative(CorpusClip clip)
    {
        Interlocked.Increment(ref _decoded);
        var sound = SoundSource.Read(clip);
        if (SampleRates.CanConvert(sound.SampleRate, sampleRate) && !_kept.Holds(clip)) _kept.Keep(clip, Resampler.Resample(sound, sampleRate));
        return sound;
    }

    /// <summary>The file of a clip at the model's rate.</summary>
    /// <exception cref="AudioFormatException">It is no sound that can be read, or its rate cannot be resampled.</exception>
    public AudioClip Read(CorpusClip clip)
    {
        if (_kept.TryGet(clip, out var known, out _)) return known;
        Interlocked.Increment(ref _decoded);
        var sound = SoundSource.Read(clip, sampleRate);
        _kept.Keep(clip, sound);
        return sound;
    }
}
