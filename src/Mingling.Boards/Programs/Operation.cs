namespace Mingling.Boards.Programs;

/// <summary>One operation of a program: some tensors in, one written, wholly or in part.</summary>
/// <param name="Inputs">What it reads.</param>
/// <param name="Output">What it writes.</param>
internal abstract record Operation(BoardTensor[] Inputs, BoardTensor Output)
{
    /// <summary>The same operation on other tensors of the same sizes.</summary>
    public Operation On(Func<BoardTensor, BoardTensor> other) => this with { Inputs = [.. Inputs.Select(other)], Output = other(Output) };
}

/// <summary>The sizes of a convolution over [channels, rows, columns]; one over time alone has one row.</summary>
internal sealed record ConvolutionSizes(
    int InChannels, int InRows, int InColumns,
    int OutChannels, int OutRows, int OutColumns,
    int KernelRows, int KernelColumns,
    int RowStride, int ColumnStride, int RowDilation, int ColumnDilation, int RowPad, int ColumnPad, int Groups)
{
    /// <summary>The values that one output is made of.</summary>
    public int Patch => InChannels / Groups * KernelRows * KernelColumns;
}

/// <summary>A convolution with zeros around the edges, with a ReLU where one follows.</summary>
/// <param name="Inputs">[channels, rows, columns].</param>
/// <param name="Output">The same of the output.</param>
/// <param name="Weights">[out channels, in channels / groups, kernel rows, kernel columns].</param>
/// <param name="Bias">[out channels].</param>
/// <param name="Sizes">The sizes.</param>
/// <param name="Relu">Whether values below 0 become 0.</param>
internal sealed record Convolution(BoardTensor[] Inputs, BoardTensor Output, float[] Weights, float[] Bias, ConvolutionSizes Sizes, bool Relu) : Operation(Inputs, Output);

/// <summary>y = W·x + b for each of some rows.</summary>
/// <param name="Inputs">[rows, in].</param>
/// <param name="Output">[rows, out].</param>
/// <param name="Rows">The rows.</param>
/// <param name="Weights">[out, in].</param>
/// <param name="Bias">[out].</param>
/// <param name="Scales">[out]: what the weights are multiplied by where they are whole numbers from −127 to 127; null where they are floats.</param>
internal sealed record Dense(BoardTensor[] Inputs, BoardTensor Output, int Rows, float[] Weights, float[] Bias, float[]? Scales = null) : Operation(Inputs, Output);

/// <summary>A function of each value.</summary>
internal sealed record Map(BoardTensor[] Inputs, BoardTensor Output, MapKind Kind) : Operation(Inputs, Output);

/// <summary>A function of two values, spread over dimensions of size 1.</summary>
/// <param name="Inputs">A and B.</param>
/// <param name="Output">[dimensions].</param>
/// <param name="Kind">The function.</param>
/// <param name="Dimensions">Four, those in front perhaps 1.</param>
/// <param name="StridesA">Steps in A along each; 0 where it is spread.</param>
/// <param name="StridesB">Steps in B along each.</param>
/// <param name="Relu">Whether values below 0 become 0.</param>
internal sealed record Zip(BoardTensor[] Inputs, BoardTensor Output, ZipKind Kind, int[] Dimensions, int[] StridesA, int[] StridesB, bool Relu) : Operation(Inputs, Output)
{
    /// <summary>Whether both sides have every value of the output in its order.</summary>
    public bool IsPlain => StridesA.AsSpan().SequenceEqual(StridesB) && Inputs.All(input => input.Size == Output.Size);
}

/// <summary>A figure of the middle dimension of [outer, count, inner].</summary>
internal sealed record Reduce(BoardTensor[] Inputs, BoardTensor Output, ReduceKind Kind, int Outer, int Count, int Inner) : Operation(Inputs, Output);

/// <summary>Copies values between two places, along four dimensions.</summary>
internal sealed record Copy(BoardTensor[] Inputs, BoardTensor Output, int[] Dimensions, int From, int[] StridesFrom, int To, int[] StridesTo) : Operation(Inputs, Output);

/// <summary>One value everywhere.</summary>
internal sealed record Fill(BoardTensor Output, float Value) : Operation([], Output);

/// <summary>Means over patches of [channels, rows, columns] without padding.</summary>
internal sealed record Pool(BoardTensor[] Inputs, BoardTensor Output, ConvolutionSizes Sizes) : Operation(Inputs, Output);

/// <summary>Probabilities of each of some rows.</summary>
internal sealed record Softmax(BoardTensor[] Inputs, BoardTensor Output, int Rows, int Count) : Operation(Inputs, Output);

/// <summary>Each of some rows brought to mean 0 and deviation 1, then scaled and shifted.</summary>
/// <param name="Inputs">[rows, count].</param>
/// <param name="Output">The same.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Count">The values of each.</param>
/// <param name="Epsilon">What is added to the variance.</param>
/// <param name="Scale">One for each row (<paramref name="ByRow"/>) or for each value of a row.</param>
/// <param name="Bias">As many.</param>
/// <param name="ByRow">Whether scale and bias belong to rows.</param>
internal sealed record Normalization(BoardTensor[] Inputs, BoardTensor Output, int Rows, int Count, float Epsilon, float[] Scale, float[] Bias, bool ByRow) : Operation(Inputs, Output);

/// <summary>Floats to bytes, or bytes to floats, by what the two tensors hold.</summary>
internal sealed record Convert(BoardTensor[] Inputs, BoardTensor Output) : Operation(Inputs, Output);

/// <summary>Functions of one value.</summary>
internal enum MapKind
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>1 / (1 + e^−x).</summary>
    Sigmoid,

    /// <summary>The square root.</summary>
    Sqrt,

    /// <summary>−x.</summary>
    Neg,

    /// <summary>e^x.</summary>
    Exp,

    /// <summary>ln x.</summary>
    Log,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,
}

/// <summary>Functions of two values.</summary>
internal enum ZipKind
{
    /// <summary>a + b.</summary>
    Add,

    /// <summary>a − b.</summary>
    Sub,

    /// <summary>a · b.</summary>
    Mul,

    /// <summary>a / b.</summary>
    Div,

    /// <summary>The larger.</summary>
    Max,
}

/// <summary>Figures of many values.</summary>
internal enum ReduceKind
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>The largest.</summary>
    Max,

    /// <summary>The square root of the sum of their squares.</summary>
    L2,
}
