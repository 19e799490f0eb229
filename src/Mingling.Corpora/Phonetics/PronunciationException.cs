namespace Mingling.Corpora.Phonetics;

/// <summary>How words are spoken cannot be found out; the message is one sentence that names what is wrong and what would be right.</summary>
public sealed class PronunciationException : MinglingException
{
    /// <summary>An exception with a general message.</summary>
    public PronunciationException()
        : base("It is not known how a word is spoken.")
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">One sentence.</param>
    public PronunciationException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and its cause.</summary>
    /// <param name="message">One sentence.</param>
    /// <param name="innerException">The cause.</param>
    public PronunciationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception with a message that other languages can say.</summary>
    /// <param name="remark">One sentence with its code and values.</param>
    public PronunciationException(Remark remark) : base(remark) { }

    /// <summary>Creates the exception with a message that other languages can say, and the cause.</summary>
    /// <param name="remark">One sentence with its code and values.</param>
    /// <param name="inner">The cause.</param>
    public PronunciationException(Remark remark, Exception inner) : base(remark, inner) { }
}
