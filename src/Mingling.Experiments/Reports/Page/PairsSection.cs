using Mingling.Experiments.Reports.Content;

namespace Mingling.Experiments.Reports.Page;

/// <summary>The words that sound alike to the model, and the clips behind its errors.</summary>
internal static class PairsSection
{
    private const int Rows = 15, OpenAtFirst = 2, CardsAtFirst = 8;

    public static Html Write(RunParts parts) => Html.Format($"""
        <section id="{parts.Id("pairs")}" aria-labelledby="{parts.Id("pairs")}-h">
        <h3 id="{parts.Id("pairs")}-h">Similar words</h3>
        <p>Pairs that are confused most come first, then those whose embeddings lie closest. <i>d′</i> is the distance of the two words along the line between their means, in standard deviations: below 4 they overlap.</p>
        {Table(parts)}
        {Heard(parts)}
        {parts.Pairs.Select((pair, i) => Pair(parts, pair, i))}
        </section>

        """);

    private static Html Table(RunParts parts)
    {
        var pairs = parts.Run.Evaluation.SimilarPairs;
        string rest = pairs.Count > Rows ? $" ({Rows} of {pairs.Count:N0})" : "";
        return Html.Format($"""
            <div class="scroll" role="region" tabindex="0" aria-label="Table of similar words"><table>
            <caption>Similar words{rest}</caption>
            <thead><tr><th scope="col">Words</th><th scope="col" class="n">first taken for second</th><th scope="col" class="n">second taken for first</th><th scope="col" class="n">d′</th></tr></thead>
            <tbody>{pairs.Take(Rows).Select(pair => Html.Format($"""
            <tr><th scope="row">{Html.Word(pair.First)} / {Html.Word(pair.Second)}</th><td class="n">{Words.Percent(pair.FirstAsSecond)}</td><td class="n">{Words.Percent(pair.SecondAsFirst)}</td><td class="n">{Words.Number(pair.DPrime, "0.0")}</td></tr>

            """))}</tbody></table></div>

            """);
    }

    private static Html Heard(RunParts parts)
    {
        if (parts.Pairs.Count == 0) return Html.Format($"<p>No clip was taken for another word, so that there are no errors to hear.</p>");
        string left = parts.Media.Count < parts.Media.Wanted
            ? $" The sound of {parts.Media.Wanted - parts.Media.Count:N0} of the {parts.Media.Wanted:N0} clips below would make the page too large and is left out." : "";
        return Html.Format($"""
            <p>Below, for each pair, the clips that were taken for the other word, the surest mistakes first, and one clip of each word that was recognised. The pictures show time from left to right and frequency upwards; the louder, the darker.{left}</p>

            """);
    }

    private static Html Pair(RunParts parts, WordPairErrors pair, int i)
    {
        string first = pair.Pair.First, second = pair.Pair.Second;
        return Html.Format($"""
            <details class="pair"{Html.Trusted(i < OpenAtFirst ? " open" : "")}>
            <summary><h4>{Html.Word(first)} / {Html.Word(second)}</h4> <span class="quiet">{Words.Count(pair.Errors, "error")}</span></summary>
            <div class="sides">{Side(parts, first, second, pair.First, pair.RightFirst)}{Side(parts, second, first, pair.Second, pair.RightSecond)}</div>
            </details>

            """);
    }

    private static Html Side(RunParts parts, string said, string other, IReadOnlyList<ReportedClip> errors, ReportedClip? right)
    {
        var cards = errors.Select(clip => ClipCard.Write(parts, clip, Html.Format($"<span class=\"wrong\">heard as {Html.Word(other)}</span>"))).ToList();
        if (right is not null) cards.Insert(0, ClipCard.Write(parts, right, Html.Format($"<span class=\"right\">recognised</span>")));
        var rest = cards.Count <= CardsAtFirst ? Html.Empty : Html.Format($"""
            <details><summary>{Words.Count(cards.Count - CardsAtFirst, "further clip")}</summary><ul class="clips">{cards.Skip(CardsAtFirst)}</ul></details>
            """);
        return Html.Format($"""
            <div><h5>{Html.Word(said)} said: {errors.Count} taken for {Html.Word(other)}</h5>
            <ul class="clips">{cards.Take(CardsAtFirst)}</ul>{rest}</div>

            """);
    }
}
