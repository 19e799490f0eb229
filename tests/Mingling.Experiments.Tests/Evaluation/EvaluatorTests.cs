using System.Text.Json;
using Mingling.Audio;
using Mingling.Experiments.Evaluation;
using Mingling.Experiments.Tests.Reports;
using Mingling.Training.Encoders;
using Mingling.Training.Models;
using Mingling.Training.Recipes;
using static TorchSharp.torch;

namespace Mingling.Experiments.Tests.Evaluation;

[Collection(TorchRandom.Name)]
public class EvaluatorTests
{
    private static readonly TrainingRecipe Recipe = new() { Encoder = new EncoderSettings { Name = "tc-resnet8", Width = 0.25 } };

    /// <summary>An untrained model makes every kind of mistake; a naive count over its outputs must give the same report.</summary>
    [Fact]
    public void Evaluator_of_a_model_full_of_mistakes_agrees_with_a_naive_count()
    {
        random.manual_seed(4);
        var clips = Tones.Clips(0, 6, 4);
        string[] classes = ["fall", "flat", "rise", "上"];
        using var model = new CommandModel(Recipe, classes);
        model.Evaluating();
        var report = Evaluator.Evaluate(model, clips);

        var featurizer = new ClipFeaturizer(model.Window);
        var recognized = clips.Select(clip => classes[model.Run([featurizer.Compute(clip.Samples)])[0].Best]).ToList();
        var pairs = clips.Zip(recognized, (clip, word) => (Said: clip.Clip.Label, Recognized: word, clip.Clip.Speaker)).ToList();

        report.Clips.ShouldBe(clips.Count);
        report.Accuracy.ShouldBe(pairs.Count(p => p.Said == p.Recognized) / (double)clips.Count);
        report.Errors.Count.ShouldBe(pairs.Count(p => p.Said != p.Recognized));
        report.ConfusionMatrix.Sum(row => row.Sum()).ShouldBe(clips.Count);
        foreach (var word in report.Words)
        {
            word.Accuracy.ShouldBe(pairs.Count(p => p.Said == word.Word && p.Recognized == word.Word) / 24.0);
            int named = pairs.Count(p => p.Recognized == word.Word);
            word.Precision.ShouldBe(named == 0 ? null : pairs.Count(p => p.Said == word.Word && p.Recognized == word.Word) / (double)named);
        }
        foreach (var speaker in report.Speakers)
            speaker.Accuracy.ShouldBe(pairs.Where(p => p.Speaker == speaker.Speaker).Average(p => p.Said == p.Recognized ? 1.0 : 0.0), 1e-12);
        foreach (var confusion in report.Confusions)
            confusion.Clips.ShouldBe(pairs.Count(p => p.Said == confusion.Word && p.Recognized == confusion.Recognized));
        foreach (var pair in report.SimilarPairs)
        {
            pair.FirstAsSecond.ShouldBe(pairs.Count(p => p.Said == pair.First && p.Recognized == pair.Second) / 24.0);
            pair.SecondAsFirst.ShouldBe(pairs.Count(p => p.Said == pair.Second && p.Recognized == pair.First) / 24.0);
        }
        report.SimilarPairs.Count.ShouldBe(6);
        report.Words.Select(w => w.Accuracy).ShouldBeInOrder();
        report.Speakers.Select(s => s.Accuracy).ShouldBeInOrder();
    }

    [Fact]
    public void Evaluator_of_clips_with_other_words_leaves_them_out_and_counts_them()
    {
        using var model = new CommandModel(Recipe, ["fall", "flat"]);
        model.Evaluating();
        var report = Evaluator.Evaluate(model, Tones.Clips(0, 1, 1), unreadable: 3);
        report.Clips.ShouldBe(2);
        report.UnknownLabels.ShouldBe(2);
        report.Unreadable.ShouldBe(3);

        using var other = new CommandModel(Recipe, ["left", "right"]);
        other.Evaluating();
        Should.Throw<ArgumentException>(() => Evaluator.Evaluate(other, Tones.Clips(0, 1, 1))).Message.ShouldStartWith("none of the clips carries a word of the model; it knows left, right.");
    }

    [Fact]
    public void Report_as_json_has_the_names_that_programs_read()
    {
        using var model = new CommandModel(Recipe, ["fall", "flat", "rise", "上"]);
        model.Evaluating();
        var json = JsonDocument.Parse(Evaluator.Evaluate(model, Tones.Clips(0, 2, 2)).ToJson()).RootElement;
        json.GetProperty("clips").GetInt32().ShouldBe(16);
        json.GetProperty("accuracy").GetDouble().ShouldBeInRange(0, 1);
        json.GetProperty("words")[0].GetProperty("word").GetString().ShouldNotBeNull();
        json.GetProperty("speakers")[0].GetProperty("speaker").GetString().ShouldStartWith("s");
        json.GetProperty("confusions").ValueKind.ShouldBe(JsonValueKind.Array);
        json.GetProperty("similarPairs")[0].GetProperty("dPrime").ValueKind.ShouldNotBe(JsonValueKind.Undefined);
        json.GetProperty("distances").GetProperty("ratio").GetDouble().ShouldBeGreaterThan(0);
    }

    /// <summary>300 words have 44,850 pairs, which would be megabytes.</summary>
    [Fact]
    public void Report_of_hundreds_of_words_as_json_holds_the_pairs_that_matter_and_stays_small()
    {
        var report = MadeReports.Evaluated(MadeReports.Names(300), speakers: 20, clips: 4, error: 0.05, seed: 1);
        report = report with { SimilarPairs = [.. report.SimilarPairs.OrderByDescending(pair => pair.FirstAsSecond + pair.SecondAsFirst)] };
        report.SimilarPairs.Count.ShouldBe(300 * 299 / 2);
        string text = report.ToJson();
        text.Length.ShouldBeLessThan(400_000);
        var json = JsonDocument.Parse(text).RootElement;
        json.GetProperty("wordPairs").GetInt32().ShouldBe(300 * 299 / 2);
        var pairs = json.GetProperty("similarPairs").EnumerateArray().Select(pair => (pair.GetProperty("first").GetString(), pair.GetProperty("second").GetString())).ToHashSet();
        pairs.Count.ShouldBe(1000);
        foreach (var confusion in report.Confusions.Where(confusion => !confusion.Word.Contains('\ud800') && !confusion.Recognized.Contains('\ud800')))
            (pairs.Contains((confusion.Word, confusion.Recognized)) || pairs.Contains((confusion.Recognized, confusion.Word))).ShouldBeTrue($"{confusion}");
    }

    /// <summary>Values of Wilson's interval from Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Interval_of_a_share_is_wilsons(int hits, int all, double low, double high)
    {
        var interval = Interval.Wilson(hits, all);
        interval.Low.ShouldBe(low, 5e-5);
        interval.High.ShouldBe(high, 5e-5);
    }
}
