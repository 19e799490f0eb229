namespace Mingling.Training.Graphs;

/// <summary>A model cannot be exported. The message is one sentence that names the thing and what would be right.</summary>
public sealed class ExportException : MinglingException
{
    /// <summary>Creates the exception with its one-sentence message.</summary>
    public ExportException(string message) : base(message) { }

    /// <summary>Creates the exception with its one-sentence message and the cause.</summary>
    public ExportException(string message, Exception inner) : base(message, inner) { }
}
