namespace Mingling.Recognition.Models;

/// <summary>
/// How the graph of a model processes a stream, each frame computed once. A step takes the features of <see cref="Frames"/> frames, or of a
/// multiple, and the states from the step before (zeros at the beginning). It gives the embedding and the scores of the card's window that
/// ends with these frames; all earlier frames are its past. A clip is treated as the beginning of a stream: its first frame is repeated in
/// front of it until it has whole steps (<see cref="Pad"/>). A graph that takes samples is given those of as many hops of the front end; a clip
/// then has silence before it until it has whole steps.
/// </summary>
/// <param name="Frames">The frames of a step, at least 1; the graph takes whole steps.</param>
/// <param name="States">The tensors that are carried from step to step.</param>
public sealed record StreamSteps(int Frames, IReadOnlyList<StreamState> States)
{
    /// <summary>The frames of the smallest number of whole steps that holds a clip.</summary>
    /// <param name="frames">The frames of the clip, 0 or more.</param>
    public int WholeFrames(int frames) => WholeFrames(Frames, frames);

    /// <summary>Lengthens the features of clips to whole steps: each row begins with copies of its first frame.</summary>
    /// <param name="features">[rows, <paramref name="frames"/>], a row for each bin of each clip.</param>
    /// <param name="frames">The frames of a clip, at least 1.</param>
    /// <param name="whole">Receives [rows, <paramref name="wholeFrames"/>]; exactly that long.</param>
    /// <param name="wholeFrames">The frames of whole steps (<see cref="WholeFrames(int)"/>), at least <paramref name="frames"/>.</param>
    public static void Pad(ReadOnlySpan<float> features, int frames, Span<float> whole, int wholeFrames)
    {
        for (; features.Length > 0; features = features[frames..], whole = whole[wholeFrames..])
        {
            whole[..(wholeFrames - frames)].Fill(features[0]);
            features[..frames].CopyTo(whole[(wholeFrames - frames)..]);
        }
    }

    /// <inheritdoc/>
    public bool Equals(StreamSteps? other) => other is not null && Frames == other.Frames && States.SequenceEqual(other.States);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Frames, States.Count);

    internal static int WholeFrames(int stepFrames, int frames) => (frames + stepFrames - 1) / stepFrames * stepFrames;
}

/// <summary>One tensor that a graph carries from step to step of a stream: [batch, channels, length], zero at the beginning.</summary>
/// <param name="Input">The input for the values from the step before.</param>
/// <param name="Output">The output with the values for the next step.</param>
/// <param name="Channels">Its channels, at least 1.</param>
/// <param name="Length">Values of each channel, at least 1.</param>
public sealed record StreamState(string Input, string Output, int Channels, int Length);
