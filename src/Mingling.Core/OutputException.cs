namespace Mingling;

/// <summary>A file or folder could not be written. The message names it; what stood there before is still there.</summary>
public sealed class OutputException : MinglingException
{
    /// <summary>Creates the exception with its one-sentence message.</summary>
    public OutputException(string message) : base(message) { }

    /// <summary>Creates the exception with its one-sentence message and the cause.</summary>
    public OutputException(string message, Exception inner) : base(message, inner) { }
}
