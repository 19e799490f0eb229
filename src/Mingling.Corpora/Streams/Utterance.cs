using Mingling.Corpora.Speech;

namespace Mingling.Corpora.Streams;

/// <summary>A recording as it is said in a stream: the spoken stretch with a little sound on either side that fades in and out, at one level for all.</summary>
/// <param name="Clip">What is said.</param>
/// <param name="Samples">The sound, with the echo of a room where there is one.</param>
/// <param name="Start">Where the spoken stretch begins, in samples.</param>
/// <param name="Length">How long it is without the echo, in samples.</param>
internal sealed record Utterance(CorpusClip Clip, float[] Samples, int Start, int Length)
{
    private const double Margin = 0.1;

    /// <summary>Cuts a recording.</summary>
    /// <param name="clip">What it is.</param>
    /// <param name="sound">Its samples.</param>
    /// <param name="sampleRate">Their rate (Hz).</param>
    /// <param name="rms">The level of its speech, as the root of the mean power.</param>
    /// <returns>The utterance; null where nothing is heard.</returns>
    public static Utterance? Of(CorpusClip clip, ReadOnlySpan<float> sound, int sampleRate, double rms)
    {
        if (SpokenStretch.Of(sound, sampleRate) is not { } spoken) return null;
        int margin = (int)(Margin * sampleRate), from = Math.Max(0, spoken.Start - margin), to = Math.Min(sound.Length, spoken.Start + spoken.Length + margin);
        float[] samples = sound[from..to].ToArray();
        double gain = rms / Math.Sqrt(spoken.Power);
        for (int i = 0; i < samples.Length; i++)
            samples[i] *= (float)(gain * Math.Min(1, (Math.Min(i, samples.Length - 1 - i) + 0.5) / margin));
        return new Utterance(clip, samples, spoken.Start - from, spoken.Length);
    }

    /// <summary>The same in a room; the spoken stretch stays where it is.</summary>
    public Utterance InRoom(int sampleRate, SeededRandom random) => this with { Samples = RoomEcho.Add(Samples, sampleRate, random) };
}
