using Mingling.Training.Runs;
using ScottPlot;

namespace Mingling.Experiments.Figures;

/// <summary>The curves of a training, as small pictures over the same epochs; those of which nothing was measured are left out.</summary>
public static class TrainingFigure
{
    private const int PanelWidth = 480, PanelHeight = 280;

    /// <summary>The figure.</summary>
    /// <param name="epochs">The history of the run, one epoch or more, in its order.</param>
    /// <exception cref="ArgumentException">There is no epoch.</exception>
    public static Figure Draw(IReadOnlyList<EpochReport> epochs) => Draw(epochs, int.MaxValue);

    /// <summary>The figure of a run with several members, whose curves begin anew with each of them.</summary>
    /// <param name="history">The history of the run (<see cref="RunDirectory.History"/>), one epoch or more.</param>
    /// <param name="epochsOfMember">The epochs of one member. Range: at least 1.</param>
    /// <exception cref="ArgumentException">There is no epoch, or a member has none.</exception>
    public static Figure Draw(IReadOnlyList<EpochReport> history, int epochsOfMember)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochsOfMember, 1);
        if (history.Count == 0) throw new ArgumentException("there must be at least one epoch.", nameof(history));
        var epochs = new MemberEpochs(history, epochsOfMember);
        var panels = new List<Func<Inks, Plot>> { inks => TrainingPanels.Loss(epochs, inks) };
        if (epochs.Any(epoch => epoch.TrainingAccuracy is not null || epoch.ValidationAccuracy is not null)) panels.Add(inks => TrainingPanels.Accuracy(epochs, inks));
        panels.Add(inks => TrainingPanels.LearningRate(epochs, inks));
        panels.Add(inks => TrainingPanels.Gradient(epochs, inks));
        if (epochs.Any(epoch => epoch.Embeddings.IntraClassDistance is not null)) panels.Add(inks => TrainingPanels.Distances(epochs, inks));
        if (epochs.Any(epoch => epoch.Embeddings.Triplets is not null)) panels.Add(inks => TrainingPanels.Triplets(epochs, inks));
        return Figure.Make("training", "The training epoch by epoch", Alternative(epochs), 2, PanelWidth, PanelHeight, panels);
    }

    /// <summary>The epoch whose weights are the best: the last that was the best so far.</summary>
    internal static EpochReport? Best(IReadOnlyList<EpochReport> epochs) => epochs.LastOrDefault(epoch => epoch.Best && epoch.ValidationAccuracy is not null);

    private static string Alternative(MemberEpochs all)
    {
        var epochs = all.Members[^1];
        string others = all.Members.Count == 1 ? "" : $"Models trained one after another, of which this is number {all.Members.Count}. ";
        var (first, last) = (epochs[0], epochs[^1]);
        string loss = epochs.Count == 1 ? $"One epoch: the loss is {last.Loss.Total:0.000}"
            : $"{epochs.Count} epochs: the loss goes from {first.Loss.Total:0.000} to {last.Loss.Total:0.000}";
        string best = Best(epochs) is { } epoch ? $", and the validation accuracy is best in epoch {epoch.Epoch} with {Percent.Format(epoch.ValidationAccuracy!.Value)}" : "";
        string end = last.ValidationAccuracy is { } accuracy && Best(epochs)?.Epoch != last.Epoch ? $" and {Percent.Format(accuracy)} at the end" : "";
        return $"{others}{loss}{best}{end}.";
    }
}
