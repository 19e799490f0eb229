using Mingling.Corpora;
using Mingling.Training.Data;
using Mingling.Training.Encoders;
using Mingling.Training.Export;
using Mingling.Training.Loop;
using Mingling.Training.Mining;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Keys;
using Mingling.Training.Tests.Support;
using Mingling.Training.Workers;
using static TorchSharp.torch;

namespace Mingling.Training.Tests;

/// <summary>Trainings on running sound, with windows that hold no command.</summary>
[Collection(TorchRandom.Name)]
public sealed class RunningSoundTrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TrainingData _data = Tones.Data() with { Negatives = [Hum(1, 5), Hum(2, 0.3), Hum(3, 2)] };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("tc-resnet8")]
    [InlineData("tc-resnet8-stream")]
    public void An_interrupted_training_that_mines_goes_on_with_the_same_bytes_whatever_the_threads(string encoder)
    {
        var data = _data.WithUnknown();
        var recipe = Recipe(encoder);
        var whole = Trainings.Begin(_folder["whole"], data, recipe);
        new Trainer(data, new Observer(), threads: 3).Train(whole, TestContext.Current.CancellationToken);
        var stopped = Trainings.Begin(_folder["stopped"], data, recipe);
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => new Trainer(data, new Observer { OnEpoch = epoch => { if (epoch.Epoch == 3) stop.Cancel(); } }).Train(stopped, stop.Token));
        new Trainer(data, new Observer()).Train(stopped, TestContext.Current.CancellationToken);
        Trainings.ShouldBeEqualFiles(stopped.LastPath, whole.LastPath);
    }

    [Theory]
    [InlineData("tc-resnet8")]
    [InlineData("tc-resnet8-stream")]
    public void What_is_trained_keeps_silent_at_other_sound_and_its_file_scores_against_the_background(string encoder)
    {
        var data = _data.WithUnknown();
        data.Classes.ShouldContain(CorpusClip.UnknownLabel);
        var run = Trainings.Begin(_folder["run"], data, Recipe(encoder) with { Epochs = 8 });
        new Trainer(data, new Observer()).Train(run, TestContext.Current.CancellationToken);
        using var model = run.LoadModel();
        using var recognizer = ModelExporter.ToRecognizer(model, "run", data.Train);
        recognizer.Card.Background.ShouldNotBeNull();
        recognizer.Card.Geometry.ShouldBeNull();
        using var spotter = recognizer.OpenStream(16_000);
        spotter.Settings.Decision.Threshold.ShouldBe(recognizer.Card.Background.Threshold);
        spotter.Push(Hum(9, 20));
        spotter.Complete();
        spotter.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public void The_miner_finds_the_hardest_places_of_all_sound_and_repeats_few_ones()
    {
        var data = _data.WithUnknown();
        foreach (string encoder in new[] { "tc-resnet8", "tc-resnet8-stream" })
        {
            var recipe = Recipe(encoder);
            using var model = new Models.CommandModel(recipe, data.Classes);
            model.Evaluating();
            var hard = new HardPlaces();
            using var pool = new WorkPool(2);
            NegativeMiner.Of(data, recipe, pool)!.Mine(model, 1, hard);
            var places = hard.Places.Chunk(2).Select(place => (Recording: place[0], Start: place[1])).ToArray();
            places.Select(place => place.Recording).Distinct().Order().ShouldBe([0, 1, 2]);
            places.ShouldAllBe(place => place.Start > -48_000 && place.Start < 5 * 16_000);
            places[0].ShouldBe(places[places.Distinct().Count()]);
        }
    }

    [Fact]
    public void EmbedWindows_gives_the_embeddings_of_a_stream()
    {
        using var model = new Models.CommandModel(Recipe("tc-resnet8-stream"), _data.WithUnknown().Classes);
        model.Evaluating();
        using var quiet = no_grad();
        var encoder = (StreamingEncoder)model.Encoder;
        int frames = model.Window.Frames + 7 * encoder.StepFrames;
        frames -= frames % encoder.StepFrames;
        var features = randn(2, 1, model.Window.Bins, frames);
        var windows = encoder.EmbedWindows(features, model.Window.Frames).view(2, -1, encoder.EmbeddingSize);
        windows.shape[1].ShouldBe(encoder.WindowsOf(frames, model.Window.Frames));
        for (int i = 0; i < 2; i++)
        {
            var steps = encoder.EmbedSteps(features[i].unsqueeze(0), model.Window.Frames);
            windows[i].allclose(steps.narrow(0, steps.shape[0] - windows.shape[1], windows.shape[1]), 1e-4, 1e-5).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("tc-resnet8-stream", 0.2, "mixup must be 0")]
    [InlineData("tc-resnet8", 0.2, null)]
    public void What_does_not_go_together_is_refused(string encoder, double mixup, string? told)
    {
        var recipe = Recipe(encoder) with { Mixup = mixup };
        if (told is null) recipe.Validate();
        else Should.Throw<ArgumentException>(recipe.Validate).Message.ShouldContain(told);
    }

    [Fact]
    public void A_loss_without_softmax_is_refused()
    {
        var data = _data.WithUnknown();
        var run = Trainings.Begin(_folder["run"], data, Recipe("tc-resnet8") with { Loss = MetricLearning.Joint.LossExpression.Parse("triplet") });
        Should.Throw<Training.Storage.CheckpointException>(() => new Trainer(data, new Observer()).Train(run, TestContext.Current.CancellationToken))
            .Message.ShouldContain("teach softmax");
    }

    private static TrainingRecipe Recipe(string encoder) => Trainings.Recipe with
    {
        Encoder = new EncoderSettings { Name = encoder, Width = 0.5 },
        Loss = MetricLearning.Joint.LossExpression.Parse("softmax"),
        LabelSmoothing = 0,
        Batches = new BatchSettings { MiningInterval = 2 },
        Augmentation = new AugmentationSettings { RoomProbability = 0.3, MicrophoneProbability = 0.3 },
        Negatives = new NegativeSettings { Ratio = 1, Weight = 2 },
    };

    /// <summary>Other "speech": tones that no word has.</summary>
    private static float[] Hum(int seed, double seconds)
    {
        var random = new Random(seed);
        double phase = 0, frequency = 150;
        return [.. Enumerable.Range(0, (int)(seconds * 16_000)).Select(i =>
        {
            if (i % 2000 == 0) frequency = 100 + 120 * random.NextDouble();
            phase += 2 * Math.PI * frequency / 16_000;
            return (float)(0.3 * Math.Sin(phase) + 0.01 * (random.NextDouble() - 0.5));
        })];
    }
}
