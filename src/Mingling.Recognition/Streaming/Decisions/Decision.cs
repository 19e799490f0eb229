namespace Mingling.Recognition.Streaming;

/// <summary>That a command was said, as the decision stage sees it.</summary>
/// <param name="Class">The number of the class.</param>
/// <param name="Score">The largest smoothed posterior of the command in the recent past, 0…1.</param>
/// <param name="Step">The number of the posteriors that decided, counted from 0.</param>
public readonly record struct Decision(int Class, float Score, long Step);
