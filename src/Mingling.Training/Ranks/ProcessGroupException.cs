namespace Mingling.Training.Ranks;

/// <summary>Processes cannot train together. The message is one sentence that says why and what may help.</summary>
public sealed class ProcessGroupException : MinglingException
{
    /// <summary>Creates the exception with its one-sentence message.</summary>
    public ProcessGroupException(string message) : base(message) { }
}
