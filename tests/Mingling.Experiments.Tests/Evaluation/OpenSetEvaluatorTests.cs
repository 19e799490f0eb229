using Mingling.Experiments.Evaluation;

namespace Mingling.Experiments.Tests.Evaluation;

public class OpenSetEvaluatorTests
{
    private static readonly string[] Classes = ["no", "_unknown_", "go"];

    [Fact]
    public void Figures_are_those_of_the_naive_twin_and_lie_in_their_intervals()
    {
        List<JudgedClip> known = MadeClips.Of(["go", "no"], 40, 1).WithPosteriors(3, 1), unknown = MadeClips.Of(["x", "_unknown_"], 30, 1).WithPosteriors(3, 2);
        var report = OpenSetEvaluator.Evaluate(known, unknown, Classes);
        (report.KnownClips, report.UnknownClips).ShouldBe((80, 60));
        report.KnownWords.ShouldBe(["go", "no"]);
        report.UnknownWords.ShouldBe(["_unknown_", "x"]);

        (double, bool) Judge(JudgedClip clip) => clip.Output.Posteriors[2] > clip.Output.Posteriors[0]
            ? (clip.Output.Posteriors[2], clip.Word == "go") : (clip.Output.Posteriors[0], clip.Word == "no");
        var score = report.Score;
        var figures = new OpenSetFigures(score.Accuracy.Mean, new RefusalFigures(score.Auroc!.Mean, score.Eer!.Mean,
            score.Frr!.ToDictionary(pair => pair.Key, pair => pair.Value.Mean), score.AccuracyAtFar5!.Mean));
        NaiveOpenSet.Check(figures, [.. known.Select(Judge)], [.. unknown.Select(Judge)]);

        Estimate[] estimates = [score.Accuracy, score.Auroc, score.Eer, score.AccuracyAtFar5, .. score.Frr!.Values];
        foreach (var estimate in estimates)
        {
            estimate.Mean.ShouldBeInRange(estimate.Low!.Value, estimate.High!.Value);
            (estimate.High - estimate.Low).ShouldNotBeNull().ShouldBeInRange(0.05, 0.5);
        }
        OpenSetEvaluator.Evaluate(known, unknown, Classes).Score.Auroc.ShouldBe(score.Auroc);
        OpenSetEvaluator.Evaluate(known, unknown, Classes, seed: 2).Score.Auroc.ShouldNotBe(score.Auroc);
    }

    [Fact]
    public void Words_on_the_wrong_side_are_refused_by_name()
    {
        List<JudgedClip> known = MadeClips.Of(["go"], 3, 1).WithPosteriors(3, 1), unknown = MadeClips.Of(["x"], 3, 1).WithPosteriors(3, 2);
        Refused(unknown, unknown).ShouldStartWith("'x' is no word of the model");
        Refused(known, known).ShouldStartWith("'go' is a word of the model, so that it cannot be unknown.");
        Refused([], unknown).ShouldStartWith("there are no clips of known words.");
        Refused(known, []).ShouldStartWith("there are no clips of unknown words.");
    }

    private static string Refused(List<JudgedClip> known, List<JudgedClip> unknown) =>
        Should.Throw<ArgumentException>(() => OpenSetEvaluator.Evaluate(known, unknown, Classes)).Message;
}
