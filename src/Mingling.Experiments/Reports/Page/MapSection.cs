using Mingling.Experiments.Evaluation;
using Mingling.Experiments.Reports.Content;

namespace Mingling.Experiments.Reports.Page;

/// <summary>The embeddings in the plane, to walk through with mouse or keyboard, and the clips that lie where they should not.</summary>
internal static class MapSection
{
    private const int Cards = 12;

    public static Html Write(RunParts parts)
    {
        if (parts.Run.Maps.Count == 0) return Html.Empty;
        return Html.Format($"""
            <section id="{parts.Id("map")}" aria-labelledby="{parts.Id("map")}-h">
            <h3 id="{parts.Id("map")}-h">The embeddings</h3>
            <p>Each point is a clip; clips that lie close sound alike to the model. Choose a point to see its clip, and to hear it where the page holds its sound. With the keyboard, arrows go from point to point and Enter plays. A single ring marks a clip far from its own word and from all others, a double ring one near to another word: probably a labelling mistake. These are doubts of the model, and a model that errs much doubts much: hear a clip before you change its label.</p>
            <div class="map" data-run="{parts.Index}">
            {Tabs(parts)}
            <div class="explorer"><div class="views">{parts.Run.Maps.Select((map, i) => View(parts, map, i))}</div>
            <div class="chosen-clip" role="status" id="{parts.Id("chosen")}"><p class="quiet">No clip is chosen.</p></div></div>
            {Legend(parts)}
            </div>
            {Strange(parts)}
            </section>

            """);
    }

    private static Html Tabs(RunParts parts) => parts.Run.Maps.Count == 1 ? Html.Empty : Html.Format($"""
        <div class="tabs" role="group" aria-label="Way of laying the points out">{parts.Run.Maps.Select((map, i) => Html.Format($"<button type=\"button\" data-view=\"{i}\" aria-pressed=\"{(i == 0 ? "true" : "false")}\">{map.Method.Split(',')[0]}</button>"))}</div>

        """);

    private static Html View(RunParts parts, EmbeddingMap map, int i)
    {
        int suspects = map.Points.Count(point => point.IsSuspect), outliers = map.Points.Count(point => point.IsOutlier && !point.IsSuspect);
        string alternative = $"{Words.Count(map.Points.Count, "clip")} of {Words.Count(parts.Words.Count, "word")} as points of a plane, "
            + $"{Words.Count(suspects, "probable labelling mistake")} and {Words.Count(outliers, "outlier")} marked.";
        return Html.Format($"""
            <figure class="view" data-view="{i}"{Html.Trusted(i > 0 ? " hidden" : "")}><div class="plot" tabindex="0" role="application" aria-roledescription="picture of points" aria-label="Clips in the plane; arrow keys go from point to point, Enter plays" aria-describedby="{parts.Id("chosen")}">{new MapDrawing(map).Draw(parts.Words, alternative)}<div class="tip" hidden></div></div>
            <figcaption class="quiet">{map.Method}</figcaption></figure>

            """);
    }

    private static Html Legend(RunParts parts) => Html.Format($"""
        <div class="legend" role="group" aria-label="Words shown"><span class="all"><button type="button" data-all="show">Show all</button> <button type="button" data-all="hide">Hide all</button></span>{parts.Words.Select((word, i) => Html.Format($"<button type=\"button\" data-word=\"{i}\" aria-pressed=\"true\">{MapDrawing.Sign(i)}{Html.Word(word)}</button>"))}</div>

        """);

    private static Html Strange(RunParts parts)
    {
        var strange = RunParts.Strange(parts.Run).ToList();
        if (strange.Count == 0) return Html.Format($"<p>No clip lies far from its own word.</p>");
        return Html.Format($"""
            {List("Probable labelling mistakes", "No clip lies nearer to another word than to its own.", [.. strange.Where(s => s.Point.IsSuspect).Select(s => s.Clip)])}
            {List("Outliers", "No other clip lies far from its own word.", [.. strange.Where(s => !s.Point.IsSuspect).Select(s => s.Clip)])}
            """);

        Html List(string title, string none, List<ReportedClip> clips)
        {
            if (clips.Count == 0) return Html.Format($"<p>{none}</p>");
            var cards = clips.Select(clip => ClipCard.Write(parts, clip, Role(parts, clip))).ToList();
            var rest = cards.Count <= Cards ? Html.Empty
                : Html.Format($"<details><summary>{cards.Count - Cards:N0} more</summary><ul class=\"clips\">{cards.Skip(Cards)}</ul></details>");
            return Html.Format($"<h4>{title} <span class=\"quiet\">{clips.Count:N0}</span></h4><ul class=\"clips\">{cards.Take(Cards)}</ul>{rest}\n");
        }
    }

    private static Html Role(RunParts parts, ReportedClip clip) => clip.IsError
        ? Html.Format($"labelled {Html.Word(parts.Words[clip.Said])}, <span class=\"wrong\">heard as {Html.Word(parts.Words[clip.Recognized])}</span>")
        : Html.Format($"labelled and heard as {Html.Word(parts.Words[clip.Said])}");
}
