using Mingling.Recognition;

namespace Mingling.Benchmarks.Spotting;

/// <summary>How often a model hears a command in hours of sound in which nobody speaks: <c>quiet MODEL [--minutes 60] [--seed 1]</c>.</summary>
internal static class QuietBenchmark
{
    private const int Rate = 16_000;

    private static readonly (string Name, Func<long, SeededRandom, double> Sample)[] Sounds =
    [
        ("digital silence", (_, _) => 0),
        ("constant (DC)", (_, _) => 0.3),
        ("white noise", (_, random) => 0.05 * Noise(random)),
        ("faint noise", (_, random) => 0.0005 * Noise(random)),
        ("mains hum", (i, random) => 0.05 * Enumerable.Range(1, 8).Sum(k => Math.Sin(2 * Math.PI * 50 * k * i / Rate) / k) + 0.001 * Noise(random)),
        ("clicks", (i, random) => (i % 9_600 < 8 ? 0.7 : 0) + 0.0005 * Noise(random)),
        ("scale of tones", (i, random) => 0.2 * Tone(i, 220 * Math.Pow(2, i / (Rate / 3) % 25 / 12.0)) + 0.0005 * Noise(random)),
        ("chords", (i, random) => 0.07 * new[] { 1, 1.26, 1.5, 2 }.Sum(part => Tone(i, part * 196 * Math.Pow(2, i / Rate * 5 % 12 / 12.0))) + 0.0005 * Noise(random)),
        ("sweep", (i, random) => 0.1 * Sweep((double)(i % (3 * Rate)) / Rate) + 0.0005 * Noise(random)),
    ];

    public static void Run(string[] args)
    {
        using var recognizer = Recognizer.Load(args[0]);
        long samples = (long)Options.Number(args, "--minutes", 60) * 60 * Rate;
        foreach (var (name, sample) in Sounds)
        {
            var random = new SeededRandom((ulong)Options.Number(args, "--seed", 1));
            using var spotter = recognizer.OpenStream(Rate);
            float[] piece = new float[Rate];
            var heard = new List<string>();
            for (long at = 0; at < samples; at += piece.Length)
            {
                for (int i = 0; i < piece.Length; i++) piece[i] = (float)sample(at + i, random);
                spotter.Push(piece);
                while (spotter.TryRead(out var command)) heard.Add(command.Word);
            }
            JsonLines.Write(new { sound = name, hours = samples / 3600.0 / Rate, events = heard.Count, words = heard.Distinct() });
        }
    }

    /// <summary>A tone with overtones that fade.</summary>
    private static double Tone(long i, double hertz) => Enumerable.Range(1, 5).Sum(k => Math.Sin(2 * Math.PI * hertz * k * i / Rate) / (k * k));

    /// <summary>From 100 to 3,100 Hz in three seconds.</summary>
    private static double Sweep(double seconds) => Math.Sin(2 * Math.PI * seconds * (100 + (500 * seconds)));

    private static double Noise(SeededRandom random) => 2 * random.NextDouble() - 1;
}
