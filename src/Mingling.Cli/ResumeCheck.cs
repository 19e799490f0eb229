using System.Text.Json;
using Mingling.Training;
using Mingling.Training.Corpora;

namespace Mingling.Cli;

/// <summary>An interrupted run goes on by the settings it began with; another setting on the command line is a mistake.</summary>
internal static class ResumeCheck
{
    /// <exception cref="UsageException">A given option differs from the run's own setting.</exception>
    public static void SameSettings(TrainingRecipe begun, TrainingRecipe asked, IReadOnlySet<string> given)
    {
        (string Option, object? Begun, object? Asked)[] settings =
        [
            ("--encoder", begun.Encoder.Name, asked.Encoder.Name),
            ("--width", begun.Encoder.Width, asked.Encoder.Width),
            ("--embedding", begun.Encoder.EmbeddingSize, asked.Encoder.EmbeddingSize),
            ("--normalize", begun.Encoder.Normalize, asked.Encoder.Normalize),
            (RecipeArguments.TrimmedOption, begun.Encoder.DynamicRangeDb, asked.Encoder.DynamicRangeDb),
            ("--features", begun.Features, asked.Features),
            (RecipeArguments.WindowOption, begun.WindowSeconds, asked.WindowSeconds),
            (RecipeArguments.EpochsOption, begun.Epochs, asked.Epochs),
            ("--batch", begun.BatchSize, asked.BatchSize),
            ("--seed", begun.Seed, asked.Seed),
            ("--optimizer", begun.Optimizer.Kind, asked.Optimizer.Kind),
            ("--learning-rate", begun.Optimizer.LearningRate, asked.Optimizer.LearningRate),
            ("--weight-decay", begun.Optimizer.WeightDecay, asked.Optimizer.WeightDecay),
            ("--label-smoothing", begun.LabelSmoothing, asked.LabelSmoothing),
            ("--dropout", begun.Dropout, asked.Dropout),
            ("--center-weight", begun.CenterWeight, asked.CenterWeight),
            ("--center-rate", begun.CenterRate, asked.CenterRate),
        ];
        string[] differences = [.. settings.Where(s => given.Contains(s.Option) && !Equals(s.Begun, s.Asked)).Select(s => s.Option)];
        if (differences.Length > 0)
            throw new UsageException($"the run began with another {string.Join(", ", differences)}; leave it out to go on, or begin another run.");
    }

    /// <exception cref="UsageException">The corpus is asked to be read or split in another way than it was.</exception>
    public static void SameCorpusOptions(CorpusSource begun, CorpusSource asked)
    {
        // The split's seed follows from the recipe's, which is compared there.
        string wanted = Describe(asked with { Path = "", Splits = asked.Splits with { Seed = begun.Splits.Seed } });
        if (wanted != Describe(begun with { Path = "" }) && wanted != Describe(new CorpusSource { Path = "", Splits = new SplitOptions { Seed = begun.Splits.Seed } }))
            throw new UsageException("the run began with other options for its corpus; leave them out to go on, or begin another run.");
    }

    private static string Describe(CorpusSource source) => JsonSerializer.Serialize(source, CliJson.Options);
}
