namespace Mingling.Recognition.Streaming.Evaluation;

/// <summary>Why a word was missed.</summary>
public enum MissCause
{
    /// <summary>Its smoothed posterior did not reach its threshold, or not for as many steps as must agree.</summary>
    BelowThreshold,

    /// <summary>Another command was reported at its place, or had a larger smoothed posterior wherever this one reached its threshold.</summary>
    OtherWord,

    /// <summary>It was reported, but after the tolerance.</summary>
    Late,

    /// <summary>The gate, or silence, kept the model from being evaluated: no smoothed posterior at its place is over evaluated windows alone.</summary>
    GateShut,

    /// <summary>It won, but within the refractory time of an earlier event.</summary>
    Refractory,
}

/// <summary>A word that was missed.</summary>
/// <param name="Said">The word.</param>
/// <param name="Cause">Why.</param>
/// <param name="Score">The largest smoothed posterior of the word at its place, 0…1.</param>
/// <param name="Heard">The late event, or that of another command at its place; null where there was none.</param>
public sealed record Miss(WordInterval Said, MissCause Cause, double Score, Detection? Heard)
{
    /// <summary>A cause in words, to follow a number of misses: "below the threshold".</summary>
    /// <param name="cause">The cause.</param>
    public static string Describe(MissCause cause) => cause switch
    {
        MissCause.BelowThreshold => "below the threshold",
        MissCause.OtherWord => "another word won",
        MissCause.Late => "late: after the tolerance",
        MissCause.GateShut => "gate shut",
        _ => "in the refractory time of an earlier event",
    };
}
