using System.Runtime.InteropServices;

namespace Mingling.Audio;

/// <summary>
/// The forward Fourier transform of real signals, X[k] = Σₙ x[n] e^(−2πikn/N), for any size N ≥ 1. Sizes whose prime factors
/// are small (512, 400, 480…) are fast; a prime size costs N² steps. Several signals given at once are transformed side by side
/// in the machine's vector registers and get the same bits as each alone. The method is Cooley and Tukey (1965), mixed radix.
/// An instance owns scratch memory: use it from one thread at a time.
/// </summary>
public sealed class RealFft
{
    private readonly FftPlan _plan;
    private readonly LaneFft<ScalarLane> _single;
    private readonly LaneFft<WideLane>? _wide;

    /// <summary>Prepares the tables for one size.</summary>
    /// <param name="size">N, the number of samples of a signal, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    public RealFft(int size)
        : this(size, vectorized: true)
    {
    }

    internal RealFft(int size, bool vectorized)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        _plan = new FftPlan(size);
        _single = new LaneFft<ScalarLane>(_plan);
        _wide = vectorized ? new LaneFft<WideLane>(_plan) : null;
    }

    /// <summary>N, the number of samples of a signal.</summary>
    public int Size => _plan.Size;

    /// <summary>The number of frequencies from 0 to the Nyquist frequency: ⌊N/2⌋ + 1.</summary>
    public int Bins => _plan.Bins;

    /// <summary>Transforms one signal, or several that lie one after the other. Allocates nothing.</summary>
    /// <param name="signals">[count, Size], row-major.</param>
    /// <param name="real">Receives the real parts, [count, Bins].</param>
    /// <param name="imaginary">Receives the imaginary parts, [count, Bins].</param>
    /// <exception cref="ArgumentException">The signals are not a whole number of rows, or the results do not fit exactly.</exception>
    public void Transform(ReadOnlySpan<float> signals, Span<float> real, Span<float> imaginary)
    {
        int count = signals.Length / Size;
        if (count * Size != signals.Length)
            throw new ArgumentException($"{signals.Length} samples are no whole number of signals of {Size} samples.", nameof(signals));
        if (real.Length != count * Bins)
            throw new ArgumentException($"The real parts need {count * Bins} places, not {real.Length}.", nameof(real));
        if (imaginary.Length != count * Bins)
            throw new ArgumentException($"The imaginary parts need {count * Bins} places, not {imaginary.Length}.", nameof(imaginary));

        int done = 0;
        if (_wide is not null)
        {
            for (; done + WideLane.Width <= count; done += WideLane.Width)
                Run(_wide, signals[(done * Size)..], real[(done * Bins)..], imaginary[(done * Bins)..]);
        }

        for (; done < count; done++)
            Run(_single, signals[(done * Size)..], real[(done * Bins)..], imaginary[(done * Bins)..]);
    }

    private void Run<TLane>(LaneFft<TLane> fft, ReadOnlySpan<float> signals, Span<float> real, Span<float> imaginary)
        where TLane : unmanaged, ILane<TLane>
    {
        var work = fft.Work;
        if (!_plan.IsHalved) work.Clear();
        for (int n = 0; n < Size; n++)
            work[_plan.Slots[n]] = TLane.Gather(ref MemoryMarshal.GetReference(signals[n..]), Size);
        fft.Transform();
        var spectrum = MemoryMarshal.Cast<TLane, float>(work);
        for (int lane = 0; lane < TLane.Width; lane++)
        {
            for (int k = 0; k < Bins; k++)
            {
                real[(lane * Bins) + k] = spectrum[(2 * k * TLane.Width) + lane];
                imaginary[(lane * Bins) + k] = spectrum[(((2 * k) + 1) * TLane.Width) + lane];
            }
        }
    }
}
