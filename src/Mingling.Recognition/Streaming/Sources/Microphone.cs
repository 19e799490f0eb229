namespace Mingling.Recognition.Streaming.Sources;

/// <summary>A microphone, through ALSA (Linux, where libasound is installed). For one reader at a time.</summary>
public sealed class Microphone : ISampleSource, IDisposable
{
    /// <summary>The device that the system records from.</summary>
    public const string DefaultDevice = "default";

    private const uint LatencyMicroseconds = 200_000;
    private readonly string _device;
    private readonly Lock _reading = new();
    private short[] _samples = [];
    private nint _handle;

    private Microphone(string device, int sampleRate, nint handle) => (_device, SampleRate, _handle) = (device, sampleRate, handle);

    /// <summary>Whether this machine can record from microphones: whether libasound is installed.</summary>
    public static bool IsSupported => AlsaLibrary.IsInstalled;

    /// <inheritdoc/>
    public int SampleRate { get; }

    /// <summary>How often samples were lost because they were not read in time.</summary>
    public int Overruns { get; private set; }

    /// <summary>Opens a microphone; ALSA resamples where the hardware has another rate.</summary>
    /// <param name="sampleRate">The wanted rate (Hz), within <see cref="Mingling.Audio.SampleRates"/>.</param>
    /// <param name="device">ALSA's name of the device, such as <c>hw:1,0</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    /// <exception cref="SampleStreamException">libasound is not installed, there is no such device, or it does not record at that rate.</exception>
    public static Microphone Open(int sampleRate, string device = DefaultDevice)
    {
        ArgumentException.ThrowIfNullOrEmpty(device);
        StreamRate.Check(sampleRate);
        if (!IsSupported)
            throw new SampleStreamException("Microphones are heard through libasound, which is not installed (Debian, Ubuntu: apt-get install libasound2).");
        int error = AlsaLibrary.Open(out nint handle, device, AlsaLibrary.Capture, 0);
        if (error < 0) throw new SampleStreamException($"The microphone '{device}' cannot be opened: {AlsaLibrary.Explain(error)}; 'arecord -L' lists those there are.");
        error = AlsaLibrary.SetParameters(
            handle, AlsaLibrary.SignedLittleEndian16, AlsaLibrary.Interleaved, 1, (uint)sampleRate, mayResample: 1, LatencyMicroseconds);
        if (error >= 0) return new Microphone(device, sampleRate, handle);
        AlsaLibrary.Close(handle);
        throw new SampleStreamException($"The microphone '{device}' does not record one channel of 16 bits at {sampleRate} Hz: {AlsaLibrary.Explain(error)}.");
    }

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancellationToken = default)
    {
        // A tenth of a second at once, so that a cancellation is seen soon. The call waits, but never for longer.
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span[..Math.Min(buffer.Length, Math.Max(1, SampleRate / 10))]));
    }

    /// <summary>Closes the device.</summary>
    public void Dispose()
    {
        lock (_reading)
        {
            if (_handle != 0) AlsaLibrary.Close(_handle);
            _handle = 0;
        }
    }

    private unsafe int Read(Span<float> buffer)
    {
        lock (_reading)
        {
            ObjectDisposedException.ThrowIf(_handle == 0, this);
            if (_samples.Length < buffer.Length) _samples = new short[buffer.Length];
            while (true)
            {
                int count;
                fixed (short* samples = _samples) count = (int)AlsaLibrary.Read(_handle, samples, (nuint)buffer.Length);
                if (count > 0)
                {
                    for (int i = 0; i < count; i++) buffer[i] = _samples[i] / 32768f;
                    return count;
                }

                if (count == 0) continue;
                int error = AlsaLibrary.Recover(_handle, count, silent: 1);
                if (error < 0) throw new SampleStreamException($"The microphone '{_device}' stopped: {AlsaLibrary.Explain(error)}.");
                Overruns++;
            }
        }
    }
}
