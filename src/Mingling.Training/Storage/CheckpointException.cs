namespace Mingling.Training.Storage;

/// <summary>A checkpoint or a run's folder cannot be used. The message is one sentence that names the file and what would be right.</summary>
public sealed class CheckpointException : MinglingException
{
    /// <summary>Creates the exception with its one-sentence message.</summary>
    public CheckpointException(string message) : base(message) { }

    /// <summary>Creates the exception with its one-sentence message and the cause.</summary>
    public CheckpointException(string message, Exception inner) : base(message, inner) { }

    /// <summary>Creates the exception with a message that other languages can say.</summary>
    /// <param name="remark">One sentence with its code and values.</param>
    public CheckpointException(Remark remark) : base(remark) { }

    /// <summary>Creates the exception with a message that other languages can say, and the cause.</summary>
    /// <param name="remark">One sentence with its code and values.</param>
    /// <param name="inner">The cause.</param>
    public CheckpointException(Remark remark, Exception inner) : base(remark, inner) { }
}
