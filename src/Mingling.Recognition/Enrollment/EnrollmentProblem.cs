namespace Mingling.Recognition.Enrollment;

/// <summary>What can be wrong with the examples of a word.</summary>
public enum EnrollmentProblem
{
    /// <summary>The recording is so quiet that noise is a large part of it.</summary>
    TooQuiet,

    /// <summary>The recording is distorted because it was too loud.</summary>
    Clipped,

    /// <summary>There is hardly any sound in the recording.</summary>
    TooShort,

    /// <summary>The sound is longer than the model's window.</summary>
    TooLong,

    /// <summary>The recording does not sound like the others.</summary>
    Outlier,

    /// <summary>The word sounds like another command.</summary>
    TooClose,
}
