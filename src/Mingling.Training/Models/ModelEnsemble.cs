using Mingling.Training.Encoders;
using Mingling.Training.Graphs;
using static TorchSharp.torch;

namespace Mingling.Training.Models;

/// <summary>
/// Several trained models of the same words as one, whose logits are the mean of theirs. Trainings that differ by their seed alone make
/// different mistakes, most of all among what they take for commands; together they make fewer, at the cost of all of them.
/// </summary>
public static class ModelEnsemble
{
    /// <summary>Loads models and joins them; where one cannot be loaded, the others are disposed.</summary>
    internal static CommandModel Join<T>(IReadOnlyList<T> sources, Func<T, CommandModel> load)
    {
        var models = new List<CommandModel>();
        try
        {
            foreach (var source in sources) models.Add(load(source));
            return Join(models);
        }
        catch
        {
            foreach (var model in models) model.Dispose();
            throw;
        }
    }

    /// <summary>Joins models.</summary>
    /// <param name="models">At least one, each with dropout and batch norms in evaluation; the ensemble owns them.</param>
    /// <returns>A model to export or to recognise with, not to be trained.</returns>
    /// <exception cref="ExportException">The models have other words, front ends, windows or encoders, or only some a head of cosines.</exception>
    public static CommandModel Join(IReadOnlyList<CommandModel> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentOutOfRangeException.ThrowIfZero(models.Count);
        if (models.Count == 1) return models[0];
        var first = models[0];
        for (int i = 0; i < models.Count; i++)
        {
            if (Difference(first, models[i]) is { } what)
                throw new ExportException($"models that are to be one have the same words, front end, window and encoder; model {i + 1} has {what} than the first.");
        }

        // Embeddings of unit length make a linear head one of cosines.
        bool cosines = first.Head.CosineScale > 0;
        Encoder encoder = first.Encoder is StreamingEncoder
            ? new EnsembleStreamingEncoder([.. models.Select(model => (StreamingEncoder)model.Encoder)], cosines)
            : new EnsembleEncoder([.. models.Select(model => model.Encoder)], cosines);
        var joined = new CommandModel(first.Recipe, first.Classes, encoder) { StreamThreshold = Threshold(models) };
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        _ = joined.Head.Vectors.copy_(cat([.. models.Select(model => model.Head.LinearVectors())], 1) / models.Count);
        foreach (var model in models) model.Head.Dispose();
        joined.Evaluating();
        return joined;
    }

    private static string? Difference(CommandModel first, CommandModel other) =>
        !first.Classes.SequenceEqual(other.Classes, StringComparer.Ordinal) ? "other words"
        : first.Window.Features != other.Window.Features ? "another front end"
        : first.Recipe.WindowSeconds != other.Recipe.WindowSeconds ? "another window"
        : first.Encoder.Settings != other.Encoder.Settings ? "another encoder, or other settings of it,"
        : first.Head.CosineScale > 0 != other.Head.CosineScale > 0 ? "another kind of classifier"
        : first.Recipe.Negatives.Ratio > 0 != other.Recipe.Negatives.Ratio > 0 ? "another score in streams"
        : null;

    /// <summary>The mean of the odds: the score is made of the mean of theirs. Null where a model has none.</summary>
    private static double? Threshold(IReadOnlyList<CommandModel> models)
    {
        double?[] odds = [.. models.Select(model => model.StreamThreshold is { } threshold ? Math.Log(threshold / (1 - threshold)) : (double?)null)];
        return odds.Contains(null) ? null : 1 / (1 + Math.Exp(-odds.Average()!.Value));
    }
}
