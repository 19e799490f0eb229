using Mingling.Recognition.Models;
using Mingling.Training.Export;
using Mingling.Training.Loop;
using Mingling.Training.Runs;
using Mingling.Training.Tests.Support;

namespace Mingling.Training.Tests.Export;

[Collection(TorchRandom.Name)]
public sealed class BasePackageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The layer that whitens has a bias then, which must not be lost beside that of the centering.</summary>
    [Fact]
    public void A_run_that_began_with_a_base_encoder_is_centered_too()
    {
        using var file = BaseEncoder.Open();
        var data = Tones.Data(3, 1, 2);
        var recipe = BaseEncoder.RecipeOf(file) with { From = "base", Epochs = 1, BatchSize = 30 };
        var run = Trainings.Begin(_folder["run"], data, recipe);
        new Trainer(data, new Observer()).Train(run, TestContext.Current.CancellationToken);
        Directory.CreateDirectory(_folder["packed"]);
        BasePackage.Write(run, data.Train, data.Train, _folder["packed"]);

        var embeddings = ModelFile.ReadCard(Path.Combine(_folder["packed"], "base.onnx")).Cohort;
        embeddings.Count.ShouldBe(data.Train.Count);
        for (int d = 0; d < embeddings[0].Length; d++) Math.Abs((double)embeddings.Average(e => e[d])).ShouldBeLessThan(0.01);
        ((double)embeddings.Average(e => e.Sum(value => value * value))).ShouldBeGreaterThan(1);
    }
}
