namespace Mingling.Recognition.Models;

/// <summary>A model file cannot be used, or not with this sound. The message is one sentence that names the thing and what would be right.</summary>
public sealed class ModelException : MinglingException
{
    /// <summary>Creates the exception with its one-sentence message.</summary>
    public ModelException(string message) : base(message) { }

    /// <summary>Creates the exception with its one-sentence message and the cause.</summary>
    public ModelException(string message, Exception inner) : base(message, inner) { }

    /// <summary>Creates the exception with a message that other languages can say.</summary>
    /// <param name="remark">One sentence with its code and values.</param>
    public ModelException(Remark remark) : base(remark) { }

    /// <summary>Creates the exception with a message that other languages can say, and the cause.</summary>
    /// <param name="remark">One sentence with its code and values.</param>
    /// <param name="inner">The cause.</param>
    public ModelException(Remark remark, Exception inner) : base(remark, inner) { }
}
