using Mingling.Training.Data;
using Mingling.Training.Loop;
using Mingling.Training.Models;
using Mingling.Training.Recipes;
using Mingling.Training.Runs;
using Mingling.Training.Storage;
using Mingling.Training.Tests.Support;
using static TorchSharp.torch;

namespace Mingling.Training.Tests;

[Collection(TorchRandom.Name)]
public sealed class TrainedOriginTests : IDisposable
{
    private const string Weight = "encoder.layers.conv.weight", Mean = "encoder.layers.norm.running_mean", Head = "head.linear.weight";

    private readonly TemporaryFolder _folder = new();
    private readonly TrainingData _data = Tones.Data();
    private readonly RunDirectory _origin;

    public TrainedOriginTests() => _origin = Train("origin", _data, Trainings.Recipe);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_frozen_encoder_stays_as_the_origin_has_it_and_the_classifier_learns()
    {
        var frozen = Train("frozen", _data, From(_origin.Path, encoderRate: 0));
        Stored(frozen, Weight).eq(Stored(_origin, Weight)).all().item<bool>().ShouldBeTrue();
        Stored(frozen, Mean).eq(Stored(_origin, Mean)).all().item<bool>().ShouldBeTrue();
        Stored(frozen, Head).eq(Stored(_origin, Head)).all().item<bool>().ShouldBeFalse();
    }

    [Fact]
    public void A_small_rate_moves_the_encoder_less_than_a_large_one()
    {
        double slow = Moved(Train("slow", _data, From(_origin.Path, encoderRate: 0.01))), fast = Moved(Train("fast", _data, From(_origin.Path, encoderRate: 1)));
        slow.ShouldBeGreaterThan(0);
        slow.ShouldBeLessThan(fast / 5);

        double Moved(RunDirectory run) => (Stored(run, Weight) - Stored(_origin, Weight)).abs().mean().item<float>();
    }

    [Fact]
    public void Words_that_both_know_keep_their_class_vectors_whatever_their_order()
    {
        string[] words = ["other", .. _data.Classes.Reverse().Skip(1)];
        using var model = new CommandModel(From(_origin.Path), words);
        TrainedOrigin.Load(model, null);
        using var origin = _origin.LoadModel();
        foreach (string word in words.Skip(1))
        {
            var expected = origin.Head.Vectors[_data.Classes.ToList().IndexOf(word)];
            model.Head.Vectors[words.ToList().IndexOf(word)].eq(expected).all().item<bool>().ShouldBeTrue(word);
        }
    }

    [Fact]
    public void An_interrupted_training_from_an_origin_goes_on_with_the_same_bytes()
    {
        var recipe = From(_origin.Path, encoderRate: 0.1);
        var whole = Train("whole", _data, recipe);
        var stopped = Trainings.Begin(_folder["stopped"], _data, recipe);
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => new Trainer(_data, new Observer { OnEpoch = epoch => { if (epoch.Epoch == 2) stop.Cancel(); } }).Train(stopped, stop.Token));
        new Trainer(_data, new Observer()).Train(stopped, TestContext.Current.CancellationToken);
        Trainings.ShouldBeEqualFiles(stopped.LastPath, whole.LastPath);
    }

    [Fact]
    public void The_base_encoder_begins_a_training_of_its_own_encoder()
    {
        using var file = BaseEncoder.Open();
        var recipe = BaseEncoder.RecipeOf(file) with { From = "base", Epochs = 1, BatchSize = 30, Optimizer = new OptimizerSettings { EncoderRate = 0 } };
        var run = Train("of base", Tones.Data(2, 1, 2), recipe);
        string name = file.Tensors.Keys.First(key => key.EndsWith("projection.weight", StringComparison.Ordinal));
        Stored(run, name).allclose(file.Tensors[name].to(float32), 1e-6, 1e-7).ShouldBeTrue();
        TrainedOrigin.Adapt(TrainingRecipe.Default with { From = "base" }, []).Encoder.ShouldBe(recipe.Encoder);
        TrainedOrigin.Adapt(TrainingRecipe.Default with { From = "base" }, ["encoder.name"]).Encoder.Name.ShouldBe("tc-resnet8");
        file.Metadata["recipe"].ShouldNotContain("/");
    }

    [Fact]
    public void The_weights_of_another_base_encoder_begin_a_training()
    {
        using var file = BaseEncoder.Open();
        string path = _folder["other.safetensors"], name = file.Tensors.Keys.First(key => key.EndsWith("conv.weight", StringComparison.Ordinal));
        var weights = file.Tensors.Select(tensor => KeyValuePair.Create(tensor.Key, tensor.Key == name ? tensor.Value * 2 : tensor.Value)).ToList();
        Safetensors.Write(path, weights, file.Metadata);
        var recipe = BaseEncoder.RecipeOf(file) with { From = path, Epochs = 1, BatchSize = 30, Optimizer = new OptimizerSettings { EncoderRate = 0 } };
        var data = Tones.Data(2, 1, 2);
        Stored(Train("of other", data, recipe), name).allclose(2 * file.Tensors[name].to(float32), 1e-6, 1e-7).ShouldBeTrue();
        TrainedOrigin.Adapt(TrainingRecipe.Default with { From = path }, []).Encoder.ShouldBe(recipe.Encoder);

        Refusal(_folder["nothing.safetensors"]).ShouldContain("could not be read");
        Refusal(_origin.LastPath).ShouldBe($"{_origin.LastPath} is no base encoder; to begin from a run, name its folder.");
        string lacking = _folder["lacking.safetensors"];
        Safetensors.Write(lacking, [.. weights.Where(tensor => tensor.Key != name)], file.Metadata);
        Refusal(lacking).ShouldBe($"{lacking} has no weights '{name}' of the shape that its encoder needs; take another file.");

        string Refusal(string origin) => Should.Throw<CheckpointException>(() => Train(Guid.NewGuid().ToString(), data, recipe with { From = origin })).Message;
    }

    [Fact]
    public void Another_encoder_or_front_end_is_refused_in_one_sentence()
    {
        Refusal(From("base")).ShouldBe("base has the encoder resnet2d-stream and not tc-resnet8; leave the encoder out of the recipe, or begin from nothing (--from none).");
        Refusal(From(_origin.Path) with { Encoder = Trainings.Recipe.Encoder with { Width = 1 } }).ShouldContain("other settings of the encoder tc-resnet8");
        Refusal(From(_origin.Path) with { Features = Audio.FeatureSettings.Fbank(40) }).ShouldContain("has another front end than the recipe");
        Refusal(From(_folder["nowhere"])).ShouldContain("holds no run");

        string Refusal(TrainingRecipe recipe) => Should.Throw<CheckpointException>(() => Train(Guid.NewGuid().ToString(), _data, recipe)).Message;
    }

    private static TrainingRecipe From(string origin, double encoderRate = 1) => Trainings.Recipe with
    {
        From = origin,
        Seed = 2,
        Optimizer = Trainings.Recipe.Optimizer with { EncoderRate = encoderRate },
    };

    private RunDirectory Train(string name, TrainingData data, TrainingRecipe recipe)
    {
        var run = Trainings.Begin(_folder[name], data, recipe);
        new Trainer(data, new Observer()).Train(run, TestContext.Current.CancellationToken);
        return run;
    }

    private static Tensor Stored(RunDirectory run, string name)
    {
        using var file = Safetensors.Read(run.LastPath);
        return file.Tensors[name].clone();
    }
}
