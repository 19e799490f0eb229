namespace Mingling.Recognition.Streaming.Evaluation;

/// <summary>A file of labels cannot be used. The message is one sentence that names the file and the line.</summary>
public sealed class LabelFormatException : MinglingException
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="message">One sentence.</param>
    public LabelFormatException(string message)
        : base(message)
    {
    }
}
