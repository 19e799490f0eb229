using Mingling.Audio;
using Mingling.Experiments.Figures;
using Mingling.Experiments.Reports.Content;

namespace Mingling.Experiments.Reports.Page;

/// <summary>The clips of a run that can be heard and seen in the page, as far as its size allows.</summary>
internal sealed class ClipMedia
{
    // 50 dB below a clip's loudest point, as a natural logarithm of power, the paper begins: below lies little but the room.
    private const float DynamicRange = 11.5f;

    private readonly Dictionary<ReportedClip, Medium> _media = [];

    /// <summary>Takes clips in the order of their weight until the room is full.</summary>
    /// <param name="run">The run.</param>
    /// <param name="wanted">The clips, the most telling first; those that come again count once.</param>
    /// <param name="room">The characters that their sound may take in the page.</param>
    /// <param name="sounds">Receives their sound: WAV files of 16 bits in base64.</param>
    public ClipMedia(RunReport run, IEnumerable<ReportedClip> wanted, long room, List<string> sounds)
    {
        int longest = (int)Math.Round(run.Manifest.Recipe.WindowSeconds * run.SampleRate);
        var features = ClipFeatures.ForRate(run.SampleRate);
        foreach (var clip in wanted.Distinct())
        {
            Wanted++;
            float[] heard = Heard(clip.Samples, longest);
            string sound = Convert.ToBase64String(Wav(heard, run.SampleRate));
            if (sound.Length > room) continue;
            room -= sound.Length;
            _media[clip] = new Medium(sounds.Count, Convert.ToBase64String(Picture(features, heard)));
            sounds.Add(sound);
        }
    }

    /// <summary>The number of clips that should be heard.</summary>
    public int Wanted { get; }

    /// <summary>The number of clips that are.</summary>
    public int Count => _media.Count;

    /// <summary>The number of a clip's sound and its picture; null where there was no room, or it was not wanted.</summary>
    public Medium? Of(ReportedClip clip) => _media.GetValueOrDefault(clip);

    /// <summary>Of long recordings the stretch that the model hears.</summary>
    private static float[] Heard(float[] samples, int longest)
    {
        if (samples.Length <= longest) return samples;
        float[] window = new float[longest];
        ClipLength.Fit(samples, window);
        return window;
    }

    private static byte[] Picture(FeatureExtractor front, float[] samples)
    {
        float[] features = front.Compute(samples);
        float loudest = features.Max();
        return LogMelPicture.Png(features, front.Bins, Theme.Light, loudest - DynamicRange, loudest, pixels: 1);
    }

    private static byte[] Wav(float[] samples, int rate)
    {
        using var stream = new MemoryStream();
        WavWriter.Write(stream, new AudioClip(samples, rate));
        return stream.ToArray();
    }

    /// <summary>What can be heard and seen of a clip.</summary>
    /// <param name="Sound">The number of its sound.</param>
    /// <param name="Picture">Its log-mel picture: PNG in base64.</param>
    internal sealed record Medium(int Sound, string Picture);
}
