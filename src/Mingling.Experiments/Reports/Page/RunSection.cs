namespace Mingling.Experiments.Reports.Page;

/// <summary>All that the page shows of one run.</summary>
internal static class RunSection
{
    public static Html Write(RunParts parts) => Html.Format($"""
        <section class="run" id="{parts.Id("top")}" aria-labelledby="{parts.Id("top")}-h">
        <h2 id="{parts.Id("top")}-h"><span class="kicker">Run <bdi>{parts.Run.Name}</bdi></span> {Words.Percent(parts.Run.Evaluation.Accuracy)} of {Words.Count(parts.Run.Evaluation.Clips, "clip")} recognised</h2>
        {SummarySection.Write(parts)}
        {ConfusionTable.Write(parts)}
        {PairsSection.Write(parts)}
        {MapSection.Write(parts)}
        {FigureSection.Write(parts.Id("telling"), "How far words lie apart", parts.Figures.Telling)}
        {StreamSection.Write(parts)}
        {ScoreTables.Write(parts)}
        {FigureSection.Write(parts.Id("training"), "How the training went", parts.Figures.Training)}
        </section>

        """);
}
