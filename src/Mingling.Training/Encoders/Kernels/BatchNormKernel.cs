using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mingling.Training.Encoders.Kernels;

/// <summary>One channel of a batch norm, whose values lie in a row for each clip.</summary>
/// <param name="Clips">Clips B.</param>
/// <param name="Channels">Channels C.</param>
/// <param name="Row">Values of one channel of one clip.</param>
internal readonly record struct BatchNormKernel(int Clips, int Channels, int Row)
{
    private const int Lanes = 8;

    /// <summary>Mean and mean square deviation of a channel; deviations are summed from the mean, so that a large mean costs no digits.</summary>
    public (double Mean, double Variance) Statistics(ReadOnlySpan<float> x, int channel)
    {
        double sum = 0, squares = 0, count = (double)Clips * Row;
        for (int clip = 0; clip < Clips; clip++) sum += Sum(Of(x, clip, channel));
        double mean = sum / count;
        for (int clip = 0; clip < Clips; clip++) squares += Squares(Of(x, clip, channel), (float)mean);
        return (mean, squares / count);
    }

    /// <summary>y = scale · x + shift.</summary>
    public void Apply(ReadOnlySpan<float> x, Span<float> y, int channel, float scale, float shift)
    {
        for (int clip = 0; clip < Clips; clip++) Combine(Of(x, clip, channel), [], Of(y, clip, channel), scale, 0, shift);
    }

    /// <summary>Σ gradient and Σ gradient · (x − mean).</summary>
    public (double Sum, double Product) Products(ReadOnlySpan<float> x, ReadOnlySpan<float> gradient, int channel, float mean)
    {
        double sum = 0, product = 0;
        for (int clip = 0; clip < Clips; clip++)
        {
            var (plain, multiplied) = Products(Of(x, clip, channel), Of(gradient, clip, channel), mean);
            sum += plain;
            product += multiplied;
        }
        return (sum, product);
    }

    /// <summary>y = ofX · x + ofGradient · gradient + shift.</summary>
    public void Apply(ReadOnlySpan<float> x, ReadOnlySpan<float> gradient, Span<float> y, int channel, float ofX, float ofGradient, float shift)
    {
        for (int clip = 0; clip < Clips; clip++) Combine(Of(x, clip, channel), Of(gradient, clip, channel), Of(y, clip, channel), ofX, ofGradient, shift);
    }

    private ReadOnlySpan<float> Of(ReadOnlySpan<float> values, int clip, int channel) => values.Slice((clip * Channels + channel) * Row, Row);

    private Span<float> Of(Span<float> values, int clip, int channel) => values.Slice((clip * Channels + channel) * Row, Row);

    private static float Sum(ReadOnlySpan<float> x)
    {
        ref float source = ref MemoryMarshal.GetReference(x);
        var (first, second) = (Vector256<float>.Zero, Vector256<float>.Zero);
        int i = 0;
        for (; i <= x.Length - 2 * Lanes; i += 2 * Lanes)
        {
            first += Vector256.LoadUnsafe(ref source, (nuint)i);
            second += Vector256.LoadUnsafe(ref source, (nuint)(i + Lanes));
        }
        float sum = Vector256.Sum(first + second);
        for (; i < x.Length; i++) sum += x[i];
        return sum;
    }

    private static float Squares(ReadOnlySpan<float> x, float mean)
    {
        ref float source = ref MemoryMarshal.GetReference(x);
        var (first, second, middle) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256.Create(mean));
        int i = 0;
        for (; i <= x.Length - 2 * Lanes; i += 2 * Lanes)
        {
            var (a, b) = (Vector256.LoadUnsafe(ref source, (nuint)i) - middle, Vector256.LoadUnsafe(ref source, (nuint)(i + Lanes)) - middle);
            first = Vector256.FusedMultiplyAdd(a, a, first);
            second = Vector256.FusedMultiplyAdd(b, b, second);
        }
        float sum = Vector256.Sum(first + second);
        for (; i < x.Length; i++) sum += (x[i] - mean) * (x[i] - mean);
        return sum;
    }

    private static (float Sum, float Product) Products(ReadOnlySpan<float> x, ReadOnlySpan<float> gradient, float mean)
    {
        ref float source = ref MemoryMarshal.GetReference(x), slope = ref MemoryMarshal.GetReference(gradient);
        var (sums, products, middle) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256.Create(mean));
        int i = 0;
        for (; i <= x.Length - Lanes; i += Lanes)
        {
            var g = Vector256.LoadUnsafe(ref slope, (nuint)i);
            sums += g;
            products = Vector256.FusedMultiplyAdd(g, Vector256.LoadUnsafe(ref source, (nuint)i) - middle, products);
        }
        var (sum, product) = (Vector256.Sum(sums), Vector256.Sum(products));
        for (; i < x.Length; i++)
        {
            sum += gradient[i];
            product += gradient[i] * (x[i] - mean);
        }
        return (sum, product);
    }

    /// <summary>y = a · x + b · z + c; without z where it is empty.</summary>
    private static void Combine(ReadOnlySpan<float> x, ReadOnlySpan<float> z, Span<float> y, float a, float b, float c)
    {
        ref float first = ref MemoryMarshal.GetReference(x), second = ref MemoryMarshal.GetReference(z), target = ref MemoryMarshal.GetReference(y);
        var (ofX, ofZ, shift) = (Vector256.Create(a), Vector256.Create(b), Vector256.Create(c));
        int i = 0;
        for (; i <= x.Length - Lanes; i += Lanes)
        {
            var sum = Vector256.FusedMultiplyAdd(ofX, Vector256.LoadUnsafe(ref first, (nuint)i), shift);
            if (!z.IsEmpty) sum = Vector256.FusedMultiplyAdd(ofZ, Vector256.LoadUnsafe(ref second, (nuint)i), sum);
            sum.StoreUnsafe(ref target, (nuint)i);
        }
        for (; i < x.Length; i++) y[i] = float.FusedMultiplyAdd(a, x[i], c) + (z.IsEmpty ? 0 : b * z[i]);
    }
}
