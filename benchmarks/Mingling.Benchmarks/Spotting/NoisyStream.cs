using Mingling.Audio;
using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Benchmarks.Spotting;

/// <summary>
/// A stream in the making: a noise without end, in which clips follow each other after half a second to two and a half. Of each clip the
/// spoken stretch is heard, with 100 ms on either side that fade in and out, at a level of so many dB over the noise.
/// </summary>
internal sealed class NoisyStream(AudioClip noise, double snrDb, Random random)
{
    private const double Margin = 0.1, LeastPause = 0.5, MostPause = 2.5;

    private readonly List<float> _speech = [];
    private readonly List<WordInterval> _words = [];

    /// <summary>Says a clip; with a label it is a command.</summary>
    public void Say(AudioClip clip, string? label)
    {
        if (clip.SampleRate != noise.SampleRate) clip = Resampler.Resample(clip, noise.SampleRate);
        Pause(LeastPause + ((MostPause - LeastPause) * random.NextDouble()));
        (int start, int length) = SpokenStretch.Of(clip.Samples, clip.SampleRate).GetOffsetAndLength(clip.Samples.Length);
        double gain = Math.Sqrt(
            Math.Pow(10, snrDb / 10) * (SpokenStretch.Energy(noise.Samples) / noise.Samples.Length) / (SpokenStretch.Energy(clip.Samples.AsSpan(start, length)) / length));
        int margin = (int)(Margin * clip.SampleRate), from = Math.Max(0, start - margin), to = Math.Min(clip.Samples.Length, start + length + margin);
        if (label is not null) _words.Add(new(Seconds(_speech.Count + start - from), Seconds(_speech.Count + start - from + length), label));
        for (int i = from; i < to; i++)
            _speech.Add((float)(gain * clip.Samples[i] * Math.Min(1, (Math.Min(i - from, to - 1 - i) + 0.5) / margin)));
    }

    public void Pause(double seconds) => _speech.AddRange(new float[(int)(seconds * noise.SampleRate)]);

    /// <summary>The stream from a random place of the noise on, and the commands in it.</summary>
    public (AudioClip Sound, IReadOnlyList<WordInterval> Words) End()
    {
        Pause(MostPause);
        int place = random.Next(noise.Samples.Length);
        return (new AudioClip([.. _speech.Select((sample, i) => sample + noise.Samples[(place + i) % noise.Samples.Length])], noise.SampleRate), _words);
    }

    private double Seconds(int samples) => (double)samples / noise.SampleRate;
}
