namespace Mingling.Corpora.Speech;

/// <summary>A touch of room: noise that dies away exponentially as the room's response (Polack 1988).</summary>
public static class RoomEcho
{
    private const double ShortestSeconds = 0.1, LongestSeconds = 0.3, DriestDb = -25, WettestDb = -10;
    private static readonly double NepersFor60Db = Math.Log(1000);

    /// <summary>Adds the echo of a room drawn at random, which outlasts the sound.</summary>
    /// <param name="samples">The sound.</param>
    /// <param name="sampleRate">Its rate in hertz.</param>
    /// <param name="random">Draws the room.</param>
    /// <returns>The sound with its echo, 0.1 to 0.3 s longer.</returns>
    public static float[] Add(ReadOnlySpan<float> samples, int sampleRate, SeededRandom random)
    {
        float[] response = Response(sampleRate, random);
        float[] echoed = new float[samples.Length + response.Length];
        samples.CopyTo(echoed);
        for (int i = 0; i < samples.Length; i++)
        {
            float sample = samples[i];
            var tail = echoed.AsSpan(i + 1, response.Length);
            for (int k = 0; k < response.Length; k++) tail[k] += sample * response[k];
        }
        return echoed;
    }

    /// <summary>The response after the direct sound, its energy so many dB below that.</summary>
    private static float[] Response(int sampleRate, SeededRandom random)
    {
        double seconds = ShortestSeconds + (LongestSeconds - ShortestSeconds) * random.NextDouble();
        double wetDb = DriestDb + (WettestDb - DriestDb) * random.NextDouble();
        float[] response = new float[(int)(seconds * sampleRate)];
        double energy = 0;
        for (int i = 0; i < response.Length; i++)
        {
            response[i] = (float)((2 * random.NextDouble() - 1) * Math.Exp(-NepersFor60Db * i / response.Length));
            energy += response[i] * response[i];
        }
        float gain = (float)(Math.Pow(10, wetDb / 20) / Math.Sqrt(energy));
        for (int i = 0; i < response.Length; i++) response[i] *= gain;
        return response;
    }
}
