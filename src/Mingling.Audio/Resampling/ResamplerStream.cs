namespace Mingling.Audio;

/// <summary>
/// Resamples sound that comes piece by piece. However it is cut, the samples are those that <see cref="Resampler.Process(ReadOnlySpan{float})"/>
/// gives for the whole clip, bit for bit. Made by <see cref="Resampler.CreateStream"/>.
/// </summary>
/// <remarks>
/// An output sample is ready when the input reaches w/rolloff periods of the lower rate beyond it (filter width w):
/// 0.4 ms from 44.1 to 16 kHz. Where what is ready is read after every write, nothing is allocated once the largest piece has been seen.
/// Not safe for use by several threads at once.
/// </remarks>
public sealed class ResamplerStream
{
    private readonly PolyphaseKernel _kernel;

    // Input samples _start … _start + _count − 1; earlier ones are not needed any more.
    private float[] _input = [];
    private long _start;
    private int _count;
    private long _received;
    private long _ready;
    private long _read;
    private bool _completed;

    internal ResamplerStream(PolyphaseKernel kernel)
    {
        _kernel = kernel;
        _start = kernel.FirstTap(0);
        Reserve((int)-_start).Clear();
    }

    /// <summary>Output samples that can be read now.</summary>
    public int Available => (int)Math.Min(_ready - _read, int.MaxValue);

    /// <summary>Adds the next piece.</summary>
    /// <param name="samples">Input samples, any number of them.</param>
    /// <exception cref="InvalidOperationException">The stream was completed.</exception>
    public void Write(ReadOnlySpan<float> samples)
    {
        if (_completed)
            throw new InvalidOperationException("The resampler stream was completed; begin another for more sound.");
        samples.CopyTo(Reserve(samples.Length));
        _received += samples.Length;
        _ready = _kernel.ReadyOutputs(_received);
    }

    /// <summary>Ends the stream: the remaining output becomes ready, computed with silence after the end.</summary>
    public void Complete()
    {
        if (_completed)
            return;
        _completed = true;
        _ready = _kernel.OutputLength(_received);
        if (_ready > 0)
            Reserve((int)Math.Max(0, _kernel.FirstTap(_ready - 1) + _kernel.Taps - _received)).Clear();
    }

    /// <summary>Reads what is ready.</summary>
    /// <param name="destination">Receives output samples at its beginning.</param>
    /// <returns>How many were written; 0 says that more input is needed, or, after <see cref="Complete"/>, that the stream has ended.</returns>
    public int Read(Span<float> destination)
    {
        var output = destination[..Math.Min(Available, destination.Length)];
        _kernel.Apply(_input.AsSpan(0, _count), _start, _read, output);
        _read += output.Length;
        return output.Length;
    }

    /// <summary>Makes room for more input after the samples that are held, and drops those that no later output needs.</summary>
    private Span<float> Reserve(int more)
    {
        int unneeded = (int)Math.Clamp(_kernel.FirstTap(_read) - _start, 0, _count);
        var needed = _input.AsSpan(unneeded, _count - unneeded);
        if (needed.Length + more > _input.Length)
        {
            float[] larger = new float[Math.Max(needed.Length + more, 2 * _input.Length)];
            needed.CopyTo(larger);
            _input = larger;
        }
        else
        {
            needed.CopyTo(_input);
        }
        _start += unneeded;
        _count = needed.Length + more;
        return _input.AsSpan(needed.Length, more);
    }
}
