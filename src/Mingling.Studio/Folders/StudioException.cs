namespace Mingling.Studio.Folders;

/// <summary>Something that a person asked of the studio cannot be done; the message says why.</summary>
public sealed class StudioException : MinglingException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The name of the text by which the page says it in the language of the reader.</param>
    /// <param name="message">One sentence in English.</param>
    /// <param name="subject">What it is about, such as a name; null where there is nothing to name.</param>
    public StudioException(string code, string message, string? subject = null) : base(message) => (Code, Subject) = (code, subject);

    /// <summary>The name of the text by which the page says it in the language of the reader.</summary>
    public string Code { get; }

    /// <summary>What it is about; null where there is nothing to name.</summary>
    public string? Subject { get; }

    /// <summary>The status by which HTTP says it. Default: 400.</summary>
    internal int Status { get; init; } = 400;

    internal static StudioException Missing(string code, string message, string? subject = null) => new(code, message, subject) { Status = 404 };
}
