namespace Mingling.Corpora;

/// <summary>A corpus cannot be used; the message is one sentence that names what is wrong and what would be right.</summary>
public sealed class CorpusException : MinglingException
{
    /// <summary>An exception with a general message.</summary>
    public CorpusException()
        : base("The corpus cannot be used.")
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">One sentence.</param>
    public CorpusException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and its cause.</summary>
    /// <param name="message">One sentence.</param>
    /// <param name="innerException">The cause.</param>
    public CorpusException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An exception whose message other languages can say.</summary>
    /// <param name="remark">One sentence with its code and values.</param>
    public CorpusException(Remark remark)
        : base(remark)
    {
    }
}
