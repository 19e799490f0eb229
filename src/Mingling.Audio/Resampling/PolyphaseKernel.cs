using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Mingling.Audio;

/// <summary>A Hann-windowed sinc, sampled once for every phase at which an output sample can fall between input samples.</summary>
/// <remarks>
/// With the rates reduced by their greatest common divisor to o (from) and n (to), b = min(o, n)·rolloff and width w,
/// output j takes input sample k with the weight (b/o)·sinc(t)·cos²(πt/2w), where t = b·(k/o − j/n), for |t| below w.
/// Weights repeat with j mod n, the phase, so n rows of them are all there are. They are computed in single precision and in
/// torchaudio's order of operations: its times t are off by up to n·2^−24, which shows in the fifth digit of the samples,
/// and a model trained on its output should see the same here.
/// </remarks>
internal sealed class PolyphaseKernel
{
    private const long MaxCoefficients = 1 << 24;

    private const int Lanes = 8;

    private readonly float[] _coefficients;
    private readonly int[] _firstTaps;

    private PolyphaseKernel(int from, int to, int taps)
    {
        From = from;
        To = to;
        Taps = taps;
        _firstTaps = new int[to];
        _coefficients = new float[to * taps];
    }

    /// <summary>Designs the filter; see <see cref="Resampler(int, int, int, double)"/> for parameters and exceptions.</summary>
    public static PolyphaseKernel Design(int fromRate, int toRate, int filterWidth, double rolloff)
    {
        if (fromRate == toRate)
            return Identity();

        int divisor = GreatestCommonDivisor(fromRate, toRate);
        int from = fromRate / divisor;
        int to = toRate / divisor;
        double bandwidth = Math.Min(from, to) * rolloff;
        double reach = (double)filterWidth * from / bandwidth;
        double taps = Math.Ceiling((Math.Floor(2 * reach) + 1) / Lanes) * Lanes;
        if (taps * to > MaxCoefficients)
        {
            throw new ArgumentOutOfRangeException(
                nameof(toRate), toRate, $"From {fromRate} Hz to {toRate} Hz takes a filter of {taps * to:0} coefficients; {MaxCoefficients} are the limit.");
        }

        var kernel = new PolyphaseKernel(from, to, (int)taps);
        for (int phase = 0; phase < to; phase++)
        {
            double position = (double)phase * from / to;
            kernel.SetRow(phase, (int)Math.Floor(position + reach), tap =>
            {
                float t = (-(float)((double)phase / to) + (float)((double)tap / from)) * (float)bandwidth;
                return WindowedSinc(t, filterWidth) * (float)(bandwidth / from);
            });
        }
        return kernel;
    }

    /// <summary>Passes samples through, as torchaudio does between equal rates.</summary>
    private static PolyphaseKernel Identity()
    {
        var kernel = new PolyphaseKernel(from: 1, to: 1, Lanes);
        kernel.SetRow(phase: 0, lastTap: 0, tap => tap == 0 ? 1 : 0);
        return kernel;
    }

    /// <summary>The input rate over the greatest common divisor of both rates.</summary>
    public int From { get; }

    /// <summary>The output rate over the greatest common divisor: the number of phases.</summary>
    public int To { get; }

    /// <summary>Input samples that an output sample is made of, a multiple of 8.</summary>
    public int Taps { get; }

    /// <summary>The weights, a row of <see cref="Taps"/> for each phase.</summary>
    public ReadOnlySpan<float> Coefficients => _coefficients;

    /// <summary>The first input sample (0 is the clip's first, below 0 is the silence before) of an output sample.</summary>
    public long FirstTap(long output) => output / To * From + _firstTaps[(int)(output % To)];

    /// <summary>Output samples of a clip: ⌈length · to / from⌉.</summary>
    public long OutputLength(long inputLength) => (inputLength * To + From - 1) / From;

    /// <summary>How many output samples have all their taps within the first <paramref name="received"/> input samples.</summary>
    public long ReadyOutputs(long received)
    {
        // FirstTap(j) lies less than one sample above FirstTap(0) + j·from/to, which gives a lower bound to count on from.
        long ready = Math.Max(0, (received - Taps - FirstTap(0) - 1) * To / From);
        while (FirstTap(ready) + Taps <= received)
            ready++;
        return ready;
    }

    /// <summary>Computes consecutive output samples.</summary>
    /// <param name="input">The input from <paramref name="inputStart"/> on, covering the taps of all these outputs.</param>
    /// <param name="inputStart">Which input sample <paramref name="input"/> begins with.</param>
    /// <param name="firstOutput">Which output sample <paramref name="output"/> begins with.</param>
    /// <param name="output">Receives the output samples.</param>
    public void Apply(ReadOnlySpan<float> input, long inputStart, long firstOutput, Span<float> output)
    {
        if (output.IsEmpty) return;
        // First taps never go back, so that the ends tell that all of them are covered.
        _ = input[(int)(FirstTap(firstOutput) - inputStart)..];
        _ = input[..(int)(FirstTap(firstOutput + output.Length - 1) + Taps - inputStart)];
        ref float first = ref MemoryMarshal.GetReference(input);
        int phase = (int)(firstOutput % To), i = 0;
        long block = firstOutput / To * From - inputStart;
        // Four at a time, because adding up the lanes of a vector costs as much as the product for so few taps.
        for (; i <= output.Length - 4; i += 4)
        {
            var a = Next(ref first, ref phase, ref block);
            var b = Next(ref first, ref phase, ref block);
            var c = Next(ref first, ref phase, ref block);
            var d = Next(ref first, ref phase, ref block);
            AddPairs(AddPairs(a, b), AddPairs(c, d)).CopyTo(output[i..]);
        }
        for (; i < output.Length; i++)
        {
            var half = Next(ref first, ref phase, ref block);
            output[i] = half[0] + half[1] + (half[2] + half[3]);
        }
    }

    /// <summary>The next output sample in four parts, which are left to be added up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<float> Next(ref float input, ref int phase, ref long block)
    {
        ref float x = ref Unsafe.Add(ref input, (nint)(block + _firstTaps[phase]));
        ref float y = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_coefficients), (nint)phase * Taps);
        var sum = Vector256<float>.Zero;
        for (nuint tap = 0; tap < (nuint)Taps; tap += (nuint)Lanes)
            sum += Vector256.LoadUnsafe(ref x, tap) * Vector256.LoadUnsafe(ref y, tap);
        if (++phase == To)
        {
            phase = 0;
            block += From;
        }
        return sum.GetLower() + sum.GetUpper();
    }

    /// <summary>Fills a phase's row with the weights of the input samples up to the last tap, counted from the phase's block.</summary>
    private void SetRow(int phase, int lastTap, Func<int, float> weight)
    {
        // Rows are longer than the filter by a few zeros at the front: what is past is there already, so that a stream need not wait for it.
        _firstTaps[phase] = lastTap + 1 - Taps;
        for (int tap = 0; tap < Taps; tap++)
            _coefficients[phase * Taps + tap] = weight(_firstTaps[phase] + tap);
    }

    /// <summary>a₀ + a₁, a₂ + a₃, b₀ + b₁, b₂ + b₃.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> AddPairs(Vector128<float> a, Vector128<float> b)
    {
        if (Sse3.IsSupported) return Sse3.HorizontalAdd(a, b);
        if (AdvSimd.Arm64.IsSupported) return AdvSimd.Arm64.AddPairwise(a, b);
        return Vector128.Create(a[0] + a[1], a[2] + a[3], b[0] + b[1], b[2] + b[3]);
    }

    private static float WindowedSinc(float t, int filterWidth)
    {
        if (Math.Abs(t) >= filterWidth)
            return 0;
        // Sine and cosine in double precision, rounded: those of single precision are the C library's, whose last bits differ by system.
        float window = (float)Math.Cos(t * MathF.PI / filterWidth / 2);
        float angle = t * MathF.PI;
        return angle == 0 ? 1 : (float)Math.Sin(angle) / angle * (window * window);
    }

    private static int GreatestCommonDivisor(int a, int b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }
}
