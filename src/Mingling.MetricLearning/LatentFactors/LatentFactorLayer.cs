using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.LatentFactors;

/// <summary>
/// The latent-factor layer of LF-CNN (Wen, Li and Qiao 2016): x = m + U·identity + V·nuisance + ε, ε ~ N(0, σ² I). For spoken commands the
/// identity is the word and the nuisance the speaker. The layer gives what the identity explains and drops the nuisance.
/// </summary>
/// <remarks>Mean, factors and variance are buffers, fitted by <see cref="Fit"/> outside the gradient; the gradient passes through to x.</remarks>
public sealed class LatentFactorLayer : nn.Module<Tensor, Tensor>
{
    [TorchSharp.Utils.ComponentName(Name = "mean")]
    private readonly Tensor _mean;

    [TorchSharp.Utils.ComponentName(Name = "identity")]
    private readonly Tensor _identity;

    [TorchSharp.Utils.ComponentName(Name = "nuisance")]
    private readonly Tensor _nuisance;

    [TorchSharp.Utils.ComponentName(Name = "variance")]
    private readonly Tensor _variance;

    /// <summary>Makes a layer that has yet to be fitted.</summary>
    /// <param name="dimension">The number of features D, at least 1.</param>
    /// <param name="identityFactors">The number of columns of U, 1 … D.</param>
    /// <param name="nuisanceFactors">The number of columns of V, 1 … D.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public LatentFactorLayer(int dimension, int identityFactors, int nuisanceFactors) : base(nameof(LatentFactorLayer))
    {
        Dimension = Check.AtLeast(dimension, 1, nameof(dimension));
        IdentityFactors = (int)Check.Range(identityFactors, 1, dimension, nameof(identityFactors));
        NuisanceFactors = (int)Check.Range(nuisanceFactors, 1, dimension, nameof(nuisanceFactors));
        _mean = zeros(dimension);
        _identity = zeros(dimension, identityFactors);
        _nuisance = zeros(dimension, nuisanceFactors);
        _variance = ones(1);
        RegisterComponents();
    }

    /// <summary>The number of features D.</summary>
    public int Dimension { get; }

    /// <summary>The number of identity factors, the width of the output.</summary>
    public int IdentityFactors { get; }

    /// <summary>The number of nuisance factors.</summary>
    public int NuisanceFactors { get; }

    /// <summary>The factors U, [D, identity factors]. Owned by the module.</summary>
    public Tensor Identity => _identity;

    /// <summary>The factors V, [D, nuisance factors]. Owned by the module.</summary>
    public Tensor Nuisance => _nuisance;

    /// <summary>Fits the layer to embeddings of a training set by variational EM in double precision on the CPU.</summary>
    /// <param name="embeddings">Floating-point [N, D].</param>
    /// <param name="words">The identity of each row, int64 [N], 0 … words − 1.</param>
    /// <param name="speakers">The nuisance class of each row, int64 [N], 0 … speakers − 1.</param>
    /// <param name="fit">Iterations and seed; null means the defaults.</param>
    /// <returns>The residual variance σ² after each iteration.</returns>
    /// <exception cref="ArgumentException">The tensors do not fit.</exception>
    public IReadOnlyList<double> Fit(Tensor embeddings, Tensor words, Tensor speakers, LatentFactorFit? fit = null)
    {
        fit ??= new LatentFactorFit();
        Check.Batch(embeddings, words);
        Check.Labels(speakers, embeddings, nameof(speakers));
        Check.Dimension(embeddings, Dimension);
        Check.AtLeast(fit.Iterations, 1, nameof(fit));
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var model = new FactorModel(
            embeddings.to(ScalarType.Float64).cpu(), words.cpu(), speakers.cpu(), IdentityFactors, NuisanceFactors, fit.Seed);
        var variances = new List<double>(fit.Iterations);
        for (int i = 0; i < fit.Iterations; i++)
        {
            model.Iterate();
            variances.Add(model.Variance);
        }
        _mean.copy_(model.Mean);
        _identity.copy_(model.Identity.Factors);
        _nuisance.copy_(model.Nuisance.Factors);
        _variance.fill_(model.Variance);
        return variances;
    }

    /// <summary>The identity factors of embeddings: the posterior mean Uᵀ Σ⁻¹ (x − m), Σ = σ² I + U Uᵀ + V Vᵀ.</summary>
    /// <param name="input">Floating-point [B, D].</param>
    /// <returns>[B, identity factors] with gradient, owned by the caller.</returns>
    /// <exception cref="ArgumentException">The input does not fit.</exception>
    public override Tensor forward(Tensor input)
    {
        Check.Embeddings(input, nameof(input));
        Check.Dimension(input, Dimension);
        using var scope = NewDisposeScope();
        var covariance = eye(Dimension, dtype: _mean.dtype, device: _mean.device) * _variance
            + mm(_identity, _identity.t())
            + mm(_nuisance, _nuisance.t());
        var projection = linalg.solve(covariance, _identity).to(input.dtype); // Σ⁻¹ U, [D, identity factors]
        return mm(input - _mean.to(input.dtype), projection).MoveToOuterDisposeScope();
    }
}
