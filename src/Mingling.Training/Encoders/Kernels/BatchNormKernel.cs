using System.Runtime.CompilerServices;
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

    /// <summary>y = scale · x + shift, raised to a floor.</summary>
    public void Apply(ReadOnlySpan<float> x, Span<float> y, int channel, float scale, float shift, float floor)
    {
        for (int clip = 0; clip < Clips; clip++) Scale(Of(x, clip, channel), Of(y, clip, channel), scale, shift, floor);
    }

    /// <summary>Σ gradient and Σ gradient · (x − mean), of those values that a gate lets pass.</summary>
    public (double Sum, double Product) Products(ReadOnlySpan<float> x, ReadOnlySpan<float> gradient, int channel, float mean, Gate gate)
    {
        double sum = 0, product = 0;
        for (int clip = 0; clip < Clips; clip++)
        {
            var (plain, multiplied) = Products(Of(x, clip, channel), Of(gradient, clip, channel), mean, gate);
            sum += plain;
            product += multiplied;
        }
        return (sum, product);
    }

    /// <summary>y = ofX · x + ofGradient · gradient + shift, with the gradient where a gate lets it pass.</summary>
    public void Apply(ReadOnlySpan<float> x, ReadOnlySpan<float> gradient, Span<float> y, int channel, float ofX, float ofGradient, float shift, Gate gate)
    {
        for (int clip = 0; clip < Clips; clip++) Combine(Of(x, clip, channel), Of(gradient, clip, channel), Of(y, clip, channel), ofX, ofGradient, shift, gate);
    }

    private ReadOnlySpan<float> Of(ReadOnlySpan<float> values, int clip, int channel) => values.Slice((clip * Channels + channel) * Row, Row);

    private Span<float> Of(Span<float> values, int clip, int channel) => values.Slice((clip * Channels + channel) * Row, Row);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (float Sum, float Product) Products(ReadOnlySpan<float> x, ReadOnlySpan<float> gradient, float mean, Gate gate)
    {
        ref float source = ref MemoryMarshal.GetReference(x), slope = ref MemoryMarshal.GetReference(gradient);
        var (sums, products, middle) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256.Create(mean));
        var (scale, shift) = (Vector256.Create(gate.Scale), Vector256.Create(gate.Shift));
        int i = 0;
        for (; i <= x.Length - Lanes; i += Lanes)
        {
            var value = Vector256.LoadUnsafe(ref source, (nuint)i);
            var g = Vector256.LoadUnsafe(ref slope, (nuint)i) & Vector256.GreaterThan(Vector256.FusedMultiplyAdd(scale, value, shift), Vector256<float>.Zero);
            sums += g;
            products = Vector256.FusedMultiplyAdd(g, value - middle, products);
        }
        var (sum, product) = (Vector256.Sum(sums), Vector256.Sum(products));
        for (; i < x.Length; i++)
        {
            if (!gate.Passes(x[i])) continue;
            sum += gradient[i];
            product += gradient[i] * (x[i] - mean);
        }
        return (sum, product);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale(ReadOnlySpan<float> x, Span<float> y, float scale, float shift, float floor)
    {
        ref float source = ref MemoryMarshal.GetReference(x), target = ref MemoryMarshal.GetReference(y);
        var (factor, summand, least) = (Vector256.Create(scale), Vector256.Create(shift), Vector256.Create(floor));
        int i = 0;
        for (; i <= x.Length - Lanes; i += Lanes)
            Vector256.Max(Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref source, (nuint)i), summand), least).StoreUnsafe(ref target, (nuint)i);
        for (; i < x.Length; i++) y[i] = MathF.Max(float.FusedMultiplyAdd(scale, x[i], shift), floor);
    }

    /// <summary>y = a · x + b · z + c, with z where a gate lets it pass.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Combine(ReadOnlySpan<float> x, ReadOnlySpan<float> z, Span<float> y, float a, float b, float c, Gate gate)
    {
        ref float first = ref MemoryMarshal.GetReference(x), second = ref MemoryMarshal.GetReference(z), target = ref MemoryMarshal.GetReference(y);
        var (ofX, ofZ, summand) = (Vector256.Create(a), Vector256.Create(b), Vector256.Create(c));
        var (scale, shift) = (Vector256.Create(gate.Scale), Vector256.Create(gate.Shift));
        int i = 0;
        for (; i <= x.Length - Lanes; i += Lanes)
        {
            var value = Vector256.LoadUnsafe(ref first, (nuint)i);
            var g = Vector256.LoadUnsafe(ref second, (nuint)i) & Vector256.GreaterThan(Vector256.FusedMultiplyAdd(scale, value, shift), Vector256<float>.Zero);
            Vector256.FusedMultiplyAdd(ofZ, g, Vector256.FusedMultiplyAdd(ofX, value, summand)).StoreUnsafe(ref target, (nuint)i);
        }
        for (; i < x.Length; i++) y[i] = float.FusedMultiplyAdd(a, x[i], c) + (gate.Passes(x[i]) ? b * z[i] : 0);
    }
}

/// <summary>Lets a gradient pass where scale · x + shift is above 0: where a ReLU behind the norm did.</summary>
internal readonly record struct Gate(float Scale, float Shift)
{
    /// <summary>Lets everything pass.</summary>
    public static Gate Open { get; } = new(0, 1);

    public bool Passes(float x) => float.FusedMultiplyAdd(Scale, x, Shift) > 0;
}
