using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// ArcFace, the additive-angular-margin softmax (Deng et al. 2019, eq. 3): s·cos(θ_y + m) against s·cos θ_j. Beyond θ = π − m, where the
/// cosine would rise again, it goes on as cos θ − m sin m. Several vectors per class make it sub-centre ArcFace (Deng et al. 2020); the
/// nearest decides. The inter-top-k penalty (Zhao et al. 2021) moves the k nearest wrong classes nearer by their own margin.
/// </summary>
public sealed class ArcFaceLoss : CosineClassifierLoss, IMarginLoss
{
    private double _margin;

    /// <summary>Makes the loss.</summary>
    /// <param name="classes">The number of classes C, at least 1.</param>
    /// <param name="dimension">The number of features D, at least 1.</param>
    /// <param name="margin">The margin m in degrees, 0 … 180.</param>
    /// <param name="scale">The scale s, greater than 0.</param>
    /// <param name="centers">The number of vectors per class, at least 1.</param>
    /// <param name="topK">The number k of nearest wrong classes that are penalised, 0 … C − 1.</param>
    /// <param name="topKMargin">Their margin in degrees, 0 … 180.</param>
    /// <param name="labelSmoothing">The label smoothing ε, 0 … 1.</param>
    /// <param name="reduction">The reduction over the batch; null means the mean.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public ArcFaceLoss(
        int classes,
        int dimension,
        double margin = 28.6,
        double scale = 64,
        int centers = 1,
        int topK = 0,
        double topKMargin = 3.4,
        double labelSmoothing = 0,
        Reduction? reduction = null,
        long seed = 0)
        : base(nameof(ArcFaceLoss), classes, dimension, centers, labelSmoothing, reduction, seed)
    {
        Margin = margin;
        Scale = Check.Positive(scale, nameof(scale));
        ArgumentOutOfRangeException.ThrowIfNegative(topK);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(topK, classes);
        TopK = topK;
        TopKMargin = Check.Range(topKMargin, 0, 180, nameof(topKMargin));
    }

    /// <summary>The margin m in degrees, 0 … 180.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The margin is out of range.</exception>
    public double Margin
    {
        get => _margin;
        set => _margin = Check.Range(value, 0, 180, "margin");
    }

    /// <summary>The scale s.</summary>
    public double Scale { get; }

    /// <summary>The number of nearest wrong classes that are penalised.</summary>
    public int TopK { get; }

    /// <summary>The margin of the penalised classes in degrees.</summary>
    public double TopKMargin { get; }

    private protected override double? LogitScale => Scale;

    private protected override SoftmaxRows? Rows => TopK == 0 && VectorsPerClass == 1 && LabelSmoothing == 0 ? new SoftmaxRows(Scale, TargetOf(Radians(Margin))) : null;

    private protected override Tensor WithMargins(Tensor cosines, Tensor target, Tensor index)
    {
        if (TopK > 0)
        {
            var wrong = cosines.detach().scatter(1, index, full_like(target.detach(), -2)); // −2 lies below every cosine
            var nearest = wrong.topk(TopK, 1).indexes;
            cosines = cosines.scatter(1, nearest, Angles.CosineOfSum(cosines.gather(1, nearest), -Radians(TopKMargin)));
        }
        return base.WithMargins(cosines, target, index);
    }

    private protected override Tensor Target(Tensor cosine)
    {
        double margin = Radians(Margin);
        var beyond = cosine.detach().lt(Math.Cos(Math.PI - margin)); // θ > π − m
        return where(beyond, cosine - margin * Math.Sin(margin), Angles.CosineOfSum(cosine, margin));
    }

    /// <summary><see cref="Target"/> of one cosine, and its derivative.</summary>
    private static Func<float, (float Value, float Slope)> TargetOf(double margin)
    {
        double turn = Math.Cos(Math.PI - margin), along = Math.Cos(margin), across = Math.Sin(margin);
        return cosine =>
        {
            if (cosine < (float)turn) return ((float)(cosine - margin * across), 1);
            double square = 1 - (double)cosine * cosine, sine = Math.Sqrt(Math.Max(square, Angles.LeastSquaredSine));
            return ((float)(cosine * along - sine * across), (float)(along + (square > Angles.LeastSquaredSine ? across * cosine / sine : 0)));
        };
    }

    private protected override Tensor Scaled(Tensor cosines, Tensor embeddings, Tensor labels) => cosines * Scale;

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
