using System.Text.Json;
using Mingling.Experiments.Comparison;

namespace Mingling.Experiments.Tests.Comparison;

public class ComparisonSummaryTests
{
    [Fact]
    public void Of_two_variants_counts_what_a_person_would_count()
    {
        var plan = Comparisons.Plan(["softmax", "softmax + 0.01 center"], folds: 2);
        var report = Summarize(plan, job => (job.Variant.Loss, job.Fold) switch
        {
            ("softmax", 1) => Comparisons.Outcome(10, 4),
            ("softmax", 2) => Comparisons.Outcome(10, 2),
            (_, 1) => Comparisons.Outcome(10, 1),
            _ => Comparisons.Outcome(10, 0),
        });
        var (first, second) = (report.Variants[0], report.Variants[1]);
        first.Accuracy!.Value.ShouldBe(0.7, 1e-12);
        first.AccuracyDeviation!.Value.ShouldBe(0.1 * Math.Sqrt(2), 1e-12);
        first.Real.ShouldBeNull();
        second.Accuracy!.Value.ShouldBe(0.95, 1e-12);
        second.AccuracyDifference!.Value.ShouldBe(0.25, 1e-12);
        second.ErrorReduction!.Value.ShouldBe(5.0 / 6, 1e-12);
        // 5 clips that only the second recognises, none that only the first does.
        second.McnemarP!.Value.ShouldBe(2.0 / 32, 1e-12);
        second.PairedP!.Value.ShouldBe(PairedTests.Student([0.3, 0.2], testToTrain: 1)!.Value, 1e-9);
        second.Real.ShouldBe(false);
        report.SimilarPairs.ShouldBe([new WordPair("off", "on")]);
        first.SimilarPairError!.Value.ShouldBe(0.3, 1e-12);
        (report.FinishedRuns, report.FailedRuns, report.MissingRuns).ShouldBe((4, 0, 0));
    }

    [Fact]
    public void Of_several_seeds_does_not_take_their_clips_for_more_clips()
    {
        var one = Summarize(Comparisons.Plan(["softmax", "center"]), ByLoss).Variants[1];
        var many = Summarize(Comparisons.Plan(["softmax", "center"], seeds: 7), ByLoss).Variants[1];
        many.McnemarP!.Value.ShouldBe(one.McnemarP!.Value, 1e-12);

        static JobOutcome ByLoss(ComparisonJob job) => Comparisons.Outcome(20, job.Variant.Loss == "softmax" ? 6 : 1);
    }

    [Fact]
    public void Of_several_seeds_does_not_take_them_for_more_folds()
    {
        var report = Summarize(Comparisons.Plan(["softmax", "center"], folds: 3, seeds: 2), job => Comparisons.Outcome(100,
            job.Variant.Loss == "softmax" ? 40 : 40 - 10 * job.Fold - job.Seed));
        // Seeds are 1 and 2: the mean differences of the folds are 0.115, 0.215 and 0.315.
        report.Variants[1].PairedP!.Value.ShouldBe(PairedTests.Student([0.115, 0.215, 0.315], testToTrain: 0.5)!.Value, 1e-9);
    }

    [Fact]
    public void Of_many_variants_corrects_the_tests_for_their_number()
    {
        double alone = Summarize(Comparisons.Plan(["softmax", "center"]), ByLoss).Variants[1].McnemarP!.Value;
        var report = Summarize(Comparisons.Plan(["softmax", "center", "triplet", "contrastive"]), ByLoss);
        report.Variants.Skip(1).Select(variant => variant.McnemarP!.Value).ShouldAllBe(p => Math.Abs(p - 3 * alone) < 1e-12);

        static JobOutcome ByLoss(ComparisonJob job) => Comparisons.Outcome(20, job.Variant.Loss == "softmax" ? 8 : 0);
    }

    [Fact]
    public void Of_clear_differences_calls_them_real()
    {
        var random = new Random(1);
        var report = Summarize(Comparisons.Plan(["softmax", "center"], folds: 5, seeds: 3),
            job => Comparisons.Outcome(100, (job.Variant.Loss == "softmax" ? 20 : 5) + random.Next(3)));
        report.Variants[1].Real.ShouldBe(true);
    }

    [Fact]
    public void Of_failed_and_missing_runs_names_them_and_compares_the_others()
    {
        var plan = Comparisons.Plan(["softmax", "center", "triplet"], folds: 2);
        var outcomes = plan.Jobs().Where(job => job is not { Variant.Loss: "triplet", Fold: 2 }).ToDictionary(job => job.Id,
            job => job.Variant.Loss == "center" && job.Fold == 1 ? new JobOutcome(null, "the loss became NaN.") : Comparisons.Outcome(10, job.Fold));
        var report = ComparisonSummary.Summarize(plan, outcomes);
        (report.FinishedRuns, report.FailedRuns, report.MissingRuns).ShouldBe((4, 1, 1));
        report.Variants[1].Accuracy!.Value.ShouldBe(0.8, 1e-12);
        report.Variants[1].AccuracyDifference!.Value.ShouldBe(0, 1e-12);
        // The first has 15 % errors over both folds, but over the shared one no other than the second.
        report.Variants[1].ErrorReduction!.Value.ShouldBe(0, 1e-12);
        report.Variants[1].SimilarPairErrorReduction!.Value.ShouldBe(0, 1e-12);
        report.Variants[1].PairedP.ShouldBeNull();
        report.Variants[1].Runs[0].Error.ShouldBe("the loss became NaN.");
        ComparisonTable.Markdown(report).ShouldContain("1 run failed: center, fold 1, seed 1: the loss became NaN.");
    }

    [Fact]
    public void Of_a_run_that_failed_without_a_word_can_still_be_shown()
    {
        var report = Summarize(Comparisons.Plan(["softmax"]), _ => new JobOutcome(null, null));
        ComparisonTable.Notes(report).ShouldContain("1 run failed: nothing was said of why.");
    }

    [Theory]
    [InlineData(true, "2 folds over speakers")]
    [InlineData(false, "2 folds over recordings")]
    public void Notes_say_what_the_folds_divide(bool known, string said)
    {
        var plan = Comparisons.Plan(["softmax"], folds: 2);
        if (!known) plan = plan with { Folds = [.. plan.Folds.Select(fold => fold with { Speakers = [] })] };
        ComparisonTable.Notes(Summarize(plan, _ => Comparisons.Outcome(10, 1)))[0].ShouldContain(said);
    }

    [Fact]
    public void Of_nothing_is_a_table_of_dashes()
    {
        var report = ComparisonSummary.Summarize(Comparisons.Plan(["softmax", "center"]), new Dictionary<string, JobOutcome>());
        report.Variants.ShouldAllBe(variant => variant.Accuracy == null && variant.Real == null);
        ComparisonTable.Rows(report).ShouldAllBe(row => row.Count == ComparisonTable.Columns.Count);
    }

    [Fact]
    public void SimilarPairs_are_those_that_all_variants_confuse_most()
    {
        var report = Summarize(Comparisons.Plan(["softmax", "center"]), job => job.Variant.Loss == "softmax"
            ? Comparisons.Outcome(("on", "off"), ("off", "on"), ("no", "on"), ("no", "no"))
            : Comparisons.Outcome(("on", "off"), ("off", "off"), ("no", "no"), ("no", "no")));
        report.SimilarPairs.ShouldBe([new WordPair("off", "on")]);
        // The clip of "no" belongs to no similar pair and counts nowhere.
        report.Variants.Select(variant => variant.SimilarPairError).ShouldBe([1, 0.5]);
    }

    [Fact]
    public void SimilarPairs_where_nothing_is_confused_are_the_closest()
    {
        var report = Summarize(Comparisons.Plan(["softmax"]), _ => Comparisons.Outcome(("on", "on"), ("off", "off")));
        report.SimilarPairs.ShouldBe([new WordPair("off", "on")]);
        report.Variants[0].SimilarPairError.ShouldBe(0);
    }

    [Fact]
    public void SimilarPairs_where_nothing_is_confused_are_of_words_alone()
    {
        var outcome = Comparisons.Outcome(("on", "on"), ("off", "off"));
        outcome = outcome with { Result = outcome.Result! with { WorstPair = ["_unknown_", "on"] } };
        Summarize(Comparisons.Plan(["softmax"]), _ => outcome).SimilarPairs.ShouldBeEmpty();
    }

    [Fact]
    public void ToJson_has_the_names_that_programs_read_in_the_order_given()
    {
        var json = JsonDocument.Parse(Summarize(Comparisons.Plan(["softmax", "center"]), _ => Comparisons.Outcome(10, 1)).ToJson()).RootElement;
        json.GetProperty("variants").EnumerateArray().Select(variant => variant.GetProperty("loss").GetString()).ShouldBe(["softmax", "center"]);
        string[] names = ["accuracy", "accuracyDeviation", "similarPairError", "intraInterRatio", "fewShotAccuracy", "unknownAuroc", "frrAtFar5", "secondsPerEpoch",
            "worstPairDPrime", "bestEpochAccuracy", "pairedP", "mcnemarP", "errorReduction", "runs"];
        foreach (var variant in json.GetProperty("variants").EnumerateArray())
            foreach (string name in names) variant.TryGetProperty(name, out _).ShouldBeTrue(name);
        json.GetProperty("variants")[0].GetProperty("runs")[0].EnumerateObject().Select(property => property.Name)
            .ShouldBe(["id", "fold", "seed", "accuracy", "secondsPerEpoch", "path", "error", "warnings"]);
    }

    private static ComparisonReport Summarize(ComparisonPlan plan, Func<ComparisonJob, JobOutcome> outcome) =>
        ComparisonSummary.Summarize(plan, plan.Jobs().ToDictionary(job => job.Id, outcome));
}
