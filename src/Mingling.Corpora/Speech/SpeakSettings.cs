using System.Globalization;

namespace Mingling.Corpora.Speech;

/// <summary>How eSpeak NG says something. The range of the pitch is the voice's own: the program has no option for it before 1.52.</summary>
public sealed record SpeakSettings
{
    /// <summary>Words a minute. Range: 80 to 450. Default 175.</summary>
    public int SpeedWordsPerMinute { get; init; } = 175;

    /// <summary>How high the voice is, 50 being its own pitch. Range: 0 to 99. Default 50.</summary>
    public int Pitch { get; init; } = 50;

    /// <summary>How loud. Range: 0 to 200. Default 100.</summary>
    public int Amplitude { get; init; } = 100;

    /// <summary>The pause between words, in units of 10 ms at the default speed. Range: 0 to 500. Default 0.</summary>
    public int WordGap { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal IEnumerable<string> Arguments()
    {
        return
        [
            "-s", In(SpeedWordsPerMinute, 80, 450, nameof(SpeedWordsPerMinute)),
            "-p", In(Pitch, 0, 99, nameof(Pitch)),
            "-a", In(Amplitude, 0, 200, nameof(Amplitude)),
            "-g", In(WordGap, 0, 500, nameof(WordGap)),
        ];

        static string In(int value, int from, int to, string name) => value >= from && value <= to
            ? value.ToString(CultureInfo.InvariantCulture)
            : throw new ArgumentOutOfRangeException(name, value, $"It takes {from} to {to}.");
    }
}
