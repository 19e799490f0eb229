using Mingling.MetricLearning.Losses;
using Mingling.Training.Objectives;
using Mingling.Training.Recipes;
using Mingling.Training.Runs;

namespace Mingling.Training.Loop;

/// <summary>Tells from the history of a training, in words, that it goes wrong and what to try. Each warning comes once.</summary>
internal sealed class TrainingWarnings
{
    /// <summary>So many epochs in a row must show the sign.</summary>
    private const int Epochs = 3;

    private const double NoSpread = 0.05, NoTriplets = 1e-3, NearMargin = 0.02, Drowning = 20, Learned = 0.9;

    private readonly Func<IReadOnlyList<EpochReport>, string?>[] _rules;
    private readonly EmbeddingLoss? _triplet;
    private readonly EmbeddingLoss? _steadyTriplet;
    private readonly string? _tripletPart;
    private readonly string[] _besideClassifiers;
    private readonly HashSet<int> _said = [];

    public TrainingWarnings(TrainingRecipe recipe, TrainingObjective objective)
    {
        var tripletPart = objective.Loss.Parts.FirstOrDefault(part => part.Loss.Triplets is not null);
        (_triplet, _tripletPart) = (tripletPart?.Loss, tripletPart?.Name);
        // Where the margin moves, the mean of an epoch says nothing of it.
        _steadyTriplet = recipe.Schedules.Any(s => s.Part == _tripletPart && s.Quantity == LossQuantity.Margin) ? null : _triplet;
        // A classifier is what the training is for: that it outweighs the others is as it should be.
        _besideClassifiers = [.. from part in objective.Loss.Parts where part.Loss is not (HeadLoss or DistillationLoss) && part.Loss.LearnedClassVectors() is null select part.Name];
        _rules = [last => Collapsed(last, recipe), AtMargin, NoneActive, Drowned];
    }

    /// <summary>What the last epochs show that was not said before.</summary>
    public IEnumerable<string> New(IReadOnlyList<EpochReport> history)
    {
        if (history.Count < Epochs) yield break;
        var last = history.TakeLast(Epochs).ToArray();
        for (int i = 0; i < _rules.Length; i++)
            if (!_said.Contains(i) && _rules[i](last) is { } sentence && _said.Add(i)) yield return sentence;
    }

    private static string? Collapsed(IReadOnlyList<EpochReport> last, TrainingRecipe recipe) =>
        last.All(epoch => epoch.Embeddings.Spread < NoSpread)
            ? $"all embeddings point in nearly one direction (spread {last[^1].Embeddings.Spread:0.000}): the training has collapsed; try a lower learning rate "
                + $"than {recipe.Optimizer.LearningRate}, semi-hard instead of the hardest triplets, softmax beside the metric loss, or a smaller weight of the center loss."
            : null;

    private string? AtMargin(IReadOnlyList<EpochReport> last)
    {
        if (_steadyTriplet?.Triplets is not { IsHinge: true } triplet || Part(last[0]) is not { Weight: > 0 and var weight }) return null;
        bool stays = last.All(epoch => Part(epoch) is { } part && part.Weight == weight && Math.Abs(part.Value / weight - triplet.Margin) < NearMargin * triplet.Margin);
        return stays
            ? $"the triplet loss stays at its margin of {triplet.Margin}: positives are as far as negatives, so nothing is learned from triplets; try a lower "
                + "learning rate, semi-hard mining, softmax beside it, or a schedule that brings the triplets in later."
            : null;
    }

    private string? NoneActive(IReadOnlyList<EpochReport> last) =>
        _triplet?.Triplets is { IsHinge: true } criterion && last.All(epoch => epoch.Embeddings.Triplets is { } triplets && triplets.Active < NoTriplets)
            ? $"no triplet violates the margin of {criterion.Margin} any more, so the triplet loss does nothing; try a larger margin, harder mining, batches of "
                + "confusable classes, or more augmentation."
            : null;

    private string? Drowned(IReadOnlyList<EpochReport> last)
    {
        if (last[^1].Loss.Parts.Count < 2 || last[^1].TrainingAccuracy > Learned) return null;
        foreach (string name in _besideClassifiers)
        {
            double least = last.Min(epoch => epoch.Loss[name] / Math.Max(1e-12, epoch.Loss.Total - epoch.Loss[name]));
            if (least > Drowning)
                return $"'{name}' is {least:0} times all other parts of the loss together and drowns them; try a weight {least / 2:0} times smaller.";
        }
        return null;
    }

    private LossPartValue? Part(EpochReport epoch) => epoch.Loss.Parts.FirstOrDefault(part => part.Name == _tripletPart);
}
