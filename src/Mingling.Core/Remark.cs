namespace Mingling;

/// <summary>
/// A sentence for a person, with what it is made of, so that a program can say it in another language: by its code and values, and never by its
/// English text.
/// </summary>
public sealed class Remark
{
    /// <summary>Creates a remark.</summary>
    /// <param name="code">What is said, such as <c>corpus.few-clips</c>: lower-case words and hyphens after the name of the subject; empty where it has no code.</param>
    /// <param name="text">The sentence in English.</param>
    /// <param name="values">What the sentence names, each by its name: texts, numbers, lists of texts, and remarks within it.</param>
    public Remark(string code, string text, params ReadOnlySpan<(string Name, object Value)> values)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(text);
        (Code, Text) = (code, text);
        var named = new Dictionary<string, object>(values.Length, StringComparer.Ordinal);
        foreach (var (name, value) in values) named.Add(name, value);
        Values = named;
    }

    /// <summary>What is said; empty where it has no code.</summary>
    public string Code { get; }

    /// <summary>The sentence in English.</summary>
    public string Text { get; }

    /// <summary>What the sentence names: texts, numbers, lists of texts, and remarks within it.</summary>
    public IReadOnlyDictionary<string, object> Values { get; }

    /// <summary>A sentence without a code.</summary>
    /// <param name="text">The sentence in English.</param>
    public static Remark Plain(string text) => new("", text);

    /// <summary>What an exception says: the remark of a <see cref="MinglingException"/>, else its message without a code.</summary>
    /// <param name="exception">The exception.</param>
    public static Remark Of(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception is MinglingException known ? known.Remark : Plain(exception.Message);
    }

    /// <summary>The sentence in English.</summary>
    public override string ToString() => Text;
}
