using Mingling.Corpora;
using Mingling.Experiments.Evaluation;
using Mingling.Training.Models;
using Mingling.Training.Runs;

namespace Mingling.Experiments.Comparison;

/// <summary>Measures a finished run of a comparison.</summary>
internal static class JobMeasurement
{
    private const int Shots = 5, Repeats = 10;
    private const double AcceptanceRate = 0.05;

    /// <param name="model">The model with the weights to be judged.</param>
    /// <param name="validation">Clips of words that it learned, at least one.</param>
    /// <param name="held">Clips of words that it did not learn; empty to leave out what is measured by them.</param>
    /// <param name="history">The run's epochs.</param>
    public static JobResult Measure(
        CommandModel model, IReadOnlyList<LoadedClip> validation, IReadOnlyList<LoadedClip> held, IReadOnlyList<EpochReport> history)
    {
        var index = ClassNumbers.ByName(model.Classes);
        var judged = Evaluator.Judge(model, validation);
        ClipOutput[] outputs = [.. judged.Select(clip => clip.Output)];
        int[] said = [.. judged.Select(clip => index[clip.Word])], recognized = [.. outputs.Select(output => output.Best)];
        var geometry = Evaluator.Geometry(outputs, said);
        var worst = geometry.Pairs.FirstOrDefault(pair => pair.DPrime is not null);
        var unknown = held.Count == 0 ? [] : Evaluator.Judge(model, held);
        var refusal = Refusal(model.Classes, [.. judged.Where(clip => OpenSetEvaluator.IsWord(clip.Word))], unknown);
        return new JobResult
        {
            Accuracy = said.Zip(recognized).Count(pair => pair.First == pair.Second) / (double)said.Length,
            BestEpochAccuracy = history.Max(epoch => epoch.ValidationAccuracy),
            SecondsPerEpoch = history.Average(epoch => epoch.Seconds),
            IntraInterRatio = geometry.IntraToInterRatio,
            WorstPairDPrime = worst?.DPrime,
            WorstPair = worst is null ? [] : [model.Classes[(int)worst.First], model.Classes[(int)worst.Second]],
            FewShotAccuracy = FewShot(unknown),
            UnknownAuroc = refusal?.Auroc,
            FrrAtFar5 = refusal?.Frr[AcceptanceRate],
            Classes = model.Classes,
            Said = said,
            Recognized = recognized,
        };
    }

    /// <summary>Words with too few clips to enrol and test are left out.</summary>
    private static double? FewShot(IReadOnlyList<JudgedClip> held)
    {
        var words = held.GroupBy(clip => clip.Word).Where(word => word.Count() > Shots).ToList();
        if (words.Count < 2) return null;
        var options = new FewShotOptions { Shots = Shots, Repeats = Repeats, Episodes = 0 };
        var report = FewShotEvaluator.Evaluate([.. words.SelectMany(word => word)], [], options);
        return report.Scores.Single(score => score.Name == "class-mean").Accuracy.Mean;
    }

    private static RefusalFigures? Refusal(IReadOnlyList<string> classes, IReadOnlyList<JudgedClip> known, IReadOnlyList<JudgedClip> unknown)
    {
        if (known.Count == 0 || unknown.Count == 0) return null;
        var scores = SoftmaxScores.For([.. classes.Where(OpenSetEvaluator.IsWord)], [], classes).Scores!;
        return OpenSetFigures.Measure([.. known.Select(scores.Score)], [.. unknown.Select(scores.Score)]).Refusal;
    }
}
