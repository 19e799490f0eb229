namespace Mingling.Experiments.Comparison;

/// <summary>Makes the report of a comparison from its plan and how its runs ended.</summary>
internal static class ComparisonSummary
{
    private const double Level = 0.05;

    public static ComparisonReport Summarize(ComparisonPlan plan, IReadOnlyDictionary<string, JobOutcome> outcomes)
    {
        var jobs = plan.Jobs();
        var variants = plan.Variants.Select(variant => new VariantRuns(variant, [.. jobs.Where(job => job.Variant == variant)], outcomes)).ToList();
        var pairs = SimilarWords.Find(variants.Select(variant => variant.Results(JobKind.Main)));
        var first = Score(variants[0], pairs);
        var scores = variants.Skip(1).Select(variant => Against(variants[0], variant, Score(variant, pairs), pairs, plan.Folds.Count)).ToList();
        var ended = jobs.Select(job => outcomes.GetValueOrDefault(job.Id)).OfType<JobOutcome>().ToList();
        int finished = ended.Count(outcome => outcome.Result is not null), failed = ended.Count - finished;
        return new ComparisonReport
        {
            Variants = [first, .. Judged(scores)],
            SimilarPairs = pairs,
            Folds = plan.Folds.Count,
            SpeakersKnown = plan.Folds.Any(fold => fold.Speakers.Count > 0),
            Seeds = plan.Seeds,
            Epochs = plan.Recipe.Epochs,
            Words = plan.Words,
            HeldOutWords = plan.HeldOutWords,
            ValidationClips = plan.Folds.Sum(fold => fold.ValidationClips),
            FinishedRuns = finished,
            FailedRuns = failed,
            MissingRuns = jobs.Count - finished - failed,
        };
    }

    private static VariantScore Score(VariantRuns variant, IReadOnlyList<WordPair> pairs)
    {
        var main = variant.Results(JobKind.Main);
        var unheard = variant.Results(JobKind.Probe) is { Count: > 0 } probes ? probes : main;
        return new VariantScore
        {
            Loss = variant.Variant.Text,
            Accuracy = Mean(main, run => run.Accuracy),
            AccuracyDeviation = Deviation([.. main.Select(run => run.Accuracy)]),
            BestEpochAccuracy = Mean(main, run => run.BestEpochAccuracy),
            SimilarPairError = Mean(main, run => SimilarWords.Error(run, pairs)),
            IntraInterRatio = Mean(main, run => run.IntraInterRatio),
            WorstPairDPrime = Mean(main, run => run.WorstPairDPrime),
            FewShotAccuracy = Mean(unheard, run => run.FewShotAccuracy),
            UnknownAuroc = Mean(unheard, run => run.UnknownAuroc),
            FrrAtFar5 = Mean(unheard, run => run.FrrAtFar5),
            SecondsPerEpoch = Mean(main, run => run.SecondsPerEpoch),
            Runs = variant.Scores(JobKind.Main),
            Probes = variant.Scores(JobKind.Probe),
        };
    }

    /// <summary>Adds what differs from the first variant; tests as yet without correction.</summary>
    private static VariantScore Against(VariantRuns first, VariantRuns runs, VariantScore score, IReadOnlyList<WordPair> pairs, int folds)
    {
        var shared = runs.SharedWith(first);
        JobResult[] own = [.. shared.Select(pair => pair.Own)], other = [.. shared.Select(pair => pair.Other)];
        double[] differences = [.. shared.Select(Difference)];
        double[] onClips = [.. shared.GroupBy(pair => pair.Seed).Select(OnClips).Order()];
        return score with
        {
            AccuracyDifference = differences.Length == 0 ? null : differences.Average(),
            ErrorReduction = Reduction(Mean(other, run => 1 - run.Accuracy), Mean(own, run => 1 - run.Accuracy)),
            SimilarPairErrorReduction = Reduction(Mean(other, OnPairs), Mean(own, OnPairs)),
            // Seeds of one fold hear the same speakers: they make its difference surer, but are no further folds.
            PairedP = folds == 1
                ? PairedTests.Student(differences)
                : PairedTests.Student([.. shared.GroupBy(pair => pair.Fold).Select(fold => fold.Average(Difference))], 1.0 / (folds - 1)),
            // Of an even number of seeds the larger of the two in the middle.
            McnemarP = onClips.Length == 0 ? null : onClips[onClips.Length / 2],
        };

        double? OnPairs(JobResult run) => SimilarWords.Error(run, pairs);
    }

    private static IEnumerable<VariantScore> Judged(List<VariantScore> scores)
    {
        var paired = PairedTests.Holm([.. scores.Select(score => score.PairedP)]);
        var onClips = PairedTests.Holm([.. scores.Select(score => score.McnemarP)]);
        return scores.Select((score, i) =>
        {
            double[] made = [.. new[] { paired[i], onClips[i] }.OfType<double>()];
            return score with { PairedP = paired[i], McnemarP = onClips[i], Real = made.Length == 0 ? null : made.All(p => p < Level) };
        });
    }

    private static double Difference(SharedRun pair) => pair.Own.Accuracy - pair.Other.Accuracy;

    private static double OnClips(IEnumerable<SharedRun> folds)
    {
        int own = 0, other = 0;
        foreach (var fold in folds)
            for (int clip = 0; clip < fold.Own.Said.Count; clip++)
            {
                bool ownRight = fold.Own.Recognized[clip] == fold.Own.Said[clip],
                    otherRight = fold.Other.Recognized[clip] == fold.Other.Said[clip];
                if (ownRight && !otherRight) own++;
                if (otherRight && !ownRight) other++;
            }
        return PairedTests.McNemar(own, other);
    }

    private static double? Mean(IEnumerable<JobResult> runs, Func<JobResult, double?> figure)
    {
        double[] measured = [.. runs.Select(figure).OfType<double>()];
        return measured.Length == 0 ? null : measured.Average();
    }

    private static double? Deviation(double[] values)
    {
        if (values.Length < 2) return null;
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    private static double? Reduction(double? before, double? after) => before > 0 ? (before - after) / before : null;
}
