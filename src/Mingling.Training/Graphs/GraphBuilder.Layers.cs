using Mingling.Training.Graphs.Onnx;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Graphs;

/// <content>Modules of TorchSharp as nodes.</content>
public sealed partial class GraphBuilder
{
    /// <summary>max(x, 0).</summary>
    public GraphValue Relu(GraphValue x) => Node("Relu", [x]);

    /// <summary>a + b, spread over dimensions of size 1.</summary>
    public GraphValue Add(GraphValue a, GraphValue b) => Node("Add", [a, b]);

    /// <summary>The mean over dimensions.</summary>
    /// <param name="x">The values.</param>
    /// <param name="keepDimensions">Whether the dimensions stay, with size 1.</param>
    /// <param name="dimensions">The dimensions.</param>
    public GraphValue Mean(GraphValue x, bool keepDimensions, params long[] dimensions) =>
        Node("ReduceMean", [x], GraphAttribute.Create("axes", dimensions), GraphAttribute.Create("keepdims", keepDimensions ? 1 : 0));

    /// <summary>x / max(|x|, 1e-12) of each row of [B, D].</summary>
    public GraphValue Normalize(GraphValue x)
    {
        var length = Node("ReduceL2", [x], GraphAttribute.Create("axes", [1L]), GraphAttribute.Create("keepdims", 1));
        return Node("Div", [x, Node("Max", [length, Constant("least", [1e-12f])])]);
    }

    /// <summary>A linear layer: x·Wᵀ + b of x [B, from], to [B, to].</summary>
    public GraphValue Linear(Linear linear, GraphValue x)
    {
        var weight = Constant("linear.weight", linear.weight!);
        GraphValue[] inputs = linear.bias is { } bias ? [x, weight, Constant("linear.bias", bias)] : [x, weight];
        return Node("Gemm", inputs, GraphAttribute.Create("transB", 1));
    }

    /// <summary>A convolution over one or two dimensions, with the batch norm behind it folded into weights and bias.</summary>
    /// <param name="convolution">A plain convolution with zeros around the edges.</param>
    /// <param name="norm">The batch norm behind it, or null.</param>
    /// <param name="x">[B, channels, …].</param>
    /// <exception cref="ExportException">The convolution is transposed, or pads otherwise.</exception>
    public GraphValue Convolution(Convolution convolution, BatchNorm? norm, GraphValue x)
    {
        using var scope = NewDisposeScope();
        return Convolution(convolution, norm is null ? null : Affine(norm), x);
    }

    private GraphValue Convolution(Convolution convolution, (Tensor Scale, Tensor Shift)? norm, GraphValue x)
    {
        if (convolution.transposed || convolution.padding_mode != PaddingModes.Zeros || convolution.padding is not { } padding)
            throw new ExportException("only convolutions with a number of zeros around the edges can be exported, not transposed ones or other paddings.");
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        int dimensions = (int)convolution.weight!.dim() - 2;
        Tensor weight = convolution.weight, bias = convolution.bias ?? zeros(convolution.out_channels);
        if (norm is var (scale, shift))
        {
            weight = (weight.to(float64) * scale.reshape([-1, 1, .. Enumerable.Repeat(1L, dimensions)])).to(float32);
            bias = (bias.to(float64) * scale + shift).to(float32);
        }
        return Convolution(weight, bias, x, Spread(convolution.stride), Spread(padding), Spread(convolution.dilation), convolution.groups);

        long[] Spread(long[] sizes) => sizes.Length == dimensions ? sizes : [.. Enumerable.Repeat(sizes[0], dimensions)];
    }

    /// <summary>A convolution that is computed by other means in training, with the batch norm after it folded into weights and bias.</summary>
    /// <param name="convolution">The convolution.</param>
    /// <param name="norm">The batch norm after it, or null.</param>
    /// <param name="x">[B, channels, …].</param>
    public GraphValue Convolution(IPlainConvolution convolution, BatchNorm? norm, GraphValue x) => Convolution(convolution.Plain, norm, x);

    /// <summary>A convolution with weights that were computed, as where branches are fused.</summary>
    /// <param name="weight">float32 [to, from / groups, …], with one or two dimensions behind the channels.</param>
    /// <param name="bias">float32 [to]; null for none.</param>
    /// <param name="x">[B, from, …].</param>
    /// <param name="strides">From one output to the next, for each dimension.</param>
    /// <param name="paddings">Zeros at either edge, for each dimension.</param>
    /// <param name="dilations">From one value of the kernel to the next, for each dimension.</param>
    /// <param name="groups">Groups of channels.</param>
    public GraphValue Convolution(Tensor weight, Tensor? bias, GraphValue x, long[] strides, long[] paddings, long[] dilations, long groups = 1)
    {
        var kernel = Constant("conv.weight", weight);
        GraphValue[] inputs = bias is null ? [x, kernel] : [x, kernel, Constant("conv.bias", bias)];
        return Node("Conv", inputs,
            GraphAttribute.Create("kernel_shape", weight.shape[2..]),
            GraphAttribute.Create("strides", strides),
            GraphAttribute.Create("dilations", dilations),
            GraphAttribute.Create("pads", [.. paddings, .. paddings]),
            GraphAttribute.Create("group", groups));
    }

    /// <summary>The mean over patches that do not overlap; what is left over at the end falls away.</summary>
    /// <param name="pool">The pooling, without padding.</param>
    /// <param name="x">[B, channels, bins, frames].</param>
    public GraphValue Pool(AvgPool2d pool, GraphValue x) =>
        Node("AveragePool", [x], GraphAttribute.Create("kernel_shape", pool.kernel_size), GraphAttribute.Create("strides", pool.stride));

    /// <summary>A batch norm that stands alone, over channels of x [B, channels] with further dimensions.</summary>
    /// <param name="norm">The batch norm.</param>
    /// <param name="dimensions">The number of dimensions behind the channels.</param>
    /// <param name="x">The values.</param>
    public GraphValue Norm(BatchNorm norm, int dimensions, GraphValue x)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var (scale, shift) = Affine(norm);
        long[] shape = [-1, .. Enumerable.Repeat(1L, dimensions)];
        var scaled = Node("Mul", [x, Constant("norm.scale", scale.to(float32).reshape(shape))]);
        return Add(scaled, Constant("norm.shift", shift.to(float32).reshape(shape)));
    }

    /// <summary>Modules one after another: convolutions with their batch norms, ReLU, SiLU, sigmoid, dropout, linear layers, and modules that export themselves.</summary>
    /// <param name="layers">The modules.</param>
    /// <param name="x">What the first is given.</param>
    /// <exception cref="ExportException">A module is of a kind that cannot be exported.</exception>
    public GraphValue Layers(Sequential layers, GraphValue x)
    {
        nn.Module[] modules = [.. layers.children()];
        for (int i = 0; i < modules.Length; i++)
        {
            if ((modules[i] as Convolution ?? (modules[i] as IPlainConvolution)?.Plain) is { } convolution)
            {
                using var scope = NewDisposeScope();
                var norm = (i + 1 < modules.Length ? modules[i + 1] : null) switch
                {
                    BatchNorm plain => Affine(plain),
                    IFoldedNorm own => own.Affine(),
                    _ => ((Tensor, Tensor)?)null,
                };
                x = Convolution(convolution, norm, x);
                if (norm is not null) i++;
                if (norm is not null && modules[i] is IFoldedNorm { Relu: true }) x = Relu(x);
                continue;
            }
            x = Layer(modules[i], x);
        }
        return x;
    }

    private GraphValue Layer(nn.Module module, GraphValue x) => module switch
    {
        IGraphModule own => own.Export(this, x),
        Sequential nested => Layers(nested, x),
        BatchNorm1d norm => Norm(norm, 1, x),
        BatchNorm2d norm => Norm(norm, 2, x),
        ReLU => Relu(x),
        Sigmoid => Node("Sigmoid", [x]),
        SiLU => Node("Mul", [x, Node("Sigmoid", [x])]),
        Linear linear => Linear(linear, x),
        AvgPool2d pool => Pool(pool, x),
        Dropout or Dropout1d or Dropout2d or Identity => x,
        _ => throw new ExportException($"a module {module.GetName()} cannot be exported; let it implement {nameof(IGraphModule)}."),
    };

    /// <summary>Scale and shift of a batch norm in evaluation, in double precision: γ/√(σ² + ε) and β − μ·scale.</summary>
    internal static (Tensor Scale, Tensor Shift) Affine(BatchNorm norm)
    {
        using var quiet = no_grad();
        var scale = (norm.running_var!.to(float64) + norm.eps).rsqrt();
        if (norm.weight is { } gamma) scale = scale * gamma.to(float64);
        var shift = -norm.running_mean!.to(float64) * scale;
        return (scale, norm.bias is { } beta ? shift + beta.to(float64) : shift);
    }
}
