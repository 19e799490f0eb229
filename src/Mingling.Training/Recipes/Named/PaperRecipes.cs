using System.Globalization;
using Mingling.Audio;
using Mingling.MetricLearning.Joint;

namespace Mingling.Training.Recipes.Named;

/// <summary>
/// Trainings as papers describe them, on the 12 classes of Google Speech Commands, as far as settings can say it. Common to all: background
/// noise comes at a ratio of signal to noise where papers scale it by a volume, every clip is shifted where papers shift most of them, the
/// learning rate falls along half a cosine, and norms and biases are not decayed. docs/training.md says what else differs.
/// </summary>
internal static class PaperRecipes
{
    /// <summary>Training clips of the 12 classes of Google Speech Commands v1, by which steps become epochs.</summary>
    private const double Clips = 22_236;

    /// <summary>
    /// Kim, Chang, Lee and Sung 2021, "Broadcasted residual learning for efficient keyword spotting", section 4.1: SGD, 200 epochs of batches
    /// of 100, a warm-up of 5 epochs to 0.1, cosine; SpecAugment the wider the larger the net, none for the smallest; the last epoch counts.
    /// </summary>
    public static TrainingRecipe BcResNet(string encoder) => Paper(encoder, FeatureSettings.LogMel40) with
    {
        Epochs = 200,
        BatchSize = 100,
        Optimizer = new() { Kind = OptimizerKind.Sgd, LearningRate = 0.1, WeightDecay = 1e-3, WarmUp = 5.0 / 200 },
        AverageLast = 1,
        Augmentation = Background with { Masks = BcResNetMasks(encoder) },
    };

    /// <summary>
    /// Choi et al. 2019, "Temporal convolution for real-time keyword spotting on mobile devices", section 3: SGD, 30,000 steps of 100 clips,
    /// rate 0.1 (divided by 10 every 10,000 steps there), decay 0.001, dropout 0.5; the best epoch in validation counts.
    /// </summary>
    public static TrainingRecipe TcResNet(string encoder) => Paper(encoder, FeatureSettings.Mfcc40) with
    {
        Epochs = Epochs(30_000, 100),
        BatchSize = 100,
        Dropout = 0.5,
        Optimizer = new() { Kind = OptimizerKind.Sgd, LearningRate = 0.1, WeightDecay = 1e-3, WarmUp = 0 },
        Augmentation = Background,
    };

    /// <summary>
    /// Majumdar and Ginsburg 2020, "MatchboxNet: 1D time-channel separable convolutional neural network architecture for speech commands
    /// recognition", section 3: 64 MFCC of 25/10 ms, 200 epochs of batches of 128, a warm-up of 5 %, decay 0.001, shifts of 5 ms, two masks over
    /// time up to 25 frames and two over features up to 15. NovoGrad at 0.05 there; its rates mean nothing to another rule, and AdamW has ours.
    /// </summary>
    public static TrainingRecipe MatchboxNet(string encoder) =>
        Paper(encoder, FeatureSettings.LogMel40 with { WindowSamples = 400, MelBins = 64, Cepstra = 64 }) with
        {
            Epochs = 200,
            BatchSize = 128,
            Optimizer = new() { WeightDecay = 1e-3, WarmUp = 0.05 },
            Augmentation = AugmentationSettings.None with
            {
                ShiftMilliseconds = 5,
                Masks = new SpecAugment { TimeMasks = 2, TimeWidth = 25, FrequencyMasks = 2, FrequencyWidth = 15 },
            },
        };

    /// <summary>
    /// Zhang, Suda, Lai and Chandra 2017, "Hello Edge: keyword spotting on microcontrollers", section 4: 10 MFCC of 40/20 ms, Adam, 20,000 steps
    /// of 100 clips, rate 0.0005 (0.0001 after 10,000 steps there); the best epoch in validation counts.
    /// </summary>
    public static TrainingRecipe DsCnn(string encoder) => Paper(encoder, HelloEdge) with
    {
        Epochs = Epochs(20_000, 100),
        BatchSize = 100,
        Optimizer = new() { LearningRate = 5e-4, WeightDecay = 0, Beta2 = 0.999, WarmUp = 0 },
        Augmentation = Background,
    };

    /// <summary>
    /// Tang and Lin 2018, "Deep residual learning for small-footprint keyword spotting", section 3: 40 MFCC of 30/10 ms from 20 to 4000 Hz, SGD,
    /// 26 epochs of batches of 64, rate 0.1 (lowered on plateaus there), decay 0.00001; the best epoch in validation counts.
    /// </summary>
    public static TrainingRecipe DeepResNet(string encoder) =>
        Paper(encoder, FeatureSettings.LogMel40 with { LowHz = 20, HighHz = 4000, Cepstra = 40 }) with
        {
            Epochs = 26,
            BatchSize = 64,
            Optimizer = new() { Kind = OptimizerKind.Sgd, LearningRate = 0.1, WeightDecay = 1e-5, WarmUp = 0 },
            Augmentation = Background,
        };

    /// <summary>
    /// Li, Wei and Qin 2020, "Small-footprint keyword spotting with multi-scale temporal convolution", section 3: features of TC-ResNet, Adam,
    /// 30,000 steps of 100 clips, rate 0.01 (divided by 10 every 10,000 steps there), decay 0.00004.
    /// </summary>
    public static TrainingRecipe TemporalNet(string encoder) => Paper(encoder, FeatureSettings.Mfcc40) with
    {
        Epochs = Epochs(30_000, 100),
        BatchSize = 100,
        Optimizer = new() { LearningRate = 0.01, WeightDecay = 4e-5, Beta2 = 0.999, WarmUp = 0 },
        Augmentation = Background,
    };

    /// <summary>49 frames a second of 10 MFCC from the magnitudes of 40 mel bins, 20 to 4000 Hz.</summary>
    private static FeatureSettings HelloEdge => FeatureSettings.LogMel40 with
    {
        WindowSamples = 640,
        HopSamples = 320,
        FftSize = 1024,
        Alignment = FrameAlignment.SnipWindow,
        SpectrumExponent = 1,
        LowHz = 20,
        HighHz = 4000,
        Compression = FeatureCompression.LogFloor,
        LogFloor = 1e-12,
        Cepstra = 10,
    };

    /// <summary>Softmax alone on features as they are, a second at a time.</summary>
    private static TrainingRecipe Paper(string encoder, FeatureSettings features) => new()
    {
        Encoder = new() { Name = encoder, SubtractMean = false },
        Features = features,
        Loss = LossExpression.Parse("softmax"),
        LabelSmoothing = 0,
        Dropout = 0,
        AverageLast = 0,
    };

    /// <summary>Shifts by 100 ms to either side and background noise, as the program that came with the data set does.</summary>
    private static AugmentationSettings Background => AugmentationSettings.None with
    {
        ShiftMilliseconds = 100,
        NoiseProbability = 0.8,
        LowestSnrDb = 10,
        HighestSnrDb = 40,
    };

    private static SpecAugment BcResNetMasks(string encoder)
    {
        double scale = double.TryParse(encoder[(encoder.LastIndexOf('-') + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out double tau) ? tau : 1;
        int width = scale switch { < 1.5 => 0, < 2 => 1, < 3 => 3, < 6 => 5, _ => 7 };
        return width == 0 ? AugmentationSettings.None.Masks : new SpecAugment { TimeMasks = 2, TimeWidth = 20, FrequencyMasks = 2, FrequencyWidth = width };
    }

    private static int Epochs(int steps, int batch) => (int)Math.Round(steps * batch / Clips);
}
