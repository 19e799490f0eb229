namespace Mingling.MetricLearning;

/// <summary>libtorch cannot work on this machine. The message is one sentence that says why and what to do.</summary>
public sealed class TorchRuntimeException : MinglingException
{
    /// <summary>Creates the exception with its one-sentence message.</summary>
    public TorchRuntimeException(string message) : base(message) { }

    /// <summary>Creates the exception with its one-sentence message and the cause.</summary>
    public TorchRuntimeException(string message, Exception inner) : base(message, inner) { }

    /// <summary>Creates the exception with a message that other languages can say.</summary>
    /// <param name="remark">One sentence with its code and values.</param>
    public TorchRuntimeException(Remark remark) : base(remark) { }

    /// <summary>Creates the exception with a message that other languages can say, and the cause.</summary>
    /// <param name="remark">One sentence with its code and values.</param>
    /// <param name="inner">The cause.</param>
    public TorchRuntimeException(Remark remark, Exception inner) : base(remark, inner) { }
}
