using Mingling.Training.Export;
using Mingling.Training.Loop;
using Mingling.Training.Models;
using Mingling.Training.Recipes;
using Mingling.Training.Runs;
using Mingling.Training.Storage;
using Mingling.Training.Tests.Support;

namespace Mingling.Training.Tests;

[Collection(TorchRandom.Name)]
public sealed class HeldBackTests : IDisposable
{
    private const int Rate = 16_000;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Split_keeps_an_eighth_of_what_people_say_and_loses_nothing()
    {
        // Twenty given recordings, one of them long, and sixteen made.
        float[][] sounds = [.. Enumerable.Range(0, 36).Select(i => Enumerable.Repeat((float)i, i == 3 ? 80 * Rate : Rate).ToArray())];
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"{i}.wav")];
        var (data, back) = HeldBack.Split(Tones.Data() with { Negatives = sounds, NegativeNames = names }, Rate);
        back.Sounds.Select(sound => sound[0]).ShouldBe([3, 7, 15]);
        (back.Sounds[0].Length, data.Negatives[3].Length).ShouldBe((10 * Rate, 70 * Rate));
        data.Negatives.Count.ShouldBe(36 - 2);
        data.NegativeNames.ShouldBe(names.Where((_, i) => i is not (7 or 15)));
        data.Negatives.Take(18).Select(sound => $"{sound[0]}.wav").ShouldBe(data.NegativeNames);
    }

    /// <summary>Two collections, thirty languages in each, two folders of a speaker in each language.</summary>
    [Fact]
    public void Split_keeps_back_whole_speakers_where_folders_tell_them()
    {
        string[] names = [.. Enumerable.Range(0, 60).SelectMany(speaker => new[] { "letters", "words/long" }.Select(kind => $"/share/{speaker % 2}/{speaker:00}/{kind}/a.wav"))];
        float[][] sounds = [.. names.Select((_, i) => new float[] { i })];
        var (data, back) = HeldBack.Split(Tones.Data() with { Negatives = sounds, NegativeNames = names }, Rate);
        string[] backNames = [.. back.Sounds.Select(sound => names[(int)sound[0]])];
        backNames.Length.ShouldBe(14);
        // Nobody is on both sides.
        backNames.Select(Speaker).Intersect(data.NegativeNames.Select(Speaker)).ShouldBeEmpty();
        data.Negatives.Select(sound => names[(int)sound[0]]).ShouldBe(data.NegativeNames);
        data.Negatives.Count.ShouldBe(names.Length - 14);

        static string Speaker(string name) => name.Split('/')[3];
    }

    [Fact]
    public void The_threshold_of_a_run_is_that_of_its_file()
    {
        var data = Tones.Data().WithUnknown();
        var recipe = Trainings.Recipe with { Epochs = 1, Loss = MetricLearning.Joint.LossExpression.Parse("softmax"), Negatives = new NegativeSettings { Ratio = 1 } };
        var run = Trainings.Begin(_folder["run"], data, recipe);
        new Trainer(data, new Observer()).Train(run, TestContext.Current.CancellationToken);
        Threshold(run).ShouldBe(0.9);
        new StreamThreshold(0.777, 0.5, 0.3).Write(run.ThresholdPath);
        Threshold(run).ShouldBe(0.777);
        StreamThreshold.Read(run.ThresholdPath).ShouldBe(new StreamThreshold(0.777, 0.5, 0.3));
        string whole = File.ReadAllText(run.ThresholdPath);
        foreach (string changed in ChangedJson.Of(whole).Append("null").Append("[]").Append("").Append("{"))
        {
            File.WriteAllText(run.ThresholdPath, changed);
            try
            {
                StreamThreshold.Read(run.ThresholdPath).Threshold.ShouldBeInRange(double.Epsilon, 1, changed);
            }
            catch (CheckpointException e)
            {
                e.Message.ShouldStartWith(run.ThresholdPath);
            }
        }
        File.WriteAllText(run.ThresholdPath, whole);

        foreach (string broken in new[] { "", "null", "{}", "[1]", """{"threshold":1.5,"falseAlarmsPerHour":0.5,"hours":1}""", """{"threshold":"x","falseAlarmsPerHour":0.5,"hours":1}""", """{"threshold":0.5,"falseAlarmsPerHour":0,"hours":1}""" })
        {
            File.WriteAllText(run.ThresholdPath, broken);
            Should.Throw<CheckpointException>(() => run.LoadModel().Dispose()).Message.ShouldContain("threshold.json cannot be read");
        }
    }

    [Fact]
    public void Find_tells_nothing_where_nothing_was_held_back()
    {
        using var model = new CommandModel(Trainings.Recipe with { Negatives = new NegativeSettings { Ratio = 1 } }, Tones.Data().WithUnknown().Classes);
        model.Evaluating();
        new HeldBack(Rate, []).Find(model).ShouldBeNull();
    }

    private static double Threshold(RunDirectory run)
    {
        using var model = run.LoadModel();
        using var recognizer = ModelExporter.ToRecognizer(model, "run");
        return recognizer.Card.Background!.Threshold;
    }
}
