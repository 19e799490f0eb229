using Mingling.MetricLearning.Joint;
using Mingling.Training.Loop;
using Mingling.Training.Models;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Keys;
using Mingling.Training.Runs;
using Mingling.Training.Storage;
using Mingling.Training.Tests.Support;

namespace Mingling.Training.Tests;

/// <summary>Runs whose model is made of several trainings.</summary>
[Collection(TorchRandom.Name)]
public class MembersTests
{
    private const int Epochs = 4;

    private static readonly TrainingRecipe Three = Trainings.Recipe with { Epochs = Epochs, Members = 3 };

    [Fact]
    public void The_first_member_is_the_training_alone_and_the_others_differ_by_their_seed()
    {
        using var folder = new TemporaryFolder();
        var alone = Train(folder["alone"], Three with { Members = 1 });
        var run = Train(folder["run"], Three);

        RunDirectory[] members = [.. run.Members];
        members.Select(member => member.Path).ShouldBe([run.Path, Path.Combine(run.Path, "member-2"), Path.Combine(run.Path, "member-3")]);
        Trainings.ShouldBeEqualFiles(run.BestPath, alone.BestPath);
        members.Select(member => Convert.ToBase64String(File.ReadAllBytes(member.BestPath))).Distinct().Count().ShouldBe(3);
        members.Select(member => member.Manifest.Recipe.Seed).Distinct().Count().ShouldBe(3);
        // Those of the next seed are others too: a spread over seeds counts nothing twice.
        var next = Trainings.Begin(folder["next"], Tones.Data(), Three with { Seed = Three.Seed + 1 });
        members.Concat(next.Members).Select(member => member.Manifest.Recipe.Seed).Distinct().Count().ShouldBe(6);
    }

    [Theory]
    [InlineData("softmax")]
    [InlineData("arcface(scale: 16, margin: 11)")]
    public void Its_model_has_the_mean_logits_of_all_members(string loss)
    {
        using var folder = new TemporaryFolder();
        var run = Train(folder["run"], Three with { Loss = LossExpression.Parse(loss) });
        float[][] clips = [.. Tones.Clips(5, 2, 1).Select(clip => clip.Samples)];
        IReadOnlyList<ClipOutput>[] alone = [.. run.Members.Select(member =>
        {
            using var one = member.LoadMember(last: false, catalog: null);
            return one.Recognize(clips);
        })];

        using var model = run.LoadModel();
        var heard = model.Recognize(clips);
        for (int clip = 0; clip < clips.Length; clip++)
        {
            double[] means = [.. heard[clip].Posteriors.Select((_, c) => Math.Exp(alone.Average(one => Math.Log(one[clip].Posteriors[c]))))];
            heard[clip].Posteriors.Select(p => (double)p).ShouldBe(means.Select(mean => mean / means.Sum()), 1e-5);
        }
    }

    [Fact]
    public void Observers_and_the_history_see_one_training_whose_epochs_are_counted_through()
    {
        using var folder = new TemporaryFolder();
        var (starts, epochs) = (new List<TrainingStart>(), new List<int>());
        var data = Tones.Data();
        var run = Trainings.Begin(folder["run"], data, Three);
        var history = new Trainer(data, new Observer { OnStarted = starts.Add, OnEpoch = epoch => epochs.Add(epoch.Epoch) }).Train(run, TestContext.Current.CancellationToken);

        int[] all = [.. Enumerable.Range(1, 3 * Epochs)];
        epochs.ShouldBe(all);
        history.Select(epoch => epoch.Epoch).ShouldBe(all);
        run.History().ShouldBe(history);
        var start = starts.ShouldHaveSingleItem();
        (start.FirstEpoch, start.Epochs).ShouldBe((1, 3 * Epochs));
        long alone = 0;
        new Trainer(data, new Observer { OnStarted = begun => alone = begun.Parameters })
            .Train(Trainings.Begin(folder["alone"], data, Three with { Members = 1, Epochs = 1 }), TestContext.Current.CancellationToken);
        start.Parameters.ShouldBe(3 * alone);
    }

    [Fact]
    public void A_training_that_is_stopped_anywhere_ends_with_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        var data = Tones.Data();
        var whole = Train(folder["whole"], Three);
        var run = Trainings.Begin(folder["cut"], data, Three);
        var firsts = new List<int>();
        // In the first epoch of a member, between two members, in the middle of one.
        foreach (int epoch in new[] { 1, Epochs, Epochs + 1, (2 * Epochs) + 2 })
        {
            using var stop = new CancellationTokenSource();
            Should.Throw<OperationCanceledException>(() => new Trainer(data, new Observer
            {
                OnStarted = start => firsts.Add(start.FirstEpoch),
                OnEpoch = done => { if (done.Epoch == epoch) stop.Cancel(); },
            }).Train(run, stop.Token));
            run = RunDirectory.Open(run.Path);
            run.History().Count.ShouldBe(epoch);
        }
        new Trainer(data, new Observer { OnStarted = start => firsts.Add(start.FirstEpoch) }).Train(run, TestContext.Current.CancellationToken);

        firsts.ShouldBe([1, 2, Epochs + 1, Epochs + 2, (2 * Epochs) + 3]);
        foreach (var (member, same) in run.Members.Zip(whole.Members))
        {
            Trainings.ShouldBeEqualFiles(member.BestPath, same.BestPath);
            Trainings.ShouldBeEqualFiles(member.LastPath, same.LastPath);
        }
        run.History().Select(Trainings.Timeless).ShouldBe(whole.History().Select(Trainings.Timeless));
    }

    [Fact]
    public void A_run_in_training_has_the_model_of_its_finished_members()
    {
        using var folder = new TemporaryFolder();
        var data = Tones.Data();
        var run = Trainings.Begin(folder["run"], data, Three);
        foreach (var (stopAt, members) in new[] { (2, 1), (Epochs + 2, 1), ((2 * Epochs) + 1, 2) })
        {
            using var stop = new CancellationTokenSource();
            Should.Throw<OperationCanceledException>(() => new Trainer(data, new Observer { OnEpoch = done => { if (done.Epoch == stopAt) stop.Cancel(); } }).Train(run, stop.Token));
            using var one = run.LoadMember(last: false, catalog: null);
            using var model = run.LoadModel();
            model.Encoder.EmbeddingSize.ShouldBe(members * one.Encoder.EmbeddingSize);
        }
    }

    [Fact]
    public void A_run_that_begins_with_one_of_several_members_takes_the_first()
    {
        using var folder = new TemporaryFolder();
        var origin = Train(folder["origin"], Three);
        var recipe = Trainings.Recipe with { Epochs = 1, From = origin.Path, Optimizer = Trainings.Recipe.Optimizer with { LearningRate = 1e-9 } };
        using var model = Train(folder["run"], recipe).LoadModel();
        using var first = origin.LoadMember(last: false, catalog: null);
        float difference = (first.Head.Vectors - model.Head.Vectors).abs().max().item<float>();
        difference.ShouldBeLessThan(1e-6f);
    }

    [Fact]
    public void Several_members_teach_together_and_are_known_again()
    {
        using var folder = new TemporaryFolder();
        var data = Tones.Data();
        var teacher = Train(folder["teacher"], Three);
        var recipe = Trainings.Recipe with { Distillation = new DistillationSettings { Teachers = [teacher.Path] } };
        var run = Trainings.Begin(folder["run"], data, recipe);
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => new Trainer(data, new Observer { OnEpoch = _ => stop.Cancel() }).Train(run, stop.Token));
        run.History()[0].Loss["distillation"].ShouldBeGreaterThan(0);

        File.Copy(teacher.BestPath, teacher.Members.Last().BestPath, overwrite: true);
        Should.Throw<CheckpointException>(() => new Trainer(data, new Observer()).Train(run, TestContext.Current.CancellationToken)).Message.ShouldContain("has other weights than when the run began");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public void Members_out_of_range_are_refused(int members) =>
        Should.Throw<ArgumentException>(() => (Three with { Members = members }).Validate()).Message.ShouldContain($"members must be a whole number from 1 to 16, not {members}");

    [Fact]
    public void A_run_of_two_does_not_go_on_as_one_of_three()
    {
        var request = new TrainingRequest { Corpus = new() { Path = "" }, RunPath = "", Recipe = Three, Version = "test", Given = ["members"] };
        Should.Throw<ArgumentException>(() => ResumeCheck.RequireSameSettings(Three with { Members = 2 }, request)).Message.ShouldContain("members");
    }

    private static RunDirectory Train(string path, TrainingRecipe recipe)
    {
        var data = Tones.Data();
        var run = Trainings.Begin(path, data, recipe);
        new Trainer(data, new Observer()).Train(run, TestContext.Current.CancellationToken);
        return run;
    }
}
