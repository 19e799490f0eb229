using Mingling.Experiments.Reports.Content;
using Mingling.Training.Recipes.Files;

namespace Mingling.Experiments.Reports.Page;

/// <summary>What a run is, and its main figures in plain words.</summary>
internal static class SummarySection
{
    public static Html Write(RunParts parts) => Html.Format($"""
        <section id="{parts.Id("summary")}" aria-labelledby="{parts.Id("summary")}-h">
        <h3 id="{parts.Id("summary")}-h">In short</h3>
        {Notes(parts.Run)}
        <ul class="facts">{Facts(parts).Select(fact => Html.Format($"<li>{fact}</li>\n"))}</ul>
        {About(parts.Run)}
        </section>

        """);

    private static IEnumerable<Html> Facts(RunParts parts)
    {
        var (run, evaluation) = (parts.Run, parts.Run.Evaluation);
        yield return Html.Format($"""
            The {Words.Count(evaluation.Clips, "clip")} are {run.Choice}. If they were drawn anew, the share recognised would lie between <b>{Words.Percent(evaluation.AccuracyInterval.Low)} and {Words.Percent(evaluation.AccuracyInterval.High)}</b> (95 % interval).
            """);
        if (evaluation.Confusions is [var worst, ..])
            yield return Html.Format($"""
                <b>{Words.Count(evaluation.Errors.Count, "clip")}</b> {(evaluation.Errors.Count == 1 ? "was" : "were")} taken for another word, most often {Html.Word(worst.Word)} for {Html.Word(worst.Recognized)}: {Words.Count(worst.Clips, "clip")}, {Words.Percent(worst.Share)} of the word.
                """);
        if (evaluation.Words is [var hardest, ..] && hardest.Accuracy < 1)
            yield return Html.Format($"The hardest word is {Html.Word(hardest.Word)}: <b>{Words.Percent(hardest.Accuracy)}</b> of {hardest.Clips:N0} clips.");
        if (evaluation.Speakers is [var speaker, _, ..])
            yield return Html.Format($"""
                Of {evaluation.Speakers.Count:N0} speakers, <bdi>{speaker.Speaker}</bdi> is understood worst: <b>{Words.Percent(speaker.Accuracy)}</b> of {speaker.Clips:N0} clips; half of them are understood at {Words.Percent(evaluation.Speakers[evaluation.Speakers.Count / 2].Accuracy)} or better.
                """);
        if (run.Verification is { } curve)
            yield return Html.Format($"""
                Told by their embeddings alone, two clips of one word and two of different words are confused at an equal error rate of <b>{Words.Percent(curve.EqualErrorRate())}</b>.
                """);
        if (evaluation.Distances is { IntraClass: { } within, InterClass: { } between, Ratio: { } ratio })
            yield return Html.Format($"A clip lies {within:0.00} from the mean of its word, the means of two words {between:0.00} apart: a ratio of <b>{ratio:0.000}</b>, where smaller is tighter.");
    }

    private static Html Notes(RunReport run)
    {
        List<Html> notes = [];
        if (run.Learned > 0) notes.Add(Html.Format($"The run learned from {run.Learned:N0} of these clips, so the figures are too good."));
        if (run.Evaluation.UnknownLabels > 0)
            notes.Add(Html.Format($"{Words.Count(run.Evaluation.UnknownLabels, "clip")} of words that the run does not know were left out."));
        if (run.Problems.Count > 0)
            notes.Add(Html.Format($"""
                {Words.Count(run.Problems.Count, "clip")} could not be read and {(run.Problems.Count == 1 ? "was" : "were")} left out. <details><summary>Which</summary><ul>{run.Problems.Select(problem => Html.Format($"<li><bdi>{problem.Path}</bdi> {problem.Reason}</li>\n"))}</ul></details>
                """));
        return notes.Count == 0 ? Html.Empty : Html.Format($"<div class=\"note\">{notes.Select(note => Html.Format($"<div>{note}</div>"))}</div>\n");
    }

    private static Html About(RunReport run)
    {
        var (manifest, recipe) = (run.Manifest, run.Manifest.Recipe);
        string weights = run.IsLast ? "those after the last epoch" : "those that did best on the validation clips";
        (string Name, Html Value)[] rows =
        [
            ("Encoder", Html.Format($"{recipe.Encoder.Name}, window of {recipe.WindowSeconds:0.##} s at {recipe.Features.SampleRate:N0} Hz")),
            ("Loss", Html.Format($"<code>{recipe.Loss.Text}</code>")),
            ("Training", Html.Format($"{run.History.Count} of {recipe.TotalEpochs} epochs{(recipe.Members > 1 ? $" ({recipe.Members} models, joined in one)" : "")} in batches of {recipe.BatchSize}, seed {recipe.Seed}")),
            ("Weights", Html.Format($"{weights}")),
            ("Corpus", Html.Format($"<bdi>{manifest.Corpus.Source.Path}</bdi>")),
            ("Clips", Html.Format($"{manifest.Corpus.TrainingClips.Count:N0} to learn from, {manifest.Corpus.ValidationClips.Count:N0} for validation")),
            ("Words", Html.Format($"{manifest.Classes.Count}: {Html.Join(manifest.Classes.Select((word, i) => i == 0 ? Html.Word(word) : Html.Format($", {Html.Word(word)}")))}")),
            ("Trained by", Html.Format($"Mingling {manifest.Version}")),
        ];
        return Html.Format($"""
            <h4>What the run is</h4>
            <dl>{rows.Select(row => Html.Format($"<div><dt>{row.Name}</dt><dd>{row.Value}</dd></div>\n"))}</dl>
            <details><summary>The whole recipe</summary><pre>{RecipeFile.Write(recipe)}</pre></details>
            """);
    }
}
