using Mingling.Training;

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
            ("--dynamic-range", begun.Encoder.DynamicRangeDb, asked.Encoder.DynamicRangeDb),
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
}
