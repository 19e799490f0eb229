using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming.Decisions;
using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Recognition.Streaming.Calibration;

/// <summary>Finds the lowest threshold at which a command alone is detected no more often than allowed.</summary>
internal sealed class ThresholdSearch(IReadOnlyList<PosteriorTrack> background, DecisionSettings settings, int allowed, double hours)
{
    // Thresholds are compared with means of floats, to which a double between two of them is as good as the upper one.
    private const double Step = 1e-4;

    public CommandCalibration Find(string command)
    {
        var classes = background[0].Classes;
        double floor = settings.For(command).Threshold;
        int index = classes.Index().First(c => c.Item == command).Index;
        double[] peaks = [.. background.SelectMany(track => SmoothedPeaks.Find(track, settings, [index])).Distinct().Order()];
        // Only at the peaks does the number of events change: just above each of them, and at the lowest threshold of all.
        double[] candidates =
        [
            floor,
            .. peaks.Select(peak => Math.Min(1, peak + Step)).Where(t => t > floor).Distinct(),
        ];
        int low = 0, high = candidates.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Count(index, candidates[middle]) <= allowed) high = middle;
            else low = middle + 1;
        }

        return Measure(command, candidates[low]);
    }

    /// <summary>What a threshold that is given would have taken for the command.</summary>
    public CommandCalibration Measure(string command, double threshold)
    {
        int count = Count(background[0].Classes.Index().First(c => c.Item == command).Index, threshold);
        return new CommandCalibration(
            new CommandThreshold(command, threshold, count / hours, PoissonInterval.FromCount(count, hours).AtMost), count, count <= allowed);
    }

    /// <summary>The events of a command at a threshold when nothing else competes.</summary>
    private int Count(int index, double threshold)
    {
        var alone = settings with { Thresholds = [new(background[0].Classes[index], threshold)], Threshold = 1, OtherRefractoryMs = 0 };
        return background.Sum(track => track.CountAlone(index, alone));
    }
}
