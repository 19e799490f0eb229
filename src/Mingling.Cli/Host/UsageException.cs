namespace Mingling.Cli.Host;

/// <summary>The command was not given what it needs. The message is one sentence that says what would be right.</summary>
internal sealed class UsageException(string message) : Exception(message);
