namespace Mingling.Training.Data;

/// <summary>A training cannot go on. The message is one sentence that says why and what may help.</summary>
public sealed class TrainingFailedException : MinglingException
{
    /// <summary>Creates the exception with its one-sentence message.</summary>
    public TrainingFailedException(string message) : base(message) { }

    /// <summary>Creates the exception with a message that other languages can say.</summary>
    /// <param name="remark">One sentence with its code and values.</param>
    public TrainingFailedException(Remark remark) : base(remark) { }
}
