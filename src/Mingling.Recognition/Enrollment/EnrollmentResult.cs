
using Mingling.Recognition.Models;

namespace Mingling.Recognition.Enrollment;

/// <summary>A word made from examples, and what is wrong with them.</summary>
/// <param name="Word">The word, ready to be added to a card.</param>
/// <param name="Findings">What is wrong, the examples' order first; empty where all is well.</param>
public sealed record EnrollmentResult(EnrolledWord Word, IReadOnlyList<EnrollmentFinding> Findings);
