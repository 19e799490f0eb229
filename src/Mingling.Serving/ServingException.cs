namespace Mingling.Serving;

/// <summary>A server cannot be started or cannot do what it was asked to. The message is one sentence that names the thing and what would be right.</summary>
public sealed class ServingException : MinglingException
{
    /// <summary>Creates the exception with its one-sentence message.</summary>
    /// <param name="message">The sentence.</param>
    public ServingException(string message) : base(message) { }

    /// <summary>Creates the exception with its one-sentence message and the cause.</summary>
    /// <param name="message">The sentence.</param>
    /// <param name="inner">The cause.</param>
    public ServingException(string message, Exception inner) : base(message, inner) { }
}
