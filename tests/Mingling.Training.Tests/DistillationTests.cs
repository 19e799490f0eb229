using System.Runtime.InteropServices;
using Mingling.MetricLearning.Joint;
using Mingling.Training.Data;
using Mingling.Training.Encoders;
using Mingling.Training.Loop;
using Mingling.Training.Models;
using Mingling.Training.Objectives;
using Mingling.Training.Recipes;
using Mingling.Training.Runs;
using Mingling.Training.Storage;
using Mingling.Training.Tests.Support;
using static TorchSharp.torch;

namespace Mingling.Training.Tests;

[Collection(TorchRandom.Name)]
public sealed class DistillationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TrainingData _data = Tones.Data();
    private readonly RunDirectory _first, _second;

    public DistillationTests()
    {
        var large = Trainings.Recipe with { Encoder = new EncoderSettings { Name = "tc-resnet8", Width = 1 }, Epochs = 2 };
        _first = Train("first", _data, large);
        // The other teacher has the words in another order, and a classifier of cosines.
        _second = Train("second", _data with { Classes = [.. _data.Classes.Reverse()] }, large with { Seed = 2, Loss = LossExpression.Parse("arcface(scale: 8, margin: 5)") });
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Distillation_of_a_batch_is_the_divergence_from_the_mean_of_the_teachers()
    {
        const double temperature = 3, weight = 0.7;
        var recipe = Student(_first, _second) with
        {
            Loss = LossExpression.Parse("0 softmax"),
            Distillation = Student(_first, _second).Distillation with { Temperature = temperature, Weight = weight },
        };
        var run = Trainings.Begin(_folder["student"], _data, recipe);
        using var scope = NewDisposeScope();
        using var teachers = TeacherEnsemble.Load(run, null);
        using var model = new CommandModel(recipe, _data.Classes);
        using var objective = new TrainingObjective(recipe, model, teachers);
        model.Evaluating();
        var features = randn([5, 1, model.Window.Bins, model.Window.Frames]);
        var embeddings = model.Encoder.call(features).detach().requires_grad_();
        var labels = tensor(new long[] { 0, 1, 2, 3, 0 });
        objective.Distillation!.Hear(objective.Distillation.Teach(encoder => encoder.call(features)));
        var report = objective.Loss.Evaluate(embeddings, labels);
        report.Total.backward();

        double[][] taught = Mean([Teacher(_first), Teacher(_second)]);
        double[][] student = Softmax(Rows(model.Head.call(embeddings)));
        double expected = temperature * temperature * taught.Zip(student, (p, q) => p.Zip(q, (a, b) => a * Math.Log(a / b)).Sum()).Average();
        report.Values()["distillation"].ShouldBe(expected, 1e-5);
        report.Total.item<float>().ShouldBe((float)(weight * expected), 1e-5f);

        // dL/dz = weight · T² · (q − p) / (T · B), and z = W e.
        double[][] vectors = Rows(model.Head.Vectors), gradient = Rows(embeddings.grad!);
        for (int row = 0; row < 5; row++)
            for (int d = 0; d < gradient[row].Length; d++)
                gradient[row][d].ShouldBe(Enumerable.Range(0, 4).Sum(c => weight * temperature * (student[row][c] - taught[row][c]) / 5 * vectors[c][d]), 1e-6);

        double[][] Teacher(RunDirectory teacher)
        {
            using var heard = teacher.LoadModel();
            double[][] posteriors = Softmax(Rows(heard.Head.call(heard.Encoder.call(features))));
            return [.. posteriors.Select(row => _data.Classes.Select(word => row[heard.Classes.ToList().IndexOf(word)]).ToArray())];
        }

        static double[][] Softmax(double[][] logits) => [.. logits.Select(row =>
        {
            double[] powers = [.. row.Select(z => Math.Exp((z - row.Max()) / temperature))];
            return powers.Select(power => power / powers.Sum()).ToArray();
        })];

        static double[][] Mean(double[][][] all) => [.. all[0].Select((row, i) => row.Select((_, c) => all.Average(one => one[i][c])).ToArray())];
    }

    [Theory]
    [InlineData("softmax", 0.2, 0)]
    [InlineData("softmax + 0.01 center", 0, 0.9)]
    [InlineData("softmax(label-smoothing: 0) + triplet(mining: batch-hard, margin: 0.3)", 0, 0)]
    [InlineData("softmax + triplet(mining: offline)", 0, 0)]
    [InlineData("softmax + arcface(scale: 16, margin: 10)", 0, 0)]
    public void Trainer_with_teachers_can_be_interrupted_and_leaks_nothing(string loss, double mixup, double average)
    {
        var recipe = Student(_first, _second) with { Loss = LossExpression.Parse(loss), Mixup = mixup, AverageDecay = average };
        var counts = new List<long>();
        LiveTensors.CollectWhatOthersLeft();
        var whole = Train("whole", _data, recipe, new Observer { OnEpoch = _ => counts.Add(LiveTensors.Count) });
        LiveTensors.ShouldNotGrow(counts);
        whole.History().ShouldAllBe(epoch => epoch.Loss["distillation"] > 0);
        whole.History()[^1].Loss.Parts[^1].Weight.ShouldBe(recipe.Distillation.Weight);

        var cut = Trainings.Begin(_folder["cut"], _data, recipe);
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => new Trainer(_data, new Observer { Stop = stop, StopAfterSteps = 11 }).Train(cut, stop.Token));
        new Trainer(_data, new Observer()).Train(cut, TestContext.Current.CancellationToken);
        Trainings.ShouldBeEqualFiles(cut.LastPath, whole.LastPath);
        Trainings.ShouldBeEqualFiles(cut.BestPath, whole.BestPath);
        cut.History().Select(Trainings.Timeless).ShouldBe(whole.History().Select(Trainings.Timeless));
    }

    [Fact]
    public void Teachers_that_were_heard_leave_nothing_behind()
    {
        using var teachers = TeacherEnsemble.Load(Trainings.Begin(_folder["student"], _data, Student(_first, _second)), null);
        using var features = zeros(2, 1, 40, 101);
        LiveTensors.ShouldNotGrowWith(() => teachers!.Posteriors(encoder => encoder.call(features), 2).Dispose());
    }

    [Fact]
    public void Trainer_with_teachers_of_weight_zero_learns_as_without_them()
    {
        var taught = Train("taught", _data, Student(_first) with { Distillation = Student(_first).Distillation with { Weight = 0 } });
        var alone = Train("alone", _data, Trainings.Recipe);
        using var one = taught.LoadModel(last: true);
        using var other = alone.LoadModel(last: true);
        one.Head.Vectors.eq(other.Head.Vectors).all().item<bool>().ShouldBeTrue();
    }

    [Fact]
    public void Trainer_continued_with_a_changed_teacher_is_refused()
    {
        var run = Trainings.Begin(_folder["run"], _data, Student(_second, _first));
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => new Trainer(_data, new Observer { OnEpoch = _ => stop.Cancel() }).Train(run, stop.Token));
        using (var other = Safetensors.Read(_first.BestPath))
        {
            using var moved = other.Tensors["head.linear.weight"].add(1);
            Safetensors.Write(_first.BestPath, [.. other.Tensors.Where(t => t.Key != "head.linear.weight"), KeyValuePair.Create("head.linear.weight", moved)],
                other.Metadata);
        }
        Should.Throw<CheckpointException>(() => new Trainer(_data, new Observer()).Train(run, TestContext.Current.CancellationToken)).Message
            .ShouldBe($"the teacher {_first.Path} has other weights than when the run began; restore them, or begin another run.");
    }

    [Fact]
    public void Trainer_with_a_teacher_that_does_not_fit_says_why()
    {
        var student = Student(_first);
        Told(student with { Distillation = new() { Teachers = [_folder["nowhere"]] } }).ShouldContain("nowhere holds no run");
        Told(student with { Features = Audio.FeatureSettings.FromName("fbank80") }).ShouldContain("first hears other features");
        Told(student with { WindowSeconds = 1.5 }).ShouldContain("first hears 1 s and the student 1.5 s; give the student a window of 1 s.");
        Told(student with { Loss = LossExpression.Parse("triplet") }).ShouldContain("teachers guide the classifier softmax, which the loss 'triplet' does not have");
        var fewer = _data with { Classes = ["fall", "rise"], Train = [.. _data.Train.Where(clip => clip.Clip.Label is "fall" or "rise")], Validation = [] };
        var run = Trainings.Begin(_folder["fewer"], fewer, student);
        Should.Throw<CheckpointException>(() => new Trainer(fewer, new Observer()).Train(run, TestContext.Current.CancellationToken)).Message
            .ShouldContain("learned other words than the student: 0 are missing and 2 are too many, for example 'flat'");
        File.Delete(_first.BestPath);
        Told(student).ShouldContain("has no finished epoch yet");
    }

    [Fact]
    public void Teachers_of_an_encoder_for_streams_are_heard_at_each_decision_and_an_interrupted_training_goes_on()
    {
        var data = _data.WithUnknown();
        var alone = Trainings.Recipe with
        {
            Encoder = new EncoderSettings { Name = "tc-resnet8-stream", Width = 0.5 },
            Loss = LossExpression.Parse("softmax"),
            LabelSmoothing = 0,
            Negatives = new NegativeSettings { Ratio = 1 },
        };
        var teacher = Train("teacher", data, alone);
        var recipe = alone with { Seed = 5, Distillation = new DistillationSettings { Teachers = [teacher.Path] } };
        var whole = Train("whole", data, recipe);
        whole.History().ShouldAllBe(epoch => epoch.Loss["distillation"] > 0);
        // The student comes to say what its teacher says.
        whole.History()[^1].Loss["distillation"].ShouldBeLessThan(0.7 * whole.History()[0].Loss["distillation"]);

        var cut = Trainings.Begin(_folder["cut"], data, recipe);
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => new Trainer(data, new Observer { Stop = stop, StopAfterSteps = 11 }).Train(cut, stop.Token));
        new Trainer(data, new Observer()).Train(cut, TestContext.Current.CancellationToken);
        Trainings.ShouldBeEqualFiles(cut.LastPath, whole.LastPath);

        var clips = Train("clips", data, alone with { Encoder = new EncoderSettings { Name = "tc-resnet8", Width = 0.5 } });
        var run = Trainings.Begin(_folder["refused"], data, recipe with { Distillation = new DistillationSettings { Teachers = [clips.Path] } });
        Should.Throw<CheckpointException>(() => new Trainer(data, new Observer()).Train(run, TestContext.Current.CancellationToken)).Message
            .ShouldContain("is a tc-resnet8, and tc-resnet8-stream learns to decide in running sound every 8 frames; take teachers that decide as often");
    }

    private string Told(TrainingRecipe recipe)
    {
        var run = Trainings.Begin(_folder["told"], _data, recipe);
        return Should.Throw<CheckpointException>(() => new Trainer(_data, new Observer()).Train(run, TestContext.Current.CancellationToken)).Message;
    }

    private static TrainingRecipe Student(params RunDirectory[] teachers) =>
        Trainings.Recipe with { Distillation = new DistillationSettings { Teachers = [.. teachers.Select(teacher => teacher.Path)] } };

    private RunDirectory Train(string name, TrainingData data, TrainingRecipe recipe, Observer? observer = null)
    {
        var run = Trainings.Begin(_folder[name], data, recipe);
        new Trainer(data, observer ?? new Observer()).Train(run, TestContext.Current.CancellationToken);
        return run;
    }

    private static double[][] Rows(Tensor matrix)
    {
        using var whole = matrix.detach().contiguous();
        float[] values = MemoryMarshal.Cast<byte, float>(whole.bytes).ToArray();
        return [.. values.Chunk((int)matrix.shape[1]).Select(row => row.Select(value => (double)value).ToArray())];
    }
}
