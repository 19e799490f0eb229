namespace Mingling.Training.Encoders.Depthwise;

/// <summary>The sizes of a depthwise convolution of planes [height, width]; a convolution over time alone has height 1.</summary>
/// <param name="Batch">Clips B.</param>
/// <param name="Channels">Channels C, each with a kernel of its own.</param>
/// <param name="Height">Rows of a plane that comes in.</param>
/// <param name="Width">Columns of a plane that comes in.</param>
/// <param name="Y">The convolution over rows.</param>
/// <param name="X">The convolution over columns.</param>
internal readonly record struct DepthwiseShape(int Batch, int Channels, int Height, int Width, DepthwiseAxis Y, DepthwiseAxis X)
{
    /// <summary>Rows of a plane that comes out.</summary>
    public int OutHeight => Y.Outputs(Height);

    /// <summary>Columns of a plane that comes out.</summary>
    public int OutWidth => X.Outputs(Width);

    /// <summary>Values of a kernel.</summary>
    public int Taps => Y.Kernel * X.Kernel;

    /// <summary>Values of a plane that comes in.</summary>
    public int Plane => Height * Width;

    /// <summary>Values of a plane that comes out.</summary>
    public int OutPlane => OutHeight * OutWidth;
}

/// <summary>A convolution along one axis.</summary>
internal readonly record struct DepthwiseAxis(int Kernel, int Stride, int Padding, int Dilation)
{
    /// <summary>How far the last value of the kernel lies from the first.</summary>
    public int Reach => (Kernel - 1) * Dilation;

    /// <summary>The number of outputs of so many inputs.</summary>
    public int Outputs(int inputs) => (inputs + 2 * Padding - Reach - 1) / Stride + 1;
}
