namespace Mingling;

/// <summary>Messages of argument exceptions as sentences for people.</summary>
internal static class ArgumentMessage
{
    /// <summary>The message on one line, without the parameter's name and value, which .NET appends for programmers.</summary>
    public static string WithoutParameter(ArgumentException exception)
    {
        string message = exception.Message;
        int parameter = message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        return (parameter < 0 ? message : message[..parameter]).ReplaceLineEndings(" ");
    }
}
