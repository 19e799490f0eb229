namespace Mingling.Training.Data;

/// <summary>A training cannot go on. The message is one sentence that says why and what may help.</summary>
public sealed class TrainingFailedException : MinglingException
{
    /// <summary>Creates the exception with its one-sentence message.</summary>
    public TrainingFailedException(string message) : base(message) { }
}
