using Mingling.Audio;
using Mingling.Training.Data;
using Mingling.Training.Graphs;
using Mingling.Training.Graphs.Onnx;
using Mingling.Training.Loop;
using Mingling.Training.Objectives;
using Mingling.Training.Recipes;
using Mingling.Training.Runs;
using Mingling.Training.Storage;
using Mingling.Training.Tests.Support;
using static TorchSharp.torch;

namespace Mingling.Training.Tests;

[Collection(TorchRandom.Name)]
public sealed class EmbeddingTeacherTests : IDisposable
{
    private const int Hop = 4000, Window = 2;

    private readonly TemporaryFolder _folder = new();
    private readonly TrainingData _data = Tones.Data(3, 1, 2);

    public EmbeddingTeacherTests()
    {
        WriteTeacher();
        Describe();
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The features are blocks of samples, an embedding the sum and twice the sum of two blocks: easy to compute by hand.</summary>
    [Fact]
    public void Embed_is_the_mean_over_the_windows_of_scaled_features()
    {
        using var teacher = new EmbeddingTeacher(_folder["teacher.onnx"], 16_000);
        float[] samples = [.. Enumerable.Range(0, 4 * Hop).Select(i => (float)Math.Sin(i * i * 1e-5))];
        double[] blocks = [.. samples.Chunk(Hop).Select(block => block.Sum(x => 0.5 * (3 * (double)x) + 1))];
        double expected = Enumerable.Range(0, 3).Average(i => blocks[i] + blocks[i + 1]);
        float[] embedding = teacher.Embed(samples);
        ((double)embedding[0]).ShouldBe(expected, Math.Abs(expected) * 1e-4);
        ((double)embedding[1]).ShouldBe(2 * expected, Math.Abs(expected) * 1e-4);
    }

    [Fact]
    public void Targets_are_standardized_and_kept_with_the_run()
    {
        var run = Begin("run", _folder["teacher.onnx"]);
        var window = new ClipWindow(FeatureSettings.LogMel40, 1);
        using (var targets = EmbeddingTargets.Load(run, _data, window, 2, CancellationToken.None)!)
        {
            using var all = targets.Of([.. Enumerable.Range(0, _data.Train.Count).Select(i => (long)i)]);
            all.mean([0]).abs().max().item<float>().ShouldBeLessThan(1e-5f);
            all.square().mean([0]).allclose(ones(2), 1e-4, 1e-4).ShouldBeTrue();
        }
        // A student that goes on needs the description, and no sound again.
        using var again = EmbeddingTargets.Load(run, _data with { Train = [.. _data.Train.Select(clip => clip with { Samples = [] })] }, window, 1, CancellationToken.None)!;
        again.Size.ShouldBe(2);
        File.WriteAllBytes(_folder["teacher.onnx"], [.. File.ReadAllBytes(_folder["teacher.onnx"]), 0x72, 0]);
        Should.Throw<CheckpointException>(() => EmbeddingTargets.Load(run, _data, window, 1, CancellationToken.None)).Message.ShouldContain("has other weights than when the run began");
    }

    [Fact]
    public void The_loss_is_the_squared_error_of_a_linear_map()
    {
        var run = Begin("loss", _folder["teacher.onnx"]);
        using var targets = EmbeddingTargets.Load(run, _data, new ClipWindow(FeatureSettings.LogMel40, 1), 1, CancellationToken.None)!;
        random.manual_seed(1);
        using var loss = new EmbeddingDistillationLoss(5, targets);
        using var scope = NewDisposeScope();
        var embeddings = randn(3, 5);
        long[] clips = [4, 0, 2];
        loss.Hear(clips);
        var state = loss.state_dict();
        var mapped = embeddings.matmul(state["map.weight"].t()) + state["map.bias"];
        double expected = (mapped - targets.Of(clips)).square().mean().item<float>();
        ((double)loss.call(embeddings, tensor(new long[] { 0, 1, 2 })).item<float>()).ShouldBe(expected, 1e-6);
    }

    [Fact]
    public void A_student_learns_to_predict_its_teacher()
    {
        var run = Begin("student", _folder["teacher.onnx"]);
        var history = new Trainer(_data, new Observer()).Train(run, TestContext.Current.CancellationToken);
        history[^1].Loss[DistillationSettings.EmbeddingPartName].ShouldBeLessThan(history[0].Loss[DistillationSettings.EmbeddingPartName]);
    }

    [Theory]
    [InlineData("frames = 2", "frames = 9", "hears 9 frames at once, and a clip has 4")]
    [InlineData("size = 2", "size = 3", "gives embeddings of 2 values, and its description says 3")]
    [InlineData("size = 2", "", "lacks size")]
    [InlineData("hop = 1", "hop = 0", "line 6: hop = 0 describes no teacher")]
    [InlineData("hop = 1", "hopp = 1", "hopp = 1 describes no teacher")]
    [InlineData("hop = 1", "hop = ", "cannot be read")]
    [InlineData("features.onnx", "nothing.onnx", "is no network that can be loaded as a teacher")]
    public void A_teacher_that_does_not_fit_its_description_is_refused_in_one_sentence(string right, string wrong, string told)
    {
        Describe(text => text.Replace(right, wrong));
        Refusal(_folder["teacher.onnx"]).ShouldContain(told);
    }

    [Fact]
    public void A_missing_teacher_or_description_is_named()
    {
        File.Delete(_folder["teacher.toml"]);
        Refusal(_folder["teacher.onnx"]).ShouldContain("lacks its description");
        Refusal(_folder["nothing.onnx"]).ShouldStartWith("there is no teacher");
    }

    private string Refusal(string teacher)
    {
        string message = Should.Throw<CheckpointException>(() => new Trainer(_data, new Observer()).Train(Begin(Guid.NewGuid().ToString(), teacher), TestContext.Current.CancellationToken)).Message;
        message.ShouldEndWith(".");
        return message;
    }

    private RunDirectory Begin(string name, string teacher) => Trainings.Begin(_folder[name], _data, Trainings.Recipe with
    {
        Epochs = 6,
        Distillation = new DistillationSettings { EmbeddingTeacher = teacher, EmbeddingWeight = 3 },
    });

    private void Describe(Func<string, string>? change = null)
    {
        string text = "sample-rate = 16000\nfeatures = \"features.onnx\"\nsample-scale = 3\nfeature-scale = 0.5\nfeature-offset = 1\nhop = 1\nframes = 2\nsize = 2\n";
        File.WriteAllText(_folder["teacher.toml"], change is null ? text : change(text));
    }

    private void WriteTeacher()
    {
        var features = new GraphBuilder();
        var samples = features.Input("samples");
        var blocks = features.Output("features", features.Node("Reshape", [samples, features.Indices("shape", 1, -1, Hop)]));
        File.WriteAllBytes(_folder["features.onnx"], OnnxWriter.Bytes(new OnnxModel(features.Build([new OnnxValue(samples.Name, 1, "count")], [new OnnxValue(blocks.Name)]), "0")));
        var network = new GraphBuilder();
        var frames = network.Input("frames");
        var rows = network.Node("Reshape", [frames, network.Indices("shape", 1, Window * Hop)]);
        float[] weights = [.. Enumerable.Repeat(1f, Window * Hop), .. Enumerable.Repeat(2f, Window * Hop)];
        var sums = network.Output("embedding", network.Node("Gemm", [rows, network.Constant("weights", weights, 2, Window * Hop)], GraphAttribute.Create("transB", 1)));
        File.WriteAllBytes(_folder["teacher.onnx"], OnnxWriter.Bytes(new OnnxModel(network.Build([new OnnxValue(frames.Name, 1, Window, Hop, 1)], [new OnnxValue(sums.Name)]), "0")));
    }
}
