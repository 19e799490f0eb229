namespace Mingling.Recognition.Models;

/// <summary>
/// How the graph of a model listens to a stream, each frame computed once. A step takes the features of <see cref="Frames"/> frames, or of
/// a multiple, and the states that the step before gave (zeros at the beginning), and gives embedding and scores of the last frames, as many as the
/// card's window has, with everything before them as their past. A clip is a stream that begins with it: its first frame is repeated in
/// front of it until its frames are whole steps.
/// </summary>
/// <param name="Frames">The frames of a step, at least 1; the graph takes whole steps.</param>
/// <param name="States">What is carried from step to step.</param>
public sealed record StreamSteps(int Frames, IReadOnlyList<StreamState> States)
{
    /// <inheritdoc/>
    public bool Equals(StreamSteps? other) => other is not null && Frames == other.Frames && States.SequenceEqual(other.States);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Frames, States.Count);
}
