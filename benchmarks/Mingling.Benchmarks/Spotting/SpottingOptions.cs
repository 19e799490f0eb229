using System.Globalization;

namespace Mingling.Benchmarks.Spotting;

/// <summary>What streams are built of, and which model hears them.</summary>
/// <param name="Model">--model: a model file.</param>
/// <param name="Corpus">--corpus: a folder of clips, to which the lists refer.</param>
/// <param name="List">--list: clips of the speakers who are heard; commands of the model are labelled, all others are background.</param>
/// <param name="Background">--background: clips of which the words that the model does not know are further background.</param>
/// <param name="Noise">--noise: a recording that runs through all streams.</param>
/// <param name="Enroll">--enrol: a folder with a folder of clips for each new word; only these words are judged then.</param>
/// <param name="Examples">--examples: how many clips enrol a word.</param>
/// <param name="SnrDb">--snr: dB of a spoken stretch over the noise.</param>
/// <param name="Passes">--passes: how often each clip is heard, in another order, at other distances and other places of the noise.</param>
/// <param name="Seed">--seed: decides every draw.</param>
/// <param name="SmoothingMs">--smoothing: how many milliseconds of posteriors are averaged; otherwise as the model was calibrated, or the default.</param>
/// <param name="Out">--out: a folder for the streams and their labels.</param>
internal sealed record SpottingOptions(
    string Model = "", string Corpus = "", string List = "", string? Background = null, string Noise = "", string? Enroll = null, int Examples = 5,
    double SnrDb = 10, int Passes = 3, int Seed = 1, double? SmoothingMs = null, string? Out = null)
{
    public static SpottingOptions Parse(string[] arguments)
    {
        var options = new SpottingOptions();
        for (int i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 == arguments.Length) throw new ArgumentException($"{arguments[i]} needs a value.");
            string value = arguments[i + 1];
            options = arguments[i] switch
            {
                "--model" => options with { Model = value },
                "--corpus" => options with { Corpus = value },
                "--list" => options with { List = value },
                "--background" => options with { Background = value },
                "--noise" => options with { Noise = value },
                "--enrol" => options with { Enroll = value },
                "--examples" => options with { Examples = int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture) },
                "--snr" => options with { SnrDb = double.Parse(value, CultureInfo.InvariantCulture) },
                "--passes" => options with { Passes = int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture) },
                "--seed" => options with { Seed = int.Parse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) },
                "--smoothing" => options with { SmoothingMs = double.Parse(value, CultureInfo.InvariantCulture) },
                "--out" => options with { Out = value },
                _ => throw new ArgumentException($"Unknown option {arguments[i]}: there are --model, --corpus, --list, --background, --noise, --enrol, --examples, --snr, --passes, --seed, --smoothing and --out."),
            };
        }
        return options is { Model: not "", Corpus: not "", List: not "", Noise: not "" }
            ? options
            : throw new ArgumentException("Name --model, --corpus, --list and --noise.");
    }
}
