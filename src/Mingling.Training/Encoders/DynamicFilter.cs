using Mingling.Training.Graphs;
using Mingling.Training.Graphs.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>
/// Light dynamic filter (Kim and Ko 2021, "Light dynamic filter network for noise-robust keyword spotting") in front of an encoder: features X [B, 1, F, T]
/// are filtered by weights that follow from themselves.
/// <code>
/// instance branch   m = mean of X over time;  h = norm(W₁m + b₁);  w = W₂ ReLU(h) + b₂ ∈ R⁹;  α = W₄h;  β = W₅h ∈ R^F
/// pixel branch      P = sigmoid(norm over time of conv 3x3, dilation 2, of X) ∈ R^{F x T}
/// filter            X' = P · Σ wᵢ · the i-th of the 3x3 neighbours of X, dilation 2, zeros beyond the edges
/// output            X + α (X' − μ)/σ + β, with mean μ and deviation σ of each bin over time
/// </code>
/// Both norms have a scale and a shift for each bin. 5,378 trainable values at 40 bins. It looks at the whole clip, and so does not stream.
/// </summary>
public sealed class DynamicFilter : nn.Module<Tensor, Tensor>
{
    private const int Neighbors = 9, Spread = 2;
    private const float Epsilon = 1e-5f;

    private readonly Linear instance, weights, gain, offset;
    private readonly LayerNorm norm;
    private readonly Conv2d pixel;
    private readonly Parameter scale, shift;
    private readonly int _bins;

    /// <summary>Builds a filter with freshly drawn weights.</summary>
    /// <param name="bins">The feature bins F, at least 1.</param>
    public DynamicFilter(int bins) : base(nameof(DynamicFilter))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        _bins = bins;
        instance = nn.Linear(bins, bins);
        norm = nn.LayerNorm(bins, eps: Epsilon);
        weights = nn.Linear(bins, Neighbors);
        gain = nn.Linear(bins, bins, hasBias: false);
        offset = nn.Linear(bins, bins, hasBias: false);
        pixel = nn.Conv2d(1, 1, 3, padding: Spread, dilation: Spread, bias: false);
        scale = nn.Parameter(ones(bins, 1));
        shift = nn.Parameter(zeros(bins, 1));
        RegisterComponents();
    }

    /// <summary>The matrices W₁, W₂, W₄ and W₅, each with a filter in every row; what a penalty of orthogonality looks at.</summary>
    public IReadOnlyList<Tensor> Weights => [instance.weight!, weights.weight!, gain.weight!, offset.weight!];

    /// <summary>Filters features [B, 1, F, T].</summary>
    public override Tensor forward(Tensor x)
    {
        var (output, pooled) = Filter(x);
        pooled.Dispose();
        return output;
    }

    /// <summary>Filters features and pools what the filter adds.</summary>
    /// <param name="x">[B, 1, F, T].</param>
    /// <returns>
    /// The filtered features [B, 1, F, T], and [B, 2F]: the mean over time of X', from the pixel branch, and β, from the instance branch. The caller disposes
    /// both.
    /// </returns>
    public (Tensor Output, Tensor Pooled) Filter(Tensor x)
    {
        using var scope = NewDisposeScope();
        var h = norm.call(instance.call(x.mean([1, 3])));
        var (taps, alpha, beta) = (weights.call(nn.functional.relu(h)), gain.call(h), offset.call(h));
        var open = nn.functional.sigmoid(Standardized(x.Through(pixel)) * scale + shift);
        var neighbors = WholeBlocks.Convolve(x, Shifts(), null, [1, 1], [Spread, Spread], [Spread, Spread]);
        var filtered = open * (neighbors * taps.view(-1, Neighbors, 1, 1)).sum(new long[] { 1 }, keepdim: true);
        var output = x + Standardized(filtered) * alpha.view(-1, 1, _bins, 1) + beta.view(-1, 1, _bins, 1);
        var pooled = cat([filtered.mean([1, 3]), beta], 1);
        return (output.MoveToOuterDisposeScope(), pooled.MoveToOuterDisposeScope());
    }

    /// <summary>Writes the filter as nodes of a graph.</summary>
    internal GraphValue Export(GraphBuilder graph, GraphValue x)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var h = graph.Node("LayerNormalization",
            [graph.Linear(instance, graph.Mean(x, keepDimensions: false, 1, 3)), graph.Constant("filter.scale", norm.weight!), graph.Constant("filter.shift", norm.bias!)],
            GraphAttribute.Create("axis", -1), GraphAttribute.Create("epsilon", Epsilon));
        var taps = graph.Linear(weights, graph.Relu(h));
        var (alpha, beta) = (graph.Linear(gain, h), graph.Linear(offset, h));
        var open = graph.Node("Sigmoid", [Standardized(graph, graph.Convolution(pixel, norm: null, x), scale.flatten(), shift.flatten())]);
        var neighbors = graph.Convolution(Shifts(), bias: null, x, [1, 1], [Spread, Spread], [Spread, Spread]);
        var sum = graph.Node("ReduceSum", [graph.Node("Mul", [neighbors, Reshaped(graph, taps, Neighbors, 1)]), graph.Indices("axes", 1)]);
        var filtered = graph.Node("Mul", [open, sum]);
        var normed = Standardized(graph, filtered, ones(_bins), zeros(_bins));
        var output = graph.Add(graph.Node("Mul", [normed, Reshaped(graph, alpha, 1, _bins)]), Reshaped(graph, beta, 1, _bins));
        return graph.Add(x, output);
    }

    /// <summary>Nine kernels that each pick one neighbour.</summary>
    private static Tensor Shifts() => eye(Neighbors).view(Neighbors, 1, 3, 3);

    /// <summary>Mean 0 and deviation 1 of each bin over time.</summary>
    private static Tensor Standardized(Tensor x)
    {
        var apart = x - x.mean([3], keepdim: true);
        return apart / (apart.square().mean([3], keepdim: true) + Epsilon).sqrt();
    }

    private static GraphValue Standardized(GraphBuilder graph, GraphValue x, Tensor factor, Tensor summand)
    {
        var rows = graph.Node("Squeeze", [x, graph.Indices("axes", 1)]);
        var normed = graph.Node("InstanceNormalization", [rows, graph.Constant("filter.scale", factor), graph.Constant("filter.shift", summand)],
            GraphAttribute.Create("epsilon", Epsilon));
        return graph.Node("Unsqueeze", [normed, graph.Indices("axes", 1)]);
    }

    private static GraphValue Reshaped(GraphBuilder graph, GraphValue rows, int channels, int bins) =>
        graph.Node("Reshape", [rows, graph.Indices("shape", -1, channels, bins, 1)]);
}
