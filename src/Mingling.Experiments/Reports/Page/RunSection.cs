namespace Mingling.Experiments.Reports.Page;

/// <summary>All that the page shows of one run.</summary>
internal static class RunSection
{
    public static Html Of(RunParts parts) => Html.Of($"""
        <section class="run" id="{parts.Id("top")}" aria-labelledby="{parts.Id("top")}-h">
        <h2 id="{parts.Id("top")}-h"><span class="kicker">Run <bdi>{parts.Run.Name}</bdi></span> {Words.Percent(parts.Run.Evaluation.Accuracy)} of {Words.Count(parts.Run.Evaluation.Clips, "clip")} recognised</h2>
        {SummarySection.Of(parts)}
        {ConfusionTable.Of(parts)}
        {PairsSection.Of(parts)}
        {MapSection.Of(parts)}
        {FigureSection.Of(parts.Id("telling"), "How far words lie apart", parts.Figures.Telling)}
        {ScoreTables.Of(parts)}
        {FigureSection.Of(parts.Id("training"), "How the training went", parts.Figures.Training)}
        </section>

        """);
}
