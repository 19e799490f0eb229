namespace Mingling.Recognition.Enrollment;

/// <summary>Something that is wrong with the examples of a word.</summary>
/// <param name="Problem">What it is.</param>
/// <param name="Text">One sentence that names the example or the command, and says what would be right.</param>
/// <param name="Subject">The example, or for <see cref="EnrollmentProblem.TooClose"/> the other command.</param>
/// <param name="Distance">The cosine distance (0 the same, 1 unrelated, 2 opposite) to the other examples or to the other command, where it is about one.</param>
public sealed record EnrollmentFinding(EnrollmentProblem Problem, string Text, string Subject, double? Distance = null);
