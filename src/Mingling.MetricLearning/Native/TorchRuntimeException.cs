namespace Mingling.MetricLearning;

/// <summary>libtorch cannot work on this machine. The message is one sentence that says why and what to do.</summary>
public sealed class TorchRuntimeException : MinglingException
{
    /// <summary>Creates the exception with its one-sentence message.</summary>
    public TorchRuntimeException(string message) : base(message) { }

    /// <summary>Creates the exception with its one-sentence message and the cause.</summary>
    public TorchRuntimeException(string message, Exception inner) : base(message, inner) { }
}
