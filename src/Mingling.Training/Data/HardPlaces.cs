namespace Mingling.Training.Data;

/// <summary>Where the model of some epoch took sound without a command for one. Saved with the state of a training.</summary>
internal sealed class HardPlaces
{
    /// <summary>The most places.</summary>
    public const int Most = 4096;

    /// <summary>Room for the most places, with none in it: always as long, so that a training that goes on knows what to read.</summary>
    public static long[] None() => [.. Enumerable.Range(0, 2 * Most).Select(i => i % 2 == 0 ? -1L : 0)];

    /// <summary>
    /// Each place as the number of its recording and the first sample of its window, which may be negative, [2 · M]; −1 and 0 for none.
    /// </summary>
    public long[] Places { get; set; } = [];

    /// <summary>The most recordings that are doubted.</summary>
    public const int MostDoubted = 64;

    /// <summary>Recordings that seem to hold a command, and so teach nothing; −1 for none.</summary>
    public long[] Doubted { get; set; } = [];

    /// <summary>Room for the most doubted recordings, with none in it.</summary>
    public static long[] NoneDoubted() => [.. Enumerable.Repeat(-1L, MostDoubted)];

    /// <summary>Whether a recording seems to hold a command.</summary>
    public bool IsDoubted(int recording) => Array.IndexOf(Doubted, recording) >= 0;

    /// <summary>A place at random; null where there is none, or its recording is doubted.</summary>
    public (int Recording, int Start)? Draw(SeededRandom random)
    {
        if (Places.Length == 0) return null;
        int i = random.Next(Places.Length / 2);
        return Places[2 * i] < 0 || IsDoubted((int)Places[2 * i]) ? null : ((int)Places[2 * i], (int)Places[2 * i + 1]);
    }
}
