using Mingling.Audio;

namespace Mingling.Recognition.Enrollment;

/// <summary>A recording of a word that is to be enrolled.</summary>
/// <param name="Name">What to call it in a message, such as its file.</param>
/// <param name="Clip">The recording, at any rate; of a longer one the loudest stretch of a window's length is used.</param>
public sealed record EnrollmentExample(string Name, AudioClip Clip)
{
    /// <summary>
    /// Whether a program spoke it: then its sound is not checked, and beside recordings all such examples together count as much as the
    /// recordings together. Default: false.
    /// </summary>
    public bool IsSynthetic { get; init; }
}
