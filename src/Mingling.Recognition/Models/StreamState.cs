namespace Mingling.Recognition.Models;

/// <summary>One tensor that a graph carries from step to step of a stream: [batch, channels, length], zero at the beginning.</summary>
/// <param name="Input">The input that takes what the step before gave.</param>
/// <param name="Output">The output that gives it to the next step.</param>
/// <param name="Channels">Its channels, at least 1.</param>
/// <param name="Length">How many values of each channel, at least 1.</param>
public sealed record StreamState(string Input, string Output, int Channels, int Length);
