using System.Buffers.Binary;

namespace Mingling.Serving.Tests.Support;

/// <summary>Sounds that are the same in every run.</summary>
internal static class Tones
{
    public static float[] Tone(double hz, double seconds, int rate = 16_000) =>
        [.. Enumerable.Range(0, (int)(seconds * rate)).Select(n => (float)(0.3 * Math.Sin(2 * Math.PI * hz * n / rate)))];

    /// <summary>Tones of 0.7 s in noise, one of each letter: l (low), h (high), and a pause for each blank.</summary>
    public static float[] Say(string words, int rate = 16_000, int seed = 1)
    {
        var random = new Random(seed);
        var sound = new List<float>();
        Pause(1);
        foreach (char word in words)
        {
            if (word != ' ') sound.AddRange(Tone(word == 'l' ? ToneModel.LowHz : ToneModel.HighHz, 0.7, rate));
            Pause(1.2);
        }
        return [.. sound.Select(sample => sample + (float)(0.002 * (random.NextDouble() - 0.5)))];

        void Pause(double seconds) => sound.AddRange(new float[(int)(seconds * rate)]);
    }

    /// <summary>Samples as raw sound, the same in all channels.</summary>
    public static byte[] Pcm(float[] samples, int width = 2, int channels = 1)
    {
        byte[] bytes = new byte[samples.Length * width * channels];
        Span<byte> whole = stackalloc byte[8];
        for (int i = 0; i < samples.Length * channels; i++)
        {
            double scale = Math.Pow(2, (8 * width) - 1);
            long code = (long)Math.Clamp(Math.Round(samples[i / channels] * scale), -scale, scale - 1);
            BinaryPrimitives.WriteInt64LittleEndian(whole, code);
            whole[..width].CopyTo(bytes.AsSpan(i * width));
        }
        return bytes;
    }
}
