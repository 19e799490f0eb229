using System.Buffers;
using System.Collections.Concurrent;

namespace Mingling.Audio;

/// <summary>
/// Changes the sample rate by band-limited interpolation with a Hann-windowed sinc (J. O. Smith, "Digital Audio Resampling"),
/// with the parameters and the values of torchaudio's <c>functional.resample</c> (sinc_interp_hann).
/// </summary>
/// <remarks>
/// A resampler is immutable: one may serve many threads and any number of clips and streams. It holds the filter, whose design
/// takes far longer than filtering a short clip, so keep it. The clip is treated as surrounded by silence.
/// <see cref="CreateStream"/> gives the same samples, bit for bit, for sound that comes piece by piece.
/// </remarks>
public sealed class Resampler
{
    /// <summary>The default of <c>filterWidth</c>: 6 zero crossings on either side.</summary>
    public const int DefaultFilterWidth = 6;

    /// <summary>The default of <c>rolloff</c>: a cutoff at 99 % of the lower Nyquist frequency.</summary>
    public const double DefaultRolloff = 0.99;

    private const int MaxShared = 8;

    private static readonly ConcurrentDictionary<(int From, int To), Resampler> SharedResamplers = new();

    private readonly PolyphaseKernel _kernel;

    /// <summary>Designs the filter.</summary>
    /// <param name="fromRate">The rate of the input (Hz), above 0. Only the ratio of the two rates matters.</param>
    /// <param name="toRate">The rate of the output (Hz), above 0.</param>
    /// <param name="filterWidth">Zero crossings of the sinc on either side, at least 1: more are sharper and slower. Default 6.</param>
    /// <param name="rolloff">The cutoff as a share of the lower Nyquist frequency, above 0 and at most 1. Default 0.99.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A parameter is out of range, or the rates have so little in common that the filter would take more than 2^24 coefficients.
    /// </exception>
    public Resampler(int fromRate, int toRate, int filterWidth = DefaultFilterWidth, double rolloff = DefaultRolloff)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fromRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(toRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(filterWidth);
        if (!(rolloff is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(rolloff), rolloff, "The rolloff is above 0 and at most 1.");

        FromRate = fromRate;
        ToRate = toRate;
        _kernel = PolyphaseKernel.Design(fromRate, toRate, filterWidth, rolloff);
    }

    /// <summary>The rate of the input (Hz).</summary>
    public int FromRate { get; }

    /// <summary>The rate of the output (Hz).</summary>
    public int ToRate { get; }

    /// <summary>Resamples a clip at the default quality; a clip that has the rate already is returned as it is.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="sampleRate">The wanted rate (Hz), above 0.</param>
    /// <returns>A clip of <paramref name="sampleRate"/> that lasts as long, rounded up to a whole sample.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range; see the constructor.</exception>
    public static AudioClip Resample(AudioClip clip, int sampleRate)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return clip.SampleRate == sampleRate ? clip : new AudioClip(Shared(clip.SampleRate, sampleRate).Process(clip.Samples), sampleRate);
    }

    /// <summary>How many samples a clip has after resampling: ⌈length · toRate / fromRate⌉.</summary>
    /// <param name="inputLength">Samples before, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative, or the result is longer than an array can be.</exception>
    public int OutputLength(int inputLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputLength);
        long length = _kernel.OutputLength(inputLength);
        return length <= Array.MaxLength
            ? (int)length
            : throw new ArgumentOutOfRangeException(
                nameof(inputLength), inputLength, $"At {ToRate} Hz the clip has {length} samples; {Array.MaxLength} are the limit.");
    }

    /// <summary>Resamples a whole clip.</summary>
    /// <param name="samples">The clip, of any length.</param>
    /// <returns>The clip at the new rate, with <see cref="OutputLength(int)"/> samples.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The result is longer than an array can be.</exception>
    public float[] Process(ReadOnlySpan<float> samples)
    {
        float[] output = new float[OutputLength(samples.Length)];
        Process(samples, output);
        return output;
    }

    /// <summary>Resamples a whole clip into a buffer, without allocating.</summary>
    /// <param name="samples">The clip, of any length.</param>
    /// <param name="destination">Receives <see cref="OutputLength(int)"/> samples at its beginning; must not overlap the clip.</param>
    /// <returns>How many samples were written.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public int Process(ReadOnlySpan<float> samples, Span<float> destination)
    {
        int length = OutputLength(samples.Length);
        if (destination.Length < length)
            throw new ArgumentException($"The destination holds {destination.Length} samples and takes {length}.", nameof(destination));
        if (length == 0)
            return 0;
        // The clip between the silences that the first and the last output sample reach into.
        long start = _kernel.FirstTap(0);
        long end = Math.Max(samples.Length, _kernel.FirstTap(length - 1) + _kernel.Taps);
        int paddedLength = checked((int)(end - start));
        float[] padded = ArrayPool<float>.Shared.Rent(paddedLength);
        padded.AsSpan(0, (int)-start).Clear();
        samples.CopyTo(padded.AsSpan((int)-start));
        padded.AsSpan(samples.Length - (int)start, (int)(end - samples.Length)).Clear();
        _kernel.Apply(padded.AsSpan(0, paddedLength), start, 0, destination[..length]);
        ArrayPool<float>.Shared.Return(padded);
        return length;
    }

    /// <summary>Begins a stream: the same resampling, for sound that comes piece by piece.</summary>
    public ResamplerStream CreateStream() => new(_kernel);

    /// <summary>A resampler of the default quality, kept for the first pairs of rates, which are usually all that a corpus has.</summary>
    private static Resampler Shared(int fromRate, int toRate)
    {
        if (SharedResamplers.TryGetValue((fromRate, toRate), out var shared))
            return shared;
        var resampler = new Resampler(fromRate, toRate);
        if (SharedResamplers.Count < MaxShared)
            SharedResamplers.TryAdd((fromRate, toRate), resampler);
        return resampler;
    }
}
