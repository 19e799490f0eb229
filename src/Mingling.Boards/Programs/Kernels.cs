using Mingling.Recognition.Inference;

namespace Mingling.Boards.Programs;

/// <summary>The operations on arrays, each as the C in <c>kernels.c</c> does it.</summary>
internal static class Kernels
{
    public static void Convolve(Convolution conv, float[] x, float[] y)
    {
        var sizes = conv.Sizes;
        float[] patch = new float[sizes.Patch];
        int channels = sizes.OutChannels / sizes.Groups, plane = sizes.OutRows * sizes.OutColumns;
        for (int group = 0; group < sizes.Groups; group++)
        {
            for (int place = 0; place < plane; place++)
            {
                Gather(sizes, group, place, (at, from) => patch[at] = from < 0 ? 0 : x[from]);
                for (int o = group * channels; o < (group + 1) * channels; o++)
                {
                    float sum = conv.Bias[o] + Direction.Product(conv.Weights.AsSpan(o * patch.Length, patch.Length), patch);
                    y[(o * plane) + place] = conv.Relu && sum < 0 ? 0 : sum;
                }
            }
        }
    }

    public static void Convolve(ConvolutionSizes sizes, ByteWeights weights, byte[] x, byte[] y)
    {
        int[] patch = new int[sizes.Patch];
        int channels = sizes.OutChannels / sizes.Groups, plane = sizes.OutRows * sizes.OutColumns;
        for (int group = 0; group < sizes.Groups; group++)
        {
            for (int place = 0; place < plane; place++)
            {
                Gather(sizes, group, place, (at, from) => patch[at] = from < 0 ? 0 : x[from] - weights.From.Zero);
                for (int o = group * channels; o < (group + 1) * channels; o++)
                {
                    int sum = weights.Bias[o];
                    var row = weights.Values.AsSpan(o * patch.Length, patch.Length);
                    for (int i = 0; i < row.Length; i++) sum += row[i] * patch[i];
                    byte value = ByteScale.Clamp(MathF.Round(sum * weights.Factors[o]) + weights.To.Zero);
                    y[(o * plane) + place] = weights.IsRelu ? Math.Max(value, weights.To.Zero) : value;
                }
            }
        }
    }

    public static void Add(byte[] a, ByteScale ofA, byte[] b, ByteScale ofB, byte[] y, ByteScale to, bool relu)
    {
        float factorA = ofA.Scale / to.Scale, factorB = ofB.Scale / to.Scale;
        for (int i = 0; i < y.Length; i++)
        {
            byte value = ByteScale.Clamp(MathF.Round(((a[i] - ofA.Zero) * factorA) + ((b[i] - ofB.Zero) * factorB)) + to.Zero);
            y[i] = relu ? Math.Max(value, to.Zero) : value;
        }
    }

    public static void Apply(MapKind kind, float[] x, float[] y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = kind switch
            {
                MapKind.Relu => Math.Max(x[i], 0),
                MapKind.Sigmoid => 1 / (1 + MathF.Exp(-x[i])),
                MapKind.Sqrt => MathF.Sqrt(x[i]),
                MapKind.Neg => -x[i],
                MapKind.Exp => MathF.Exp(x[i]),
                MapKind.Log => MathF.Log(x[i]),
                _ => MathF.Tanh(x[i]),
            };
        }
    }

    public static void Apply(Zip zip, float[] a, float[] b, float[] y)
    {
        int at = 0;
        Walk(zip.Dimensions, zip.StridesA, zip.StridesB, (i, j) =>
        {
            float value = zip.Kind switch
            {
                ZipKind.Add => a[i] + b[j],
                ZipKind.Sub => a[i] - b[j],
                ZipKind.Mul => a[i] * b[j],
                ZipKind.Div => a[i] / b[j],
                _ => Math.Max(a[i], b[j]),
            };
            y[at++] = zip.Relu && value < 0 ? 0 : value;
        });
    }

    public static void Move<T>(Copy copy, T[] x, T[] y) =>
        Walk(copy.Dimensions, copy.StridesFrom, copy.StridesTo, (from, to) => y[copy.To + to] = x[copy.From + from]);

    public static void Apply(Reduce reduce, float[] x, float[] y)
    {
        for (int outer = 0; outer < reduce.Outer; outer++)
        {
            for (int inner = 0; inner < reduce.Inner; inner++)
            {
                float sum = reduce.Kind == ReduceKind.Max ? float.NegativeInfinity : 0;
                for (int i = 0; i < reduce.Count; i++)
                {
                    float value = x[(((outer * reduce.Count) + i) * reduce.Inner) + inner];
                    sum = reduce.Kind switch
                    {
                        ReduceKind.Max => Math.Max(sum, value),
                        ReduceKind.L2 => sum + (value * value),
                        _ => sum + value,
                    };
                }
                y[(outer * reduce.Inner) + inner] = reduce.Kind switch
                {
                    ReduceKind.Mean => sum / reduce.Count,
                    ReduceKind.L2 => MathF.Sqrt(sum),
                    _ => sum,
                };
            }
        }
    }

    public static void Apply(Pool pool, float[] x, float[] y)
    {
        var sizes = pool.Sizes;
        int plane = sizes.OutRows * sizes.OutColumns;
        for (int channel = 0; channel < sizes.OutChannels; channel++)
        {
            for (int place = 0; place < plane; place++)
            {
                float sum = 0;
                Gather(sizes, channel, place, (_, from) => sum += x[from]);
                y[(channel * plane) + place] = sum / (sizes.KernelRows * sizes.KernelColumns);
            }
        }
    }

    public static void Apply(Softmax softmax, float[] x, float[] y)
    {
        for (int row = 0; row < softmax.Rows; row++)
        {
            Span<float> from = x.AsSpan(row * softmax.Count, softmax.Count), to = y.AsSpan(row * softmax.Count, softmax.Count);
            float largest = from[0], sum = 0;
            foreach (float value in from) largest = Math.Max(largest, value);
            for (int i = 0; i < to.Length; i++) sum += to[i] = MathF.Exp(from[i] - largest);
            foreach (ref float value in to) value /= sum;
        }
    }

    public static void Apply(Normalization norm, float[] x, float[] y)
    {
        for (int row = 0; row < norm.Rows; row++)
        {
            Span<float> from = x.AsSpan(row * norm.Count, norm.Count), to = y.AsSpan(row * norm.Count, norm.Count);
            float mean = 0, variance = 0;
            foreach (float value in from) mean += value;
            mean /= norm.Count;
            foreach (float value in from) variance += (value - mean) * (value - mean);
            float factor = 1 / MathF.Sqrt((variance / norm.Count) + norm.Epsilon);
            for (int i = 0; i < to.Length; i++)
            {
                int at = norm.ByRow ? row : i;
                to[i] = ((from[i] - mean) * factor * norm.Scale[at]) + norm.Bias[at];
            }
        }
    }

    /// <summary>Names the places of the input that one output is made of; −1 where it lies beyond the edge.</summary>
    private static void Gather(ConvolutionSizes sizes, int group, int place, Action<int, int> take)
    {
        int row = place / sizes.OutColumns * sizes.RowStride - sizes.RowPad, column = place % sizes.OutColumns * sizes.ColumnStride - sizes.ColumnPad;
        int channels = sizes.InChannels / sizes.Groups, at = 0;
        for (int channel = group * channels; channel < (group + 1) * channels; channel++)
        {
            for (int i = 0; i < sizes.KernelRows; i++)
            {
                for (int j = 0; j < sizes.KernelColumns; j++)
                {
                    int r = row + (i * sizes.RowDilation), c = column + (j * sizes.ColumnDilation);
                    bool inside = r >= 0 && r < sizes.InRows && c >= 0 && c < sizes.InColumns;
                    take(at++, inside ? (((channel * sizes.InRows) + r) * sizes.InColumns) + c : -1);
                }
            }
        }
    }

    private static void Walk(int[] sizes, int[] a, int[] b, Action<int, int> visit)
    {
        for (int i = 0; i < sizes[0]; i++)
            for (int j = 0; j < sizes[1]; j++)
                for (int k = 0; k < sizes[2]; k++)
                    for (int l = 0; l < sizes[3]; l++)
                        visit((i * a[0]) + (j * a[1]) + (k * a[2]) + (l * a[3]), (i * b[0]) + (j * b[1]) + (k * b[2]) + (l * b[3]));
    }
}
