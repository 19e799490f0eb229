namespace Mingling.Recognition.Streaming.Evaluation;

/// <summary>A command that was detected in a stream.</summary>
/// <param name="Word">The command.</param>
/// <param name="Time">When it was decided, in seconds since the stream began.</param>
/// <param name="Score">Its score, 0…1.</param>
public sealed record Detection(string Word, double Time, double Score)
{
    /// <summary>Takes word, time and score of an event.</summary>
    /// <param name="detected">The event.</param>
    public static Detection FromEvent(CommandEvent detected)
    {
        ArgumentNullException.ThrowIfNull(detected);
        return new(detected.Word, detected.Time, detected.Score);
    }
}
