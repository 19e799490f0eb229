using System.Text.Json.Serialization;
using Mingling.Audio;
using Mingling.MetricLearning.Joint;
using Mingling.Training.Encoders;

namespace Mingling.Training.Recipes;

/// <summary>
/// Everything that decides what a training does, apart from recordings and teachers. Two trainings with equal recipes, recordings and teachers on the
/// same machine give the same model, byte for byte. Kept in the run's manifest.
/// </summary>
public sealed record TrainingRecipe
{
    /// <summary>The encoder.</summary>
    public required EncoderSettings Encoder { get; init; }

    /// <summary>The front end. Default: LogMel40.</summary>
    public FeatureSettings Features { get; init; } = FeatureSettings.LogMel40;

    /// <summary>
    /// The length in seconds of the stretch of sound that the encoder hears at once; shorter clips are centred in silence, of longer
    /// ones the loudest stretch is taken. Range: 0.1 to 10. Default: 1.
    /// </summary>
    public double WindowSeconds { get; init; } = 1;

    /// <summary>How often every clip is seen. Range: at least 1. Default: 60; see <see cref="EpochsFor"/>.</summary>
    public int Epochs { get; init; } = 60;

    /// <summary>
    /// How many trainings, which differ by their random draws alone, make one model, whose logits are the mean of theirs (Hansen and Salamon
    /// 1990): they make different mistakes, most of all among what they take for commands, and the model costs as much as all of them. They are
    /// trained one after another, the first by <see cref="Seed"/>, the others by seeds derived from it. Range: 1 to 16. Default: 1.
    /// </summary>
    public int Members { get; init; } = 1;

    /// <summary>Clips in a batch. Range: 2 to 65,536. Default: 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Decides every random draw. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// What the encoder begins from: <c>base</c>, the base encoder that comes with the library, or the full path of a run's folder, whose
    /// encoder, front end and weights it takes; words that both know keep their class vectors. Null (default): freshly drawn weights.
    /// </summary>
    public string? From { get; init; }

    /// <summary>The optimiser and its schedule.</summary>
    public OptimizerSettings Optimizer { get; init; } = new();

    /// <summary>The augmentation.</summary>
    public AugmentationSettings Augmentation { get; init; } = new();

    /// <summary>
    /// Label smoothing ε of the softmax cross-entropy (Szegedy et al. 2016), where the loss does not name its own. Range: 0 to below 1.
    /// Default: 0.1.
    /// </summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>The share of embedding values dropped before the classifier in training. Range: 0 to below 1. Default: 0.2.</summary>
    public double Dropout { get; init; } = 0.2;

    /// <summary>
    /// The joint loss; in JSON and in recipe files its text. The part <c>softmax</c> is the model's own classifier; where an expression
    /// has no classifier, words are told apart by the mean embedding of each. Default: softmax + 0.01 center.
    /// </summary>
    public LossExpression Loss { get; init; } = LossExpression.Parse("softmax + 0.01 center");

    /// <summary>Weights and margins of the joint loss that change during the training. Default: none.</summary>
    public IReadOnlyList<LossSchedule> Schedules { get; init; } = [];

    /// <summary>Trained runs that guide this one. Default: none.</summary>
    public DistillationSettings Distillation { get; init; } = new();

    /// <summary>How batches are put together. Default: as the loss needs it.</summary>
    public BatchSettings Batches { get; init; } = new();

    /// <summary>Training on running sound, with windows that hold no command. Default: none.</summary>
    public NegativeSettings Negatives { get; init; } = new();

    /// <summary>
    /// The decay of an exponential moving average of weights and batch-norm statistics (Polyak and Juditsky 1992), for instance 0.99; the
    /// averaged model is the one that is measured and kept. Range: 0 to below 1; 0 (default) keeps none.
    /// </summary>
    public double AverageDecay { get; init; }

    /// <summary>
    /// N: the mean of the weights after each of the last N epochs (Izmailov et al. 2018), with batch-norm statistics of its own, is the model
    /// that is measured and kept, whatever the validation clips say of earlier epochs. 1 (default) keeps the weights after the last epoch, with
    /// <see cref="AverageDecay"/> their moving average; a larger N does not go together with that. 0 keeps the weights that did best on the
    /// validation clips, whose figure is then too good. Range: 0 or more.
    /// </summary>
    public int AverageLast { get; init; } = 1;

    /// <summary>
    /// α of mixup (Zhang et al. 2018): clips of a batch are mixed in pairs with a share drawn from Beta(α, α). Only for losses that judge
    /// each clip alone. Range: 0 or more; 0 (default) mixes nothing.
    /// </summary>
    public double Mixup { get; init; }

    /// <summary>Gradients longer than this are shortened to it (Pascanu et al. 2013). Range: 0 or more; 0 (default) leaves them.</summary>
    public double GradientClip { get; init; }

    /// <summary>The most members of a run.</summary>
    internal const int MostMembers = 16;

    /// <summary>The epochs of all members together.</summary>
    [JsonIgnore]
    public int TotalEpochs => (int)Math.Min((long)Epochs * Members, int.MaxValue);

    /// <summary>The epochs of the members before one, by which its own are counted through.</summary>
    /// <param name="member">The number of the member, from 0.</param>
    internal int EpochsBefore(int member) => member * Epochs;

    /// <summary>The recipe when nobody says anything: that of tc-resnet8.</summary>
    public static TrainingRecipe Default { get; } = For("tc-resnet8");

    /// <summary>The recipe that suits an encoder of the catalogue, as measured in benchmarks/RESULTS.md.</summary>
    /// <param name="encoder">The encoder's name.</param>
    public static TrainingRecipe For(string encoder) => new() { Encoder = new EncoderSettings { Name = encoder } };

    /// <summary>
    /// The recipe for clips that were cut off where the word begins and ends, and that therefore lie in digital silence: a floor instead
    /// of the mean of each bin, random colours of the microphone in its place, and shorter masks over time. On recordings with a whole
    /// second of room around the word it does worse, on trimmed ones far better (benchmarks/RESULTS.md). An encoder for streams knows no
    /// loudest frame of a clip and has no floor.
    /// </summary>
    public TrainingRecipe ForTrimmedClips() => this with
    {
        Encoder = Encoder with { DynamicRangeDb = EncoderCatalog.HearsStreams(Encoder.Name) ? null : 30, SubtractMean = false },
        Augmentation = Augmentation with { ColorDb = 6, Masks = Augmentation.Masks with { TimeWidth = 10 } },
    };

    /// <summary>
    /// How often clips should be seen when nobody says so: often enough for 3,375 steps, which are 60 epochs of 3,600 clips, so that a small corpus
    /// is learned as thoroughly as a large one; where windows without commands are heard as well, for 5,625, because running sound is more varied.
    /// </summary>
    /// <param name="clips">The number of training clips.</param>
    /// <returns>From 20 to 400 epochs.</returns>
    public int EpochsFor(int clips) => (int)Math.Clamp(Math.Ceiling((Negatives.Ratio > 0 ? 5625.0 : 3375) * BatchSize / (Math.Max(1, clips) * (1 + Negatives.Ratio))), 20, 400);
}
