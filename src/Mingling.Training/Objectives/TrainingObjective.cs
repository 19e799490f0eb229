using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Joint;
using Mingling.MetricLearning.Losses;
using Mingling.Training.Models;
using Mingling.Training.Recipes;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Objectives;

/// <summary>The joint loss of a training: what its parts need of the batches, and how the classifier follows from it.</summary>
internal sealed class TrainingObjective : IDisposable
{
    /// <summary>The scale of cosines where a loss names none: posteriors are then neither flat nor all or nothing.</summary>
    private const double HeadScale = 16;

    private readonly IReadOnlyList<LossSchedule> _schedules;
    private readonly (int Class, int Classes, double Final) _unknown;

    /// <param name="recipe">The recipe.</param>
    /// <param name="model">The model that is trained.</param>
    /// <param name="teachers">Those that guide it, where the recipe names some; owned by the caller.</param>
    /// <param name="losses">The losses that the recipe can name; null means those that its expression was checked against.</param>
    /// <param name="targets">What a teacher of embeddings says, where the recipe names one; owned by the caller.</param>
    /// <exception cref="ArgumentException">Things do not go together; the message lists all of them.</exception>
    /// <exception cref="LossExpressionException">The loss names something that is not there, or does not fit the number of words.</exception>
    public TrainingObjective(TrainingRecipe recipe, CommandModel model, TeacherEnsemble? teachers = null, LossCatalog? losses = null, EmbeddingTargets? targets = null)
    {
        _schedules = recipe.Schedules;
        _unknown = (recipe.Negatives.Ratio > 0 ? model.Unknown : -1, model.Classes.Count, recipe.Negatives.Weight);
        var context = new LossContext(
            model.Classes.Count, model.Encoder.EmbeddingSize, recipe.Batches.ClipsPerClass, recipe.Seed, recipe.LabelSmoothing);
        var built = (losses is null ? recipe.Loss : recipe.Loss.Check(losses)).Build(context);
        JointLossPart[] parts = [.. built.Parts.Select(part => OwnHead(part, model.Head))];
        if (teachers is not null && parts.Select(part => part.Loss).OfType<HeadLoss>().FirstOrDefault() is { } taught)
        {
            Distillation = new DistillationLoss(taught, teachers, recipe.Distillation.Temperature);
            parts = [.. parts, new JointLossPart(DistillationSettings.PartName, recipe.Distillation.Weight, Distillation)];
        }
        if (targets is not null)
        {
            EmbeddingDistillation = new EmbeddingDistillationLoss(model.Encoder.EmbeddingSize, targets);
            parts = [.. parts, new JointLossPart(DistillationSettings.EmbeddingPartName, recipe.Distillation.EmbeddingWeight, EmbeddingDistillation)];
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
        ApplySchedules(0);
    }

    public JointLoss Loss { get; }

    /// <summary>Whether softmax trains the model's own classifier.</summary>
    public HeadLoss? Softmax => Loss.Parts.Select(part => part.Loss).OfType<HeadLoss>().FirstOrDefault();

    /// <summary>What teachers add to softmax; null where there are none.</summary>
    public DistillationLoss? Distillation { get; }

    /// <summary>What a teacher of embeddings adds; null where there is none.</summary>
    public EmbeddingDistillationLoss? EmbeddingDistillation { get; }

    /// <summary>The names of parts that compare clips with each other, and so need several of a class in a batch.</summary>
    public IEnumerable<string> ComparingParts => Names(loss => loss.Batches.Composition != BatchComposition.Any);

    /// <summary>The names of parts that need exactly K clips of each class.</summary>
    public IEnumerable<string> EpisodeParts => Names(loss => loss.Batches.Composition == BatchComposition.Episodes);

    /// <summary>The names of parts that cannot judge a clip mixed of two words.</summary>
    public IEnumerable<string> UnmixableParts => Names(loss => !loss.AcceptsMixtures);

    /// <summary>The names of parts that look at the dynamic filter in front of the encoder.</summary>
    public IEnumerable<string> FilterParts => Names(loss => loss.ReadsFilter);

    /// <summary>What compares clips where a loss learns from triplets that are looked up in the whole training set; null where none does.</summary>
    public PairMeasure? OfflineMeasure => Loss.Parts.Select(part => part.Loss.Batches.Measure).FirstOrDefault(measure => measure is not null);

    /// <summary>Sets weights and margins for a share of the training, 0 … 1.</summary>
    public void ApplySchedules(double share)
    {
        if (_unknown.Class >= 0 && _unknown.Final != 1) Softmax?.Weigh(_unknown.Class, _unknown.Classes, 1 + (_unknown.Final - 1) * share);
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
        if (Loss.LearnedClassVectors() is { } learned)
        {
            model.Head.Compare(learned.Vectors, learned.Scale ?? HeadScale);
            return;
        }
        using var means = classMeans();
        model.Head.Compare(means, HeadScale);
    }

    /// <summary>What the optimiser trains besides the encoder.</summary>
    public IEnumerable<KeyValuePair<string, Parameter>> NamedParameters(CommandModel model) =>
    [
        .. Softmax is null ? [] : model.Head.named_parameters().Select(p => KeyValuePair.Create("head." + p.name, p.parameter)),
        .. Loss.named_parameters().Select(p => KeyValuePair.Create("loss." + p.name, p.parameter)),
    ];

    public void Dispose() => Loss.Dispose();

    private IEnumerable<string> Names(Func<EmbeddingLoss, bool> has) => from part in Loss.Parts where has(part.Loss) select part.Name;

    private static JointLossPart OwnHead(JointLossPart part, ClassHead head)
    {
        if (part.Loss is not SoftmaxLoss softmax) return part;
        var loss = new HeadLoss(head, softmax.LabelSmoothing, softmax.Reduction);
        softmax.Dispose();
        return part with { Loss = loss };
    }
}
