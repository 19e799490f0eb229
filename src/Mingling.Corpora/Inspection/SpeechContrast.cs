namespace Mingling.Corpora.Inspection;

/// <summary>
/// How far the loudest 50 ms of a clip stand out from its quietest tenth. Speech rises and falls from sound to sound, even where it is
/// cut without a pause; silence and most background noise do not.
/// </summary>
internal static class SpeechContrast
{
    /// <summary>Below this a clip's sound is steady: it stays below in nine of ten seconds of machines, and above in words cut without a pause.</summary>
    public const double SteadyDb = 8;

    private const double FrameSeconds = 0.02, HopSeconds = 0.01;
    private const int LoudFrames = 5;
    private const double QuietShare = 0.1;

    /// <summary>Below this nothing can be heard.</summary>
    private const double AudibleDb = -60;

    /// <summary>Below the last bit of 16-bit samples: no microphone was there.</summary>
    private const double PaddingDb = -96;

    /// <summary>The contrast in decibels, at least 0; 0 of a clip in which nothing can be heard for 50 ms.</summary>
    /// <param name="samples">Mono, −1 … 1.</param>
    /// <param name="sampleRate">Their rate in hertz.</param>
    public static double Measure(ReadOnlySpan<float> samples, int sampleRate)
    {
        // Zeros around a sound are no quiet part of it: with them steady noise would seem to begin and to end like a word.
        double[] levels = [.. Levels(samples, sampleRate).Where(level => level > PaddingDb).Order()];
        if (levels.Length < LoudFrames || levels[^LoudFrames] < AudibleDb) return 0;
        return Math.Max(0, levels[^LoudFrames] - levels[(int)(QuietShare * levels.Length)]);
    }

    /// <summary>The level of each frame in dBFS, its mean left out: an offset, or a rumble below speech, is nothing that is said.</summary>
    private static List<double> Levels(ReadOnlySpan<float> samples, int sampleRate)
    {
        int frame = (int)(FrameSeconds * sampleRate), hop = (int)(HopSeconds * sampleRate);
        var levels = new List<double>();
        for (int start = 0; start + frame <= samples.Length; start += hop)
        {
            double sum = 0, squares = 0;
            foreach (float sample in samples.Slice(start, frame))
            {
                sum += sample;
                squares += (double)sample * sample;
            }
            levels.Add(10 * Math.Log10(Math.Max((squares - sum * sum / frame) / frame, double.Epsilon)));
        }
        return levels;
    }
}
