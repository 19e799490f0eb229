using System.Text.Json.Serialization;
using Mingling.Recognition.Models;

namespace Mingling.Recognition.Enrollment;

/// <summary>A word made from examples, and what is wrong with them.</summary>
/// <param name="Word">The word, ready to be added to a card.</param>
/// <param name="Findings">What is wrong, in the order of the examples; empty where nothing is.</param>
public sealed record EnrollmentResult(EnrolledWord Word, IReadOnlyList<EnrollmentFinding> Findings);

/// <summary>Something that is wrong with the examples of a word.</summary>
/// <param name="Problem">What it is.</param>
/// <param name="Text">One sentence that names the example or the command, and says what would be right.</param>
/// <param name="Subject">The example, or for <see cref="EnrollmentProblem.TooClose"/> the other command.</param>
/// <param name="Distance">The cosine distance (0 the same, 1 unrelated, 2 opposite) to the other examples or to the other command, where it is about one.</param>
public sealed record EnrollmentFinding(EnrollmentProblem Problem, string Text, string Subject, double? Distance = null)
{
    internal EnrollmentFinding(EnrollmentProblem problem, Remark remark, string subject, double? distance = null) : this(problem, remark.Text, subject, distance) => Remark = remark;

    /// <summary><see cref="Text"/> with its code and values.</summary>
    [JsonIgnore]
    public Remark Remark { get; private init; } = Remark.Plain(Text);
}
