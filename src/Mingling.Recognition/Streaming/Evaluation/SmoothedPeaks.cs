using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming.Decisions;

namespace Mingling.Recognition.Streaming.Evaluation;

/// <summary>The local maxima of smoothed posteriors: the thresholds at which the number of events can change.</summary>
internal static class SmoothedPeaks
{
    /// <summary>The peaks of the most likely command.</summary>
    public static List<double> Find(PosteriorTrack track, DecisionSettings settings) =>
        Find(track, settings, [.. Enumerable.Range(0, track.Classes.Count).Where(c => Vocabulary.IsCommand(track.Classes[c]))]);

    /// <summary>The peaks of the largest of these classes.</summary>
    public static List<double> Find(PosteriorTrack track, DecisionSettings settings, int[] classes)
    {
        var stage = new DecisionStage(track.Classes, settings with { Thresholds = [] }, track.HopMs, track.WindowMs);
        List<double> peaks = [];
        double last = 0;
        bool rises = false;
        for (int step = 0; step <= track.Steps; step++)
        {
            double now = 0;
            if (step < track.Steps)
            {
                stage.TryDecide(track[step], out _);
                foreach (int c in classes) now = Math.Max(now, stage.Smoothed[c]);
                if (step + 1 < stage.SmoothingSteps) now = 0;
            }

            if (rises && now < last) peaks.Add(last);
            rises = now > last || (rises && now == last);
            last = now;
        }

        return peaks;
    }
}
