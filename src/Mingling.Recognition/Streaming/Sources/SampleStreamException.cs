namespace Mingling.Recognition.Streaming.Sources;

/// <summary>A stream of samples cannot be used: it broke off, has another rate than was stated, or holds a sample that is not finite or is beyond ±256. The message is one sentence.</summary>
public sealed class SampleStreamException : MinglingException
{
    /// <summary>Says what is wrong with the stream.</summary>
    /// <param name="message">One sentence.</param>
    public SampleStreamException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong with the stream, and why.</summary>
    /// <param name="message">One sentence.</param>
    /// <param name="innerException">The cause.</param>
    public SampleStreamException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
