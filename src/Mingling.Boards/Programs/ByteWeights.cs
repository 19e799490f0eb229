namespace Mingling.Boards.Programs;

/// <summary>
/// The weights of a convolution as 8-bit integers with a scale for each output channel (Jacob et al. 2018, "Quantization and training of neural
/// networks for efficient integer-arithmetic-only inference"): the sum of products and <see cref="Bias"/> is a whole number, and times
/// <see cref="Factors"/> it is the output in the unit of its bytes.
/// </summary>
internal sealed class ByteWeights
{
    private const int Largest = 127;

    /// <param name="conv">The convolution in floats.</param>
    /// <param name="from">The scale of its input.</param>
    /// <param name="to">The scale of its output.</param>
    public ByteWeights(Convolution conv, ByteScale from, ByteScale to)
    {
        (From, To, IsRelu) = (from, to, conv.Relu);
        (Values, float[] scales) = Round(conv.Weights, conv.Bias.Length);
        Bias = new int[conv.Bias.Length];
        Factors = new float[conv.Bias.Length];
        for (int channel = 0; channel < Bias.Length; channel++)
        {
            double unit = (double)from.Scale * scales[channel];
            Bias[channel] = (int)Math.Clamp(Math.Round(conv.Bias[channel] / unit), int.MinValue / 4, int.MaxValue / 4);
            Factors[channel] = (float)(unit / to.Scale);
        }
    }

    /// <summary>The scale of the input.</summary>
    public ByteScale From { get; }

    /// <summary>The scale of the output.</summary>
    public ByteScale To { get; }

    /// <summary>Whether outputs below 0 become 0.</summary>
    public bool IsRelu { get; }

    /// <summary>[out channels, patch], −127 to 127.</summary>
    public sbyte[] Values { get; }

    /// <summary>What is added to the sums.</summary>
    public int[] Bias { get; }

    /// <summary>What the sums are multiplied by.</summary>
    public float[] Factors { get; }

    /// <summary>Rows of weights in steps of a scale each.</summary>
    /// <param name="weights">[rows, …].</param>
    /// <param name="rows">The rows.</param>
    public static (sbyte[] Values, float[] Scales) Round(ReadOnlySpan<float> weights, int rows)
    {
        int size = weights.Length / rows;
        var (values, scales) = (new sbyte[weights.Length], new float[rows]);
        for (int row = 0; row < rows; row++)
        {
            float peak = 0;
            foreach (float weight in weights.Slice(row * size, size)) peak = Math.Max(peak, Math.Abs(weight));
            float scale = scales[row] = peak > 0 ? peak / Largest : 1;
            for (int i = row * size; i < (row + 1) * size; i++) values[i] = (sbyte)Math.Clamp(MathF.Round(weights[i] / scale), -Largest, Largest);
        }
        return (values, scales);
    }
}
