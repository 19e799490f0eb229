using Mingling.Audio;
using Mingling.Corpora;
using Mingling.Experiments.Comparison;
using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Joint;
using Mingling.MetricLearning.Losses;
using Mingling.Tests.Shared;
using Mingling.Training;
using Mingling.Training.Loop;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Files;
using Mingling.Training.Runs;
using static TorchSharp.torch;

namespace Mingling.PublicApi.Tests;

/// <summary>Losses of somebody outside the library, with nothing but what is public.</summary>
[Collection(TorchRandom.Name)]
public sealed class OwnLossTests : IDisposable
{
    private const string Loss = "softmax + 0.1 length(target: 4)";

    private readonly string _folder = Directory.CreateTempSubdirectory("mingling-own-loss-").FullName;

    public OwnLossTests()
    {
        foreach (var (word, hertz) in new[] { ("low", 300.0), ("high", 1500.0) })
            for (int speaker = 0; speaker < 4; speaker++)
                for (int take = 0; take < 3; take++)
                {
                    float[] samples = new float[8000];
                    for (int i = 0; i < samples.Length; i++) samples[i] = (float)(0.2 * Math.Sin(2 * Math.PI * (hertz + 20 * speaker + take) * i / 16000));
                    Directory.CreateDirectory(At("corpus", word));
                    WavWriter.Write(At("corpus", word, $"voice{speaker}_nohash_{take}.wav"), new AudioClip(samples, 16000));
                }
    }

    [Fact]
    public void Loss_of_a_user_is_documented_as_it_is_written_here()
    {
        static string[] Code(string text) => [.. text.Split('\n').Select(line => line.Split("//")[0].Trim()).Where(line => line.Length > 0)];
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "losses.md"));
        string[] here = Code(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "OwnLossTests.cs")));
        string example = page.Split("## Your own loss")[1].Split("```csharp")[1].Split("```")[0];
        string[] documented = Code(example);
        documented.Length.ShouldBeInRange(10, 30);
        foreach (string line in documented) here.ShouldContain(line.Replace("sealed class", "private sealed class"), $"the code of docs/losses.md is not that of this test: {line}");
    }

    [Fact]
    public void Loss_of_a_user_is_built_by_an_expression()
    {
        var losses = new LossCatalog();
        losses.Add("length", arguments =>
        {
            double target = arguments.Number("target", 1, ParameterRange.Positive);
            return context => new LengthLoss(target);
        });
        using var joint = JointLoss.Parse("softmax + 0.1 length(target: 4)", new LossContext(Classes: 10, Dimension: 48), losses);
        using var embeddings = ones(4, 48);
        using var labels = arange(4, ScalarType.Int64);
        using var report = joint.Evaluate(embeddings, labels);
        report.Values()["length"].ShouldBe(Math.Pow(Math.Sqrt(48) - 4, 2), 1e-4);
    }

    [Fact]
    public void Loss_of_a_user_trains_and_goes_on_where_it_was_stopped()
    {
        var recipe = RecipeFile.Parse($"loss = \"{Loss}\"\nepochs = 3\nbatch-size = 8\nmixup = 0.2", losses: Catalog()).Recipe;
        var whole = Train("whole", recipe);
        whole.History().ShouldAllBe(epoch => epoch.Loss["length"] > 0);
        whole.Manifest.Recipe.Loss.Text.ShouldBe(Loss);

        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => Train("cut", recipe, new StopAfterOne(stop), stop.Token));
        var cut = Train("cut", recipe);
        cut.History().Count.ShouldBe(3);
        File.ReadAllBytes(cut.LastPath).ShouldBe(File.ReadAllBytes(whole.LastPath));
        cut.LoadModel().Dispose();

        Should.Throw<MinglingException>(() => TrainingSession.Train(Request("cut", recipe) with { Losses = new LossCatalog() })).Message.ShouldContain("there is no loss 'length'");
    }

    [Fact]
    public void Loss_of_a_user_says_what_batches_and_mining_it_needs()
    {
        var recipe = TrainingRecipe.For("tc-resnet8") with
        {
            Loss = LossExpression.Parse("softmax + mined", Catalog()),
            Epochs = 2,
            BatchSize = 9,
            Batches = new BatchSettings { MiningInterval = 1 },
        };
        Train("mined", recipe).History().ShouldAllBe(epoch => epoch.Loss["mined"] > 0);
        Should.Throw<MinglingException>(() => Train("mixed", recipe with { Mixup = 0.2 })).Message.ShouldContain("mixup makes clips of two words, which mined cannot judge");
        Should.Throw<MinglingException>(() => Train("episodes", recipe with { Loss = LossExpression.Parse("softmax + threes", Catalog()) }))
            .Message.ShouldContain("threes takes 3 clips of each word and batches hold 4");
    }

    [Fact]
    public async Task Loss_of_a_user_is_compared_with_others()
    {
        var losses = Catalog();
        var finished = await ComparisonSession.Run(new ComparisonRequest
        {
            Source = new CorpusSource { Path = At("corpus") },
            Recipe = TrainingRecipe.For("tc-resnet8") with { Epochs = 1, BatchSize = 8 },
            Variants = LossGrid.Expand(["softmax", "softmax + length"], [GridAxis.Parse("length.target=1,2")], losses),
            HeldOut = [],
            Losses = losses,
        }, At("comparison"), cancellation: TestContext.Current.CancellationToken);
        finished.Report.Variants.Select(variant => variant.Loss).ShouldBe(["softmax", "softmax + length(target: 1)", "softmax + length(target: 2)"]);
        finished.Report.Variants.ShouldAllBe(variant => variant.Accuracy != null);
        Should.Throw<LossExpressionException>(() => LossGrid.Expand(["softmax + length"], [GridAxis.Parse("length.target=0,1")], losses));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static LossCatalog Catalog()
    {
        var losses = new LossCatalog();
        losses.Add("length", arguments =>
        {
            double target = arguments.Number("target", 1, ParameterRange.Positive);
            return context => new LengthLoss(target);
        });
        losses.Add("mined", _ => _ => new MinedLoss());
        losses.Add("threes", _ => _ => new ThreesLoss());
        return losses;
    }

    private string At(params string[] names) => Path.Combine([_folder, .. names]);

    private TrainingRequest Request(string run, TrainingRecipe recipe) =>
        new() { RunPath = At(run), Corpus = new CorpusSource { Path = At("corpus") }, Recipe = recipe, Resume = true, Losses = Catalog() };

    private RunDirectory Train(string run, TrainingRecipe recipe, ITrainingObserver? observer = null, CancellationToken stop = default) =>
        TrainingSession.Train(Request(run, recipe) with { Observer = observer, Resume = Directory.Exists(At(run)) }, stop);

    // Draws the lengths of embeddings towards a target.
    private sealed class LengthLoss(double target) : EmbeddingLoss("length", Reduction.Mean)
    {
        public override bool AcceptsMixtures => true;

        protected override Tensor Compute(LossBatch batch)
        {
            var lengths = batch.Embeddings.norm(1, keepdim: false, p: 2f);
            return Reduce(LossTerms.PerSample((lengths - target).square()), batch);
        }
    }

    /// <summary>Learns from the triplets that the trainer looks up in the whole training set: rows 0, 1, 2 are anchor, positive, negative.</summary>
    private sealed class MinedLoss() : EmbeddingLoss("mined", Reduction.Mean)
    {
        private static readonly EuclideanDistance Distance = new();

        public override BatchRequirement Batches => BatchRequirement.Triplets(Distance);

        protected override Tensor Compute(LossBatch batch)
        {
            if (batch.Labels.shape[0] % 3 != 0) throw new InvalidOperationException("the batch is not made of triplets.");
            var rows = batch.Embeddings.view(-1, 3, batch.Embeddings.shape[1]);
            return (Distance.Rowwise(rows.select(1, 0), rows.select(1, 1)) - Distance.Rowwise(rows.select(1, 0), rows.select(1, 2)) + 3).mean();
        }
    }

    private sealed class ThreesLoss() : EmbeddingLoss("threes", Reduction.Mean)
    {
        public override BatchRequirement Batches => BatchRequirement.Episodes(3);

        protected override Tensor Compute(LossBatch batch) => batch.Embeddings.square().mean();
    }

    private sealed class StopAfterOne(CancellationTokenSource stop) : ITrainingObserver
    {
        public void Started(TrainingStart start)
        {
        }

        public void StepDone(StepReport step)
        {
        }

        public void Warned(string sentence)
        {
        }

        public void EpochDone(EpochReport epoch) => stop.Cancel();
    }
}
