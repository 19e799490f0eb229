using Mingling.Corpora;
using Mingling.Training.Data;
using Mingling.Training.Encoders;
using Mingling.Training.Recipes;
using Mingling.Training.Runs;

namespace Mingling.Tests.Shared;

/// <summary>What the tests of the trainer share: a small recipe, runs, and what two equal ones must have in common.</summary>
internal static class Trainings
{
    public static TrainingRecipe Recipe { get; } = new()
    {
        Encoder = new EncoderSettings { Name = "tc-resnet8", Width = 0.5 },
        Epochs = 4,
        BatchSize = 16,
    };

    public static RunDirectory Begin(string path, TrainingData data, TrainingRecipe recipe) => RunDirectory.Create(path, new RunManifest
    {
        Version = "test",
        Recipe = recipe,
        Classes = data.Classes,
        Corpus = new RunCorpus { Source = new CorpusSource { Path = "/nowhere" }, TrainingClips = [], ValidationClips = [] },
    });

    public static void ShouldBeEqualFiles(string actual, string expected) =>
        File.ReadAllBytes(actual).AsSpan().SequenceEqual(File.ReadAllBytes(expected)).ShouldBeTrue($"{actual} differs from {expected}");

    public static EpochReport Timeless(EpochReport epoch) => epoch with { Seconds = 0, ClipsPerSecond = 0 };
}
