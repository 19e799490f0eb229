using Mingling.Experiments.Evaluation;

namespace Mingling.Experiments.Figures;

/// <summary>How well each speaker is understood, worst first.</summary>
public static class SpeakerFigure
{
    /// <summary>The figure.</summary>
    /// <param name="report">The evaluation, with speakers.</param>
    /// <param name="most">The most speakers to show, 1 or more; the axis says where there are others.</param>
    /// <exception cref="ArgumentException">Speakers are not known.</exception>
    public static Figure Draw(EvaluationReport report, int most = 30)
    {
        ArgumentNullException.ThrowIfNull(report);
        return AccuracyBars.Draw("speakers", "speaker", Bars(report), most);
    }

    internal static IReadOnlyList<AccuracyBars.Bar> Bars(EvaluationReport report) =>
        [.. report.Speakers.Select(speaker => new AccuracyBars.Bar(speaker.Speaker, speaker.Clips, speaker.Accuracy))];
}
