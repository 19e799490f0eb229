namespace Mingling.Corpora.Speech;

/// <summary>Nothing can be spoken; the message is one sentence that names what is wrong and what would be right.</summary>
public sealed class SpeechException : MinglingException
{
    /// <summary>An exception with a general message.</summary>
    public SpeechException()
        : base("Nothing can be spoken.")
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">One sentence.</param>
    public SpeechException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and its cause.</summary>
    /// <param name="message">One sentence.</param>
    /// <param name="innerException">The cause.</param>
    public SpeechException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
