using Mingling.Audio;
using Mingling.Training.Encoders;

namespace Mingling.Training;

/// <summary>
/// Everything that decides what a training does, apart from the recordings. Two trainings with equal recipes and recordings on the
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

    /// <summary>Clips in a batch. Range: 2 to 65,536. Default: 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Decides every random draw. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The optimiser and its schedule.</summary>
    public OptimizerSettings Optimizer { get; init; } = new();

    /// <summary>The augmentation.</summary>
    public AugmentationSettings Augmentation { get; init; } = new();

    /// <summary>Label smoothing ε of the softmax cross-entropy (Szegedy et al. 2016). Range: 0 to below 1. Default: 0.1.</summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>The share of embedding values dropped before the classifier in training. Range: 0 to below 1. Default: 0.2.</summary>
    public double Dropout { get; init; } = 0.2;

    /// <summary>λ, the weight of the center loss (Wen et al. 2016). Range: 0 or more; 0 leaves it out. Default: 0.01.</summary>
    public double CenterWeight { get; init; } = 0.01;

    /// <summary>α, the rate at which the centres follow their classes. Range: 0 to 1. Default: 0.5.</summary>
    public double CenterRate { get; init; } = 0.5;

    /// <summary>The recipe that suits an encoder of the catalogue, as measured in benchmarks/RESULTS.md.</summary>
    /// <param name="encoder">The encoder's name.</param>
    public static TrainingRecipe For(string encoder) => new() { Encoder = new EncoderSettings { Name = encoder } };

    /// <summary>
    /// The recipe for clips that were cut off where the word begins and ends, and that therefore lie in digital silence: a floor instead
    /// of the mean of each bin, random colours of the microphone in its place, and shorter masks over time. On recordings with a whole
    /// second of room around the word it does worse, on trimmed ones far better (benchmarks/RESULTS.md).
    /// </summary>
    public TrainingRecipe ForTrimmedClips() => this with
    {
        Encoder = Encoder with { DynamicRangeDb = 30, SubtractMean = false },
        Augmentation = Augmentation with { ColourDb = 6, Masks = Augmentation.Masks with { TimeWidth = 10 } },
    };

    /// <summary>
    /// How often clips should be seen when nobody says so: often enough for 3,375 steps, which are 60 epochs of 3,600 clips, so that a
    /// small corpus is learned as thoroughly as a large one.
    /// </summary>
    /// <param name="clips">The number of training clips.</param>
    /// <returns>From 20 to 400 epochs.</returns>
    public int EpochsFor(int clips) => (int)Math.Clamp(Math.Ceiling(3375.0 * BatchSize / Math.Max(1, clips)), 20, 400);

    /// <summary>Checks all values at once.</summary>
    /// <exception cref="ArgumentException">Values are out of range; the message lists all of them.</exception>
    public void Validate()
    {
        var problems = new List<string>();
        if (!(WindowSeconds is >= 0.1 and <= 10)) problems.Add($"the window must be 0.1 to 10 seconds, not {WindowSeconds}");
        if (Epochs < 1) problems.Add($"there must be at least 1 epoch, not {Epochs}");
        if (BatchSize is < 2 or > 65_536) problems.Add($"a batch must hold 2 to 65,536 clips, not {BatchSize}");
        if (!(LabelSmoothing is >= 0 and < 1)) problems.Add($"label smoothing must be 0 to below 1, not {LabelSmoothing}");
        if (!(Dropout is >= 0 and < 1)) problems.Add($"dropout must be 0 to below 1, not {Dropout}");
        if (!(CenterWeight >= 0) || double.IsInfinity(CenterWeight)) problems.Add($"the center weight must be 0 or more, not {CenterWeight}");
        if (!(CenterRate is >= 0 and <= 1)) problems.Add($"the center rate must be from 0 to 1, not {CenterRate}");
        problems.AddRange(Encoder.Problems());
        problems.AddRange(Optimizer.Problems());
        problems.AddRange(Augmentation.Problems());
        if (problems.Count > 0) throw new ArgumentException($"the recipe cannot be used: {string.Join("; ", problems)}.");
    }
}
