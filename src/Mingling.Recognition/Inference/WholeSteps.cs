
using Mingling.Recognition.Models;

namespace Mingling.Recognition.Inference;

/// <summary>Brings the frames of a clip to whole steps of a model that listens to streams: its first frame comes several times.</summary>
internal static class WholeSteps
{
    /// <summary>The frames that the graph takes for so many frames of a clip.</summary>
    public static int Frames(StreamSteps? steps, int frames) => steps is null ? frames : (frames + steps.Frames - 1) / steps.Frames * steps.Frames;

    /// <summary>Copies the features of clips.</summary>
    /// <param name="features">[rows, frames], a row for each bin of each clip.</param>
    /// <param name="frames">The frames of a clip.</param>
    /// <param name="whole">Receives [rows, whole], with as many frames in front as it is longer.</param>
    /// <param name="wholeFrames">The frames of whole steps, at least <paramref name="frames"/>.</param>
    public static void Copy(ReadOnlySpan<float> features, int frames, Span<float> whole, int wholeFrames)
    {
        for (; features.Length > 0; features = features[frames..], whole = whole[wholeFrames..])
        {
            whole[..(wholeFrames - frames)].Fill(features[0]);
            features[..frames].CopyTo(whole[(wholeFrames - frames)..]);
        }
    }
}
