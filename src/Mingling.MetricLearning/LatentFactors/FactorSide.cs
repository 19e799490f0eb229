using static TorchSharp.torch;

namespace Mingling.MetricLearning.LatentFactors;

/// <summary>One side of the model, the words or the speakers: its factors F and the posterior N(mean_c, covariance_c) of each class c.</summary>
internal sealed class FactorSide
{
    private readonly Tensor _labels; // [N]
    private readonly Tensor _counts; // [C]
    private readonly Tensor _means; // [C, factors]
    private readonly Tensor _covariances; // [C, factors, factors]

    public FactorSide(Tensor labels, Tensor factors)
    {
        long classes = labels.max().item<long>() + 1;
        if (labels.min().item<long>() < 0) throw new ArgumentException("Words and speakers must be numbered from 0.", nameof(labels));
        _labels = labels;
        Factors = factors;
        _counts = labels.bincount(null, classes).to(ScalarType.Float64);
        _means = zeros(classes, factors.shape[1], ScalarType.Float64);
        _covariances = zeros(classes, factors.shape[1], factors.shape[1], ScalarType.Float64);
    }

    /// <summary>F, [D, factors].</summary>
    public Tensor Factors { get; }

    /// <summary>What this side explains of each row, [N, D].</summary>
    public Tensor Explained() => mm(_means, Factors.t()).index_select(0, _labels);

    /// <summary>E step: covariance_c = (I + n_c FᵀF/σ²)⁻¹, mean_c = covariance_c Fᵀ Σ_{s∈c} r_s / σ².</summary>
    public void UpdatePosterior(Tensor residual, double variance)
    {
        var gram = mm(Factors.t(), Factors) / variance;
        var precision = eye(gram.shape[0], dtype: ScalarType.Float64) + gram * _counts.view(-1, 1, 1);
        _covariances.copy_(precision.inverse());
        var sums = mm(SumsOfClasses(residual), Factors) / variance; // [C, factors]
        _means.copy_(bmm(_covariances, sums.unsqueeze(2)).squeeze(2));
    }

    /// <summary>M step: F = (Σ_s r_s E[z]ᵀ)(Σ_s E[z zᵀ])⁻¹.</summary>
    public void UpdateFactors(Tensor residual)
    {
        var cross = mm(SumsOfClasses(residual).t(), _means); // [D, factors]
        var outer = _means.unsqueeze(2) * _means.unsqueeze(1) + _covariances;
        var second = (outer * _counts.view(-1, 1, 1)).sum(new long[] { 0 });
        Factors.copy_(linalg.solve(second, cross.t()).t());
    }

    /// <summary>Σ_s tr(F covariance Fᵀ): what the uncertainty of the posterior adds to the residual.</summary>
    public Tensor Uncertainty() => (mm(Factors.t(), Factors) * (_covariances * _counts.view(-1, 1, 1)).sum(new long[] { 0 })).sum();

    private Tensor SumsOfClasses(Tensor residual) =>
        zeros(_means.shape[0], residual.shape[1], ScalarType.Float64).index_add_(0, _labels, residual, 1);
}
