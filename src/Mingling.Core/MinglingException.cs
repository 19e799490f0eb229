namespace Mingling;

/// <summary>
/// The base of every exception by which Mingling says that something outside the program is wrong: a recording, a corpus, a run, a model
/// file, a recipe, the machine. The message is one sentence for the user; the derived type says what it is about. Wrong arguments of a call
/// are <see cref="ArgumentException"/> as everywhere in .NET.
/// </summary>
public abstract class MinglingException : Exception
{
    /// <summary>Creates the exception with its one-sentence message.</summary>
    /// <param name="message">What is wrong, naming the thing, and what would be right.</param>
    protected MinglingException(string message) : this(message, null) { }

    /// <summary>Creates the exception with its one-sentence message and the cause.</summary>
    /// <param name="message">What is wrong, naming the thing, and what would be right.</param>
    /// <param name="inner">The exception that caused it; null where there is none.</param>
    protected MinglingException(string message, Exception? inner) : base(message, inner) => Remark = Remark.Plain(message);

    /// <summary>Creates the exception with a message that other languages can say.</summary>
    /// <param name="remark">What is wrong, naming the thing, and what would be right.</param>
    protected MinglingException(Remark remark) : this(remark, null) { }

    /// <summary>Creates the exception with a message that other languages can say, and the cause.</summary>
    /// <param name="remark">What is wrong, naming the thing, and what would be right.</param>
    /// <param name="inner">The exception that caused it; null where there is none.</param>
    protected MinglingException(Remark remark, Exception? inner) : base(remark.Text, inner) => Remark = remark;

    /// <summary>The message with its code and values, by which it can be said in another language; without a code where it has none.</summary>
    public Remark Remark { get; }
}
