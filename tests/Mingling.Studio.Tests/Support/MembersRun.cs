using System.Text.Json;
using Mingling.Corpora;
using Mingling.Training.Recipes;
using Mingling.Training.Runs;

namespace Mingling.Studio.Tests.Support;

/// <summary>The folder of a finished run of two models, as a training writes it, without its weights.</summary>
internal static class MembersRun
{
    public const int Epochs = 4, Sounds = 200;
    public const double OtherSpeechSeconds = 3;

    // Two clips and as many windows without a command, at the usual speed of a quick training.
    private const double Seconds = 4 / 2152.0;

    public static void Write(string folder)
    {
        RunDirectory.Create(folder, new RunManifest
        {
            Version = "test",
            Recipe = TrainingRecipe.Default with { Epochs = Epochs, Members = 2, Negatives = new NegativeSettings { Ratio = 1, Synthetic = Sounds / 2, People = Sounds / 2 } },
            Classes = ["_unknown_", "go", "stop"],
            Corpus = new RunCorpus { Source = new CorpusSource { Path = "/nowhere/c" }, TrainingClips = ["go|go/1.wav", "stop|stop/1.wav"], ValidationClips = [] },
        });
        foreach (string member in new[] { folder, Path.Combine(folder, "member-2") })
        {
            Directory.CreateDirectory(member);
            File.WriteAllText(Path.Combine(member, "history.jsonl"), string.Concat(Enumerable.Range(1, Epochs).Select(epoch => JsonSerializer.Serialize(Epoch(epoch), JsonSerializerOptions.Web) + "\n")));
        }
        File.WriteAllText(Path.Combine(folder, "preparation.json"), $$"""{ "version": 1, "otherSpeechSeconds": {{OtherSpeechSeconds}} }""");
    }

    private static EpochReport Epoch(int epoch) => new(epoch, new LossParts(1.0 / epoch, [new LossPartValue("softmax", 1, 1.0 / epoch)]),
        0.2 * epoch, 0.15 * epoch, 1.0 / epoch, 0.01, Seconds, 100, true, new EmbeddingReport(1, 0.5, null, 1, 2, null, null));
}
