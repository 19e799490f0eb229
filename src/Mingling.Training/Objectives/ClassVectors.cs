using Mingling.MetricLearning.Losses;
using static TorchSharp.torch;

namespace Mingling.Training.Objectives;

/// <summary>The vector of each class that a loss has learned, and the scale of its cosines.</summary>
internal static class ClassVectors
{
    /// <summary>Null where the loss has none, or several for a class. The tensor is the loss's own.</summary>
    public static (Tensor Vectors, double Scale)? Of(EmbeddingLoss loss) => loss switch
    {
        ClassifierLoss { VectorsPerClass: > 1 } => null,
        ArcFaceLoss arc => (arc.Weight, arc.Scale),
        CosFaceLoss cos => (cos.Weight, cos.Scale),
        NormFaceLoss norm => (norm.Weight, 1 / norm.Temperature),
        AdaCosLoss ada => (ada.Weight, ada.Scale.item<float>()),
        ClassifierLoss other => (other.Weight, ClassHeadScale),
        ProxyAnchorLoss proxies => (proxies.Proxies, proxies.Alpha),
        _ => null,
    };

    /// <summary>The scale where a loss names none: posteriors are then neither flat nor all or nothing.</summary>
    public const double ClassHeadScale = 16;
}
