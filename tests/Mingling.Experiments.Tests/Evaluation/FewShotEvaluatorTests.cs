using System.Text.Json;
using Mingling.Experiments.Evaluation;
using Mingling.Training.Models;

namespace Mingling.Experiments.Tests.Evaluation;

public class FewShotEvaluatorTests
{
    private static readonly string[] Known = ["go", "no", "上", "下"];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(8, 5)]
    public void Figures_of_every_repetition_are_those_of_the_naive_twin(int shots, int neighbors)
    {
        List<JudgedClip> known = MadeClips.Of(Known, 12, 1.5).WithPosteriors(5, 2), unknown = MadeClips.Of(["x", "y"], 15, 1.5, 7).WithPosteriors(5, 3);
        string[] classes = ["no", "下", "other", "go", "上"];
        float[][] cohort = [.. MadeClips.Of(["u", "v", "w"], 8, 1.5, 11).Select(clip => clip.Output.Embedding)];
        var options = new FewShotOptions { Shots = shots, Neighbors = neighbors, Repeats = 4, Seed = 5, Classes = classes, Cohort = cohort, Episodes = 0 };
        var report = FewShotEvaluator.Evaluate(known, unknown, options);

        var draws = FewShotEvaluator.Draws(new FewShotWords(known, shots), options);
        report.Scores.Select(score => score.Name).ShouldBe(["enrolled", "class-mean", "knn", "softmax"]);
        for (int r = 0; r < 4; r++)
        {
            JudgedClip[] enrolled = [.. draws[r].Enrolled.Select(i => known[i])], tested = [.. draws[r].Tested.Select(i => known[i])];
            Check(0, clip => NaiveOpenSet.ByEnrollment(clip, enrolled, cohort));
            Check(1, clip => NaiveOpenSet.ByClassMean(clip, enrolled));
            Check(2, clip => NaiveOpenSet.ByNeighbors(clip, enrolled, neighbors));
            Check(3, clip =>
            {
                string best = Known.MaxBy(word => clip.Output.Posteriors[Array.IndexOf(classes, word)])!;
                return (clip.Output.Posteriors[Array.IndexOf(classes, best)], best == clip.Word);
            });

            void Check(int way, Func<JudgedClip, (double, bool)> judge) =>
                NaiveOpenSet.Check(report.Scores[way].Repetitions[r], [.. tested.Select(judge)], [.. unknown.Select(judge)]);
        }
        foreach (var score in report.Scores)
        {
            score.Accuracy.ShouldBe(Estimate.OfMean([.. score.Repetitions.Select(f => f.Accuracy)]));
            score.Frr!.Keys.ShouldBe([0.01, 0.025, 0.05, 0.1]);
            score.Frr[0.05].ShouldBe(Estimate.OfMean([.. score.Repetitions.Select(f => f.Refusal!.Frr[0.05])]));
        }
    }

    [Fact]
    public void Draws_enrol_K_clips_of_each_word_and_test_all_others()
    {
        var clips = MadeClips.Of(Known, 9, 1);
        var options = new FewShotOptions { Shots = 2, Repeats = 300 };
        var draws = FewShotEvaluator.Draws(new FewShotWords(clips, 2), options);
        foreach (var draw in draws)
        {
            draw.Enrolled.GroupBy(i => clips[i].Word).Select(group => group.Count()).ShouldBe([2, 2, 2, 2]);
            draw.Enrolled.Concat(draw.Tested).Order().ShouldBe(Enumerable.Range(0, clips.Count));
        }
        // Each clip is enrolled in 2 of 9 draws: 67 of 300, deviation 7.
        foreach (var group in draws.SelectMany(draw => draw.Enrolled).GroupBy(i => i)) group.Count().ShouldBeInRange(35, 100);
    }

    /// <summary>Every clip has a direction of its own: only an enrolled clip that is tested could be nearer to its word than to others.</summary>
    [Fact]
    public void Enrolled_clips_are_never_tested()
    {
        var clips = MadeClips.Of(Known, 10, 1).Select((clip, i) =>
            clip with { Output = new ClipOutput([], [.. Enumerable.Range(0, 40).Select(k => k == i ? 1f : 0)]) }).ToList();
        var report = FewShotEvaluator.Evaluate(clips, [], new FewShotOptions { Shots = 3, Neighbors = 1 });
        // All distances are equal: the first enrolled clip wins each vote. Means differ in their last digits, so that chance decides.
        report.Scores[2].Accuracy.ShouldBe(new Estimate(0.25, 0.25, 0.25));
        report.Accuracy.ShouldBe(0.25, 0.1);
        report.TestedClips.ShouldBe(28);
    }

    [Fact]
    public void Perfect_embeddings_are_always_right_and_refuse_everything_else()
    {
        var report = FewShotEvaluator.Evaluate(MadeClips.Of(Known, 8, 0), MadeClips.Of(["x"], 20, 0, 9), new FewShotOptions { Shots = 1 });
        foreach (var score in report.Scores)
        {
            score.Accuracy.ShouldBe(new Estimate(1, 1, 1));
            score.Auroc.ShouldBe(new Estimate(1, 1, 1));
            score.Eer!.Mean.ShouldBe(0);
            score.Frr![0.01].Mean.ShouldBe(0);
            score.AccuracyAtFar5!.Mean.ShouldBe(1);
        }
        (report.Accuracy, report.Auroc, report.Eer).ShouldBe((1.0, 1.0, 0.0));
        report.Episodes!.Accuracy.Mean.ShouldBe(1);
    }

    [Fact]
    public void Random_embeddings_do_as_well_as_chance()
    {
        var report = FewShotEvaluator.Evaluate(MadeClips.Of(Known, 100, 1e4), MadeClips.Of(["x"], 200, 1e4, 9), new FewShotOptions());
        foreach (var score in report.Scores)
        {
            score.Accuracy.Mean.ShouldBe(0.25, 0.06);
            score.Auroc!.Mean.ShouldBe(0.5, 0.06);
        }
        report.Episodes!.Accuracy.Mean.ShouldBe(0.25, 0.04);
        report.Episodes.ShouldSatisfyAllConditions(e => e.Ways.ShouldBe(4), e => e.FewestQueries.ShouldBe(15), e => e.Episodes.ShouldBe(200));
    }

    [Fact]
    public void The_length_of_embeddings_does_not_matter()
    {
        List<JudgedClip> known = MadeClips.Of(Known, 9, 1.5), unknown = MadeClips.Of(["x"], 9, 1.5, 3);
        var report = FewShotEvaluator.Evaluate(known, unknown, new FewShotOptions { Shots = 2 });
        JudgedClip Stretched(JudgedClip clip, int i) => clip with { Output = new ClipOutput([], [.. clip.Output.Embedding.Select(x => x * (1 << i % 7))]) };
        FewShotEvaluator.Evaluate([.. known.Select(Stretched)], [.. unknown.Select(Stretched)], new FewShotOptions { Shots = 2 }).ToJson().ShouldBe(report.ToJson());
    }

    [Fact]
    public void The_same_seed_gives_the_same_report_and_another_does_not()
    {
        List<JudgedClip> known = MadeClips.Of(Known, 12, 1.5), unknown = MadeClips.Of(["x"], 9, 1.5, 3);
        string Json(ulong seed) => FewShotEvaluator.Evaluate(known, unknown, new FewShotOptions { Shots = 2, Seed = seed }).ToJson();
        Json(3).ShouldBe(Json(3));
        double[] Accuracies(ulong seed) =>
            [.. FewShotEvaluator.Evaluate(known, unknown, new FewShotOptions { Shots = 2, Seed = seed }).Scores[0].Repetitions.Select(f => f.Accuracy)];
        Accuracies(3).ShouldNotBe(Accuracies(4));
    }

    [Fact]
    public void Episodes_of_words_with_few_clips_test_what_is_left()
    {
        List<JudgedClip> clips = [.. MadeClips.Of(["a", "b"], 30, 0), .. MadeClips.Of(["c"], 4, 0, 5)];
        var episodes = FewShotEvaluator.Evaluate(clips, [], new FewShotOptions { Shots = 3, Ways = 2, Episodes = 20 }).Episodes.ShouldNotBeNull();
        (episodes.Ways, episodes.Queries, episodes.FewestQueries, episodes.Episodes).ShouldBe((2, 15, 1, 20));
    }

    [Theory]
    [InlineData("go,no,上,下", "x", "no,下,go,上", null)]
    [InlineData("go,no", "x", "no", "'go' is no class of the model")]
    [InlineData("go,no", "x", "no,go,x", "'x' is unknown here, but a class of the model")]
    [InlineData("go,no", "x", "", "the classes of the model were not given")]
    public void Softmax_scores_are_left_out_with_a_reason(string known, string unknown, string classes, string? reason)
    {
        string[] names = classes.Split(',', StringSplitOptions.RemoveEmptyEntries);
        var report = FewShotEvaluator.Evaluate(MadeClips.Of(known.Split(','), 5, 1).WithPosteriors(names.Length, 1),
            MadeClips.Of([unknown], 5, 1).WithPosteriors(names.Length, 1), new FewShotOptions { Shots = 1, Classes = names });
        report.NoSoftmax.ShouldBe(reason);
        report.Scores.Count.ShouldBe(reason is null ? 4 : 3);
    }

    [Fact]
    public void Json_has_the_names_that_programs_read_and_null_without_unknown_words()
    {
        var report = FewShotEvaluator.Evaluate(MadeClips.Of(Known, 8, 1), MadeClips.Of(["x"], 8, 1, 2), new FewShotOptions { Shots = 2 });
        var json = JsonDocument.Parse(report.ToJson()).RootElement;
        foreach (string name in new[] { "shots", "repeats", "clips", "accuracy", "auroc", "eer" }) json.GetProperty(name).ValueKind.ShouldBe(JsonValueKind.Number);
        json.GetProperty("knownWords").EnumerateArray().Select(word => word.GetString()).ShouldBe(Known);
        var score = json.GetProperty("scores")[0];
        score.GetProperty("name").GetString().ShouldBe("enrolled");
        foreach (var figure in new[] { score.GetProperty("accuracy"), score.GetProperty("frr").GetProperty("0.025"), score.GetProperty("accuracyAtFar5") })
            figure.GetProperty("low").GetDouble().ShouldBeLessThanOrEqualTo(figure.GetProperty("high").GetDouble());
        json.GetProperty("episodes").GetProperty("accuracy").GetProperty("mean").GetDouble().ShouldBeInRange(0, 1);

        json = JsonDocument.Parse(FewShotEvaluator.Evaluate(MadeClips.Of(Known, 8, 1), [], new FewShotOptions { Shots = 2, Episodes = 0 }).ToJson()).RootElement;
        foreach (string name in new[] { "auroc", "eer", "episodes" }) json.GetProperty(name).ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("scores")[0].GetProperty("frr").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void Clips_that_do_not_suffice_are_refused_by_name()
    {
        List<JudgedClip> clips = [.. MadeClips.Of(["a"], 9, 1), .. MadeClips.Of(["b"], 5, 1)];
        Refused(clips, [], 5).ShouldStartWith("'b' has 5 clips, of which 5 cannot be enrolled with one left to test; enrol at most 4, or leave the word out.");
        FewShotEvaluator.Evaluate(clips, [], new FewShotOptions { Shots = 4 }).TestedClips.ShouldBe(6);
        Refused(clips[..9], [], 1).ShouldStartWith("'a' is the only known word");
        Refused([], [], 1).ShouldStartWith("there are no clips of known words");
        Refused(clips, clips[..1], 1).ShouldStartWith("'a' is both known and unknown");
        Refused([.. clips, clips[0] with { Output = new ClipOutput([], [1f]) }], [], 1).ShouldContain("8 and 1");
        Refused(clips, [new JudgedClip("x", new ClipOutput([], [1f]))], 1).ShouldContain("dimension");
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        var clips = MadeClips.Of(Known, 5, 1);
        FewShotOptions[] wrong = [new() { Shots = 0 }, new() { Repeats = 0 }, new() { Neighbors = 0 }, new() { Ways = 1 }, new() { Queries = 0 }, new() { Episodes = -1 }];
        foreach (var options in wrong) Should.Throw<ArgumentOutOfRangeException>(() => FewShotEvaluator.Evaluate(clips, [], options));
    }

    private static string Refused(List<JudgedClip> known, List<JudgedClip> unknown, int shots) =>
        Should.Throw<ArgumentException>(() => FewShotEvaluator.Evaluate(known, unknown, new FewShotOptions { Shots = shots })).Message;
}
