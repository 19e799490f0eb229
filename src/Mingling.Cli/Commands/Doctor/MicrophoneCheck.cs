using Mingling.Audio;
using Mingling.Cli.Host;
using Mingling.Recognition.Streaming.Sources;

namespace Mingling.Cli.Commands;

/// <summary>Listens to a microphone for some seconds and says whether it is fit for commands.</summary>
internal static class MicrophoneCheck
{
    private const int Rate = 16_000, Seconds = 3;
    private const double QuietestPeakDb = -35, LargestClippedShare = 0.001, LargestOffset = 0.02, DeadShare = 0.999;

    public static Finding Run(string device)
    {
        try
        {
            using var microphone = Microphone.Open(Rate, device);
            CommandLine.Continue($"Speak a command; the microphone is heard for {Seconds} seconds.");
            return Judge(Record(microphone), microphone.Overruns);
        }
        catch (SampleStreamException e)
        {
            return new("microphone", Verdict.Missing, e.Message.TrimEnd('.'));
        }
    }

    /// <summary>What a recording says of the microphone.</summary>
    public static Finding Judge(float[] samples, int overruns)
    {
        var level = ClipLevel.Measure(samples);
        List<string> problems = [];
        if (level.SilentShare >= DeadShare) problems.Add("nothing is heard, so it may be muted or not plugged in");
        else if (level.PeakDb < QuietestPeakDb) problems.Add($"it is too quiet (peak {level.PeakDb:0} dBFS; a command should reach {QuietestPeakDb:0}), so raise its gain");
        if (level.ClippedShare > LargestClippedShare) problems.Add($"{level.ClippedShare:0.0 %} of the sound is clipped, so lower its gain");
        if (Math.Abs(level.DcOffset) > LargestOffset) problems.Add($"it has an offset of {level.DcOffset:0.000}, a sign of a bad sound card");
        if (overruns > 0) problems.Add("samples were lost, so the machine is too busy");
        return problems.Count == 0
            ? new("microphone", Verdict.Works, $"hears at {Rate} Hz, peak {level.PeakDb:0} dBFS, mean {level.RmsDb:0} dBFS, no clipping")
            : new("microphone", Verdict.Broken, string.Join("; ", problems));
    }

    private static float[] Record(Microphone microphone)
    {
        float[] samples = new float[Rate * Seconds];
        for (int at = 0; at < samples.Length;)
        {
            // The microphone waits within the call, so the task is done when it returns.
            at += microphone.ReadAsync(samples.AsMemory(at)).AsTask().GetAwaiter().GetResult();
        }
        return samples;
    }
}
