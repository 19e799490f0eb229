using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.LatentFactors;

/// <summary>
/// EM for x_s = m + U h_{word(s)} + V g_{speaker(s)} + ε. Words and speakers are crossed, so the joint posterior couples them all; the E step
/// takes it as a product of the two sides and updates one after the other, which never lets the evidence bound fall.
/// </summary>
internal sealed class FactorModel
{
    private const double LeastVariance = 1e-9;

    private readonly Tensor _centered; // x − m, [N, D]

    public FactorModel(Tensor rows, Tensor words, Tensor speakers, int identityFactors, int nuisanceFactors, long seed)
    {
        Mean = rows.mean(new long[] { 0 });
        _centered = rows - Mean;
        Variance = Math.Max(LeastVariance, _centered.square().mean().item<double>());
        double deviation = Math.Sqrt(Variance / rows.shape[1]);
        Identity = new FactorSide(words, RandomWeights.Normal(rows.shape[1], identityFactors, deviation, seed).to(ScalarType.Float64));
        Nuisance = new FactorSide(speakers, RandomWeights.Normal(rows.shape[1], nuisanceFactors, deviation, seed + 1).to(ScalarType.Float64));
    }

    public Tensor Mean { get; }

    public FactorSide Identity { get; }

    public FactorSide Nuisance { get; }

    public double Variance { get; private set; }

    /// <summary>One E and one M step of either side, then the variance.</summary>
    public void Iterate()
    {
        using var scope = NewDisposeScope();
        foreach (var (side, other) in new[] { (Identity, Nuisance), (Nuisance, Identity) })
        {
            var residual = _centered - other.Explained();
            side.UpdatePosterior(residual, Variance);
            side.UpdateFactors(residual);
        }
        var left = (_centered - Identity.Explained() - Nuisance.Explained()).square().sum() + Identity.Uncertainty() + Nuisance.Uncertainty();
        Variance = Math.Max(LeastVariance, left.item<double>() / _centered.numel());
    }
}
