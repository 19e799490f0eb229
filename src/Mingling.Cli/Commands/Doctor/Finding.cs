using System.Text.Json.Serialization;

namespace Mingling.Cli.Commands;

/// <summary>Whether a thing works, could be added, or keeps Mingling from its work.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
internal enum Verdict
{
    Works,
    Missing,
    Broken,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Verdict">How it is.</param>
/// <param name="Text">The finding, and what to do where something is missing.</param>
internal sealed record Finding(string Subject, Verdict Verdict, string Text);
