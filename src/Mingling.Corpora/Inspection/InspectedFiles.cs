using Mingling.Audio;

namespace Mingling.Corpora.Inspection;

/// <summary>
/// The sound files of a corpus that is inspected, each decoded once as far as there is room: dividing it, measuring it and letting a model judge
/// it take the same recordings. What was decoded first is kept; what finds no room is decoded each time. For any number of threads.
/// </summary>
/// <param name="room">The most bytes of sound to keep.</param>
internal sealed class InspectedFiles(long room = DecodedFiles.DefaultRoom)
{
    private readonly KeptSounds _kept = new(room);
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
        if (_kept.TryGet(clip, out var known, out var stored))
        {
            file = stored!;
            return known;
        }
        Interlocked.Increment(ref _decoded);
        var sound = SoundSource.Read(clip, out file);
        _kept.Keep(clip, sound, file);
        return sound;
    }

    /// <summary>The file of a clip at a model's rate.</summary>
    /// <exception cref="AudioFormatException">It is no sound that can be read, or its rate cannot be resampled.</exception>
    public AudioClip Read(CorpusClip clip, int sampleRate) => SoundSource.AtRate(Read(clip), sampleRate);
}
