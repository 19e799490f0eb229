namespace Mingling.Training.Encoders.Depthwise;

/// <summary>A way to compute a depthwise convolution and its gradients, one plane at a time.</summary>
internal interface IDepthwiseKernel
{
    /// <summary>The way that suits a shape.</summary>
    static IDepthwiseKernel For(DepthwiseShape shape) =>
        shape.X is { Kernel: 1, Stride: 1, Padding: 0 } ? new ColumnKernel(shape) : new DepthwiseKernel(shape);

    /// <summary>One plane of the output.</summary>
    void Forward(ReadOnlySpan<float> plane, ReadOnlySpan<float> taps, Span<float> output);

    /// <summary>The gradient of one plane of the input: a convolution of the output's gradient with the kernel turned round.</summary>
    void BackwardInput(ReadOnlySpan<float> gradient, ReadOnlySpan<float> taps, Span<float> input);

    /// <summary>Adds what one plane gives to the gradient of its kernel.</summary>
    void BackwardTaps(ReadOnlySpan<float> plane, ReadOnlySpan<float> gradient, Span<double> taps);
}
