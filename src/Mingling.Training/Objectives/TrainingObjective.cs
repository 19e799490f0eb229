using Mingling.MetricLearning.Joint;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Miners;
using Mingling.Training.Models;
using Mingling.Training.Recipes;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Objectives;

/// <summary>The joint loss of a training: what its parts need of the batches, and how the classifier follows from it.</summary>
internal sealed class TrainingObjective : IDisposable
{
    private readonly IReadOnlyList<LossSchedule> _schedules;

    /// <param name="recipe">The recipe.</param>
    /// <param name="model">The model that is trained.</param>
    /// <param name="teachers">Those that guide it, where the recipe names some; owned by the caller.</param>
    public TrainingObjective(TrainingRecipe recipe, CommandModel model, TeacherEnsemble? teachers = null)
    {
        _schedules = recipe.Schedules;
        var context = new LossContext(
            model.Classes.Count, model.Encoder.EmbeddingSize, recipe.Batches.ClipsPerClass, recipe.Seed, recipe.LabelSmoothing);
        var parsed = JointLoss.Parse(recipe.Loss, context);
        JointLossPart[] parts = [.. parsed.Parts.Select(part => OwnHead(part, model.Head))];
        if (teachers is not null && parts.Select(part => part.Loss).OfType<HeadLoss>().FirstOrDefault() is { } taught)
        {
            Distillation = new DistillationLoss(taught, teachers, recipe.Distillation.Temperature);
            parts = [.. parts, new JointLossPart(DistillationSettings.PartName, recipe.Distillation.Weight, Distillation)];
        }
        Loss = new JointLoss(parts);
        try
        {
            LossProblems.Check(this, recipe, model);
        }
        catch
        {
            Loss.Dispose();
            throw;
        }
        At(0);
    }

    public JointLoss Loss { get; }

    /// <summary>Whether softmax trains the model's own classifier.</summary>
    public HeadLoss? Softmax => Loss.Parts.Select(part => part.Loss).OfType<HeadLoss>().FirstOrDefault();

    /// <summary>What teachers add to softmax; null where there are none.</summary>
    public DistillationLoss? Distillation { get; }

    /// <summary>The triplet losses.</summary>
    public IEnumerable<TripletLoss> Triplets => Loss.Parts.Select(part => part.Loss).OfType<TripletLoss>();

    /// <summary>The names of parts that compare clips with each other, and so need several of a class in a batch.</summary>
    public IEnumerable<string> PairParts =>
        from part in Loss.Parts
        where part.Loss is PairLoss or TripletLoss or EpisodeLoss or InnerClassLoss or PnpLoss or CrossBatchMemoryLoss or FilterLoss
        select part.Name;

    /// <summary>The names of parts that need exactly K clips of each class.</summary>
    public IEnumerable<string> EpisodeParts => from part in Loss.Parts where part.Loss is EpisodeLoss select part.Name;

    /// <summary>The triplet loss whose triplets are looked up in the whole training set.</summary>
    public TripletLoss? Offline => Triplets.FirstOrDefault(triplet => triplet.Miner is PreparedTripletMiner);

    /// <summary>The names of parts that cannot judge a clip mixed of two words.</summary>
    public IEnumerable<string> UnmixableParts => from part in Loss.Parts where part.Loss is not (HeadLoss or DistillationLoss or ClassifierLoss or FilterOrthogonalityLoss) select part.Name;

    /// <summary>The names of parts that look at the dynamic filter in front of the encoder.</summary>
    public IEnumerable<string> FilterParts => from part in Loss.Parts where part.Loss is FilterLoss or FilterOrthogonalityLoss select part.Name;

    /// <summary>Sets weights and margins for a share of the training, 0 … 1.</summary>
    public void At(double share)
    {
        foreach (var schedule in _schedules)
        {
            if (schedule.Quantity == LossQuantity.Weight) Loss.SetWeight(schedule.Part, schedule.At(share));
            else ((IMarginLoss)Loss.Parts.First(part => part.Name == schedule.Part).Loss).Margin = schedule.At(share);
        }
    }

    /// <summary>
    /// Makes the classifier of a loss other than softmax: from the vectors that the loss has learned, or from the mean embedding of each class.
    /// </summary>
    /// <param name="model">The model, in evaluation.</param>
    /// <param name="classMeans">Computes the means, [C, D].</param>
    public void FillHead(CommandModel model, Func<Tensor> classMeans)
    {
        if (Softmax is not null) return;
        foreach (var part in Loss.Parts)
        {
            if (ClassVectors.Of(part.Loss) is not { } learned) continue;
            model.Head.Compare(learned.Vectors, learned.Scale);
            return;
        }
        using var means = classMeans();
        model.Head.Compare(means, ClassVectors.ClassHeadScale);
    }

    /// <summary>What the optimiser trains besides the encoder.</summary>
    public IEnumerable<KeyValuePair<string, Parameter>> NamedParameters(CommandModel model) =>
    [
        .. Softmax is null ? [] : model.Head.named_parameters().Select(p => KeyValuePair.Create("head." + p.name, p.parameter)),
        .. Loss.named_parameters().Select(p => KeyValuePair.Create("loss." + p.name, p.parameter)),
    ];

    public void Dispose() => Loss.Dispose();

    private static JointLossPart OwnHead(JointLossPart part, ClassHead head)
    {
        if (part.Loss is not SoftmaxLoss softmax) return part;
        var loss = new HeadLoss(head, softmax.LabelSmoothing, softmax.Reduction);
        softmax.Dispose();
        return part with { Loss = loss };
    }
}
