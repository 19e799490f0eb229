using System.Globalization;
using Mingling.Audio;
using Mingling.Recognition.Streaming.Gating;

namespace Mingling.Recognition.Enrollment;

/// <summary>Finds what is wrong with the sound of an example.</summary>
internal static class SoundCheck
{
    private const double BlockSeconds = 0.01;

    public static IEnumerable<EnrollmentFinding> FindProblems(EnrollmentExample example, EnrollmentSettings settings, double windowSeconds)
    {
        var level = ClipLevel.Measure(example.Clip.Samples);
        double seconds = SpeechSeconds(example.Clip);
        if (level.PeakDb < settings.QuietestPeakDb)
            yield return Finding(EnrollmentProblem.TooQuiet, "enroll.quiet", example, $"peaks at {level.PeakDb:0} dBFS; speak louder or nearer, to at least {settings.QuietestPeakDb:0}", ("peak", Math.Round(level.PeakDb)), ("least", settings.QuietestPeakDb));
        if (level.ClippedShare > settings.LargestClippedShare)
            yield return Finding(EnrollmentProblem.Clipped, "enroll.clipped", example, $"is clipped ({level.ClippedShare:0.0 %} of it); lower the gain of the microphone", ("percent", Math.Round(100 * level.ClippedShare, 1)));
        if (seconds < settings.ShortestSeconds)
            yield return Finding(EnrollmentProblem.TooShort, "enroll.short", example, $"has {seconds:0.00} s of sound; a word has at least {settings.ShortestSeconds:0.00} s", ("seconds", Math.Round(seconds, 2)), ("least", settings.ShortestSeconds));
        if (seconds > windowSeconds)
            yield return Finding(EnrollmentProblem.TooLong, "enroll.long", example, $"has {seconds:0.00} s of sound, of which the model takes {windowSeconds:0.00} s at once; say the word alone", ("seconds", Math.Round(seconds, 2)), ("most", Math.Round(windowSeconds, 2)));
    }

    /// <summary>The length of the loudest stretch of sound without a pause longer than one within a word.</summary>
    private static double SpeechSeconds(AudioClip clip)
    {
        int block = Math.Max(1, (int)(clip.SampleRate * BlockSeconds));
        int blocks = clip.Samples.Length / block;
        if (blocks == 0) return 0;
        var gate = new SpeechGate(blocks, BlockSeconds, SpeechLevels.SilenceDb, new GateSettings());
        for (int i = 0; i < blocks; i++) gate.Push(clip.Samples.AsSpan(i * block, block));
        if (gate.LastAudible < 0) return 0;
        (long first, long last) = gate.LoudestStretch(0, blocks - 1, (int)(SpeechLevels.LongestGapSeconds / BlockSeconds));
        return (last - first + 1) * BlockSeconds;
    }

    private static EnrollmentFinding Finding(EnrollmentProblem problem, string code, EnrollmentExample example, FormattableString what, params ReadOnlySpan<(string Name, object Value)> values) =>
        new(problem, new Remark(code, $"{example.Name} {what.ToString(CultureInfo.InvariantCulture)}.", [("example", example.Name), .. values]), example.Name);
}
