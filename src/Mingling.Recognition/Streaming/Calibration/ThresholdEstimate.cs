using Mingling.Recognition.Streaming.Decisions;
using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Recognition.Streaming.Calibration;

/// <summary>
/// One threshold for all commands from little sound without commands, a tenth of an hour, say. False alarms become rarer exponentially with the
/// log odds of the threshold, ln t / (1 − t), as tails of most distributions do; the mean by which those that can be counted exceed a threshold
/// tells where the rate would be that is too low to be counted. A first threshold, not a claim:
/// <see cref="ThresholdCalibration"/> on hours of sound tells what can be proved.
/// </summary>
public static class ThresholdEstimate
{
    private const double Lowest = 0.5, Highest = 0.98, LogOddsStep = 0.1;

    /// <summary>Fewer events tell little, and with more the threshold is far from the tail.</summary>
    private const int FewestEvents = 6, MostEvents = 60;

    /// <summary>Estimates the threshold.</summary>
    /// <param name="background">The posteriors of sound without commands.</param>
    /// <param name="settings">The decision settings; their thresholds are not used.</param>
    /// <param name="targetPerHour">The wanted rate of false alarms of all commands together, above 0.</param>
    /// <returns>The threshold, from 0.5 to 0.98; null where there are too few events at any threshold to tell.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not above 0.</exception>
    public static double? Find(IReadOnlyList<PosteriorTrack> background, DecisionSettings settings, double targetPerHour)
    {
        ArgumentNullException.ThrowIfNull(background);
        ArgumentNullException.ThrowIfNull(settings);
        if (!(targetPerHour > 0)) throw new ArgumentOutOfRangeException(nameof(targetPerHour), targetPerHour, "The rate of false alarms is above 0 per hour.");
        double wanted = targetPerHour * background.Sum(track => track.Seconds) / 3600;
        double from = 0, sum = 0;
        int first = 0;
        for (double logOdds = -2; logOdds <= LogOdds(Highest); logOdds += LogOddsStep)
        {
            double threshold = 1 / (1 + Math.Exp(-logOdds));
            int events = background.Sum(track => track.Detect(settings with { Threshold = threshold, Thresholds = [] }).Count);
            if (wanted >= FewestEvents && events <= wanted) return Math.Max(threshold, Lowest);
            if (first == 0 && events <= MostEvents)
            {
                if (events < FewestEvents) return null;
                (from, first) = (logOdds, events);
            }
            else if (first > 0) sum += events;
            if (first > 0 && events == 0) break;
        }
        if (first == 0) return Highest;
        // The mean by which events exceed the first threshold, which is the likeliest scale of an exponential tail.
        double scale = LogOddsStep * (sum / first + 0.5), found = from + scale * Math.Log(first / wanted);
        return Math.Clamp(1 / (1 + Math.Exp(-found)), Lowest, Highest);
    }

    private static double LogOdds(double threshold) => Math.Log(threshold / (1 - threshold));
}
