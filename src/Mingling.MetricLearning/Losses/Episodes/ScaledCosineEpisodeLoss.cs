using Mingling.MetricLearning.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>An episode loss of learned logits w·cos + b, with w kept positive.</summary>
public abstract class ScaledCosineEpisodeLoss : EpisodeLoss
{
    private const double LeastScale = 1e-6;

    private protected ScaledCosineEpisodeLoss(string name, int shots, double scale, double offset, Reduction? reduction)
        : base(name, shots, reduction)
    {
        register_parameter("scale", new Parameter(tensor((float)Check.Positive(scale, nameof(scale)))));
        register_parameter("offset", new Parameter(tensor((float)offset)));
    }

    /// <summary>The factor w, 0-dimensional. Owned by the module.</summary>
    public Parameter Scale => get_parameter("scale")!;

    /// <summary>The offset b, 0-dimensional. Owned by the module.</summary>
    public Parameter Offset => get_parameter("offset")!;

    private protected Tensor Scaled(Tensor cosines) => cosines * Scale.clamp_min(LeastScale).to(cosines.dtype) + Offset.to(cosines.dtype);
}
