using System.Globalization;

namespace Mingling.Benchmarks.Losses;

/// <summary>What the losses are measured on.</summary>
internal sealed record LossesOptions(int Batch = 1024, int PerClass = 8, int Dim = 128, int? Threads = null, string? Only = null)
{
    public int Classes => (Batch + PerClass - 1) / PerClass;

    public static LossesOptions Parse(string[] arguments)
    {
        var options = new LossesOptions();
        for (int i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 == arguments.Length) throw new ArgumentException($"{arguments[i]} needs a value.");
            string value = arguments[i + 1];
            options = arguments[i] switch
            {
                "--batch" => options with { Batch = Number(value) },
                "--per-class" => options with { PerClass = Number(value) },
                "--dim" => options with { Dim = Number(value) },
                "--threads" => options with { Threads = Number(value) },
                "--only" => options with { Only = value },
                _ => throw new ArgumentException($"Unknown option {arguments[i]}: there are --batch, --per-class, --dim, --threads and --only."),
            };
        }
        return options;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
