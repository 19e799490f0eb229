namespace Mingling.Recognition.Streaming.Sources;

/// <summary>A source of samples: a file, a pipe, a microphone.</summary>
public interface ISampleSource
{
    /// <summary>The rate of the samples (Hz).</summary>
    int SampleRate { get; }

    /// <summary>Reads the next samples, waiting until there are some.</summary>
    /// <param name="buffer">Receives mono samples in −1…1; not empty.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many were read; 0 means that the sound has ended.</returns>
    /// <exception cref="SampleStreamException">The sound broke off.</exception>
    ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancellationToken = default);
}
