namespace Mingling.Training.Graphs;

/// <summary>What a graph carries from one step of a stream to the next: the last values that entered a layer, [B, channels, length], zero at the beginning.</summary>
/// <param name="Input">The input that takes what the step before gave.</param>
/// <param name="Output">The output that gives it to the next step.</param>
/// <param name="Channels">Its channels.</param>
/// <param name="Length">How many values of each channel.</param>
internal sealed record GraphState(string Input, string Output, int Channels, int Length);
