namespace Mingling.Training;

/// <summary>Messages of exceptions as sentences for people.</summary>
internal static class Sentences
{
    /// <summary>The message without the name of the parameter and its value, which .NET appends for programmers.</summary>
    public static string Of(ArgumentException exception)
    {
        string message = exception.Message;
        int parameter = message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        return (parameter < 0 ? message : message[..parameter]).ReplaceLineEndings(" ");
    }
}
