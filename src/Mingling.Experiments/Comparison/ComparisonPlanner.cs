using Mingling.Corpora;
using Mingling.Corpora.Layouts;
using Mingling.Corpora.Splitting;
using Mingling.Training;

namespace Mingling.Experiments.Comparison;

/// <summary>A comparison that is ready to be trained.</summary>
/// <param name="Plan">What is trained.</param>
/// <param name="Folds">The clips of each fold.</param>
/// <param name="Notes">What the user should know, one sentence each.</param>
/// <param name="Problems">Recordings that are skipped.</param>
internal sealed record PlannedComparison(
    ComparisonPlan Plan, IReadOnlyList<ComparisonFold> Folds, IReadOnlyList<string> Notes, IReadOnlyList<CorpusProblem> Problems);

/// <summary>Looks at a corpus once, and decides all that the runs of a comparison share.</summary>
internal static class ComparisonPlanner
{
    /// <exception cref="CorpusException">The corpus cannot be used, or has fewer speakers than folds.</exception>
    public static PlannedComparison Make(ComparisonRequest request, CancellationToken cancellation)
    {
        var source = request.Source;
        var corpus = CorpusReader.Read(source.Path, source.Options);
        var options = source.Splits with { Parallelism = request.Threads };
        var splits = request.Folds == 1
            ? [CorpusSplitter.Split(corpus, options)]
            : CorpusSplitter.Folds(corpus, request.Folds, options);
        ComparisonFold[] folds = [.. splits.Select((split, i) => Fold(split, i + 1, corpus.Noise))];
        var (heldOut, probe) = HeldOutWords.Choose(corpus, request.HeldOut, request.Recipe.Seed);

        var first = ClipLoader.Load(folds[0].Train, request.Recipe.Features.SampleRate, request.Threads, source.Options.Strict, cancellation);
        var plan = new ComparisonPlan
        {
            Version = request.Version,
            Source = source,
            Recipe = RecipeFitting.Fit(request.Recipe, first.Clips, request.Given ?? RecipeFitting.Changed(request.Recipe)),
            Variants = request.Variants,
            Seeds = request.Seeds,
            Folds = [.. folds.Select(fold => fold.Describe())],
            Words = [.. folds[0].Train.Select(clip => clip.Label).Distinct().Order(StringComparer.Ordinal)],
            HeldOutWords = heldOut,
            Probe = probe && heldOut.Count > 0,
        };
        List<string> notes = [.. splits.SelectMany(split => split.Warnings).Distinct()];
        if (heldOut.Count == 0 && request.HeldOut is null)
            notes.Add("there are too few words to hold some out, so that few-shot and unknown words are not measured.");
        return new PlannedComparison(plan, folds, notes, [.. corpus.Problems, .. first.Problems]);
    }

    private static ComparisonFold Fold(CorpusSplits split, int number, IReadOnlyList<CorpusClip> noise)
    {
        var learned = split.Train.Select(clip => clip.Label).ToHashSet(StringComparer.Ordinal);
        return new ComparisonFold
        {
            Number = number,
            Train = split.Train,
            Validation = [.. split.Validation.Where(clip => learned.Contains(clip.Label))],
            HeldOut = split.OtherValidation,
            Noise = noise,
        };
    }
}
