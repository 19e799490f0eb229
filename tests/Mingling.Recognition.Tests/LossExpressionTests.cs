using System.Diagnostics;
using Mingling.MetricLearning.Joint;
using Mingling.Training.Recipes.Files;
using Mingling.Training.Recipes.Keys;
using Mingling.Training.Recipes.Named;

namespace Mingling.Recognition.Tests;

/// <summary>No test of this assembly loads libtorch, so that here it shows what needs none.</summary>
public class LossExpressionTests
{
    [Fact]
    public void Expression_is_read_and_checked_without_libtorch()
    {
        var catalog = new LossCatalog();
        foreach (string loss in catalog.Names)
        {
            LossExpression.Parse($"softmax + 0.5 {loss}", catalog).Parts.Count.ShouldBe(2);
            catalog.Parameters(loss).ShouldAllBe(parameter => parameter.Expected.Length > 0);
        }
        foreach (string miner in catalog.TripletMiners) LossExpression.Parse($"triplet(mining: {miner})", catalog);
        foreach (string miner in catalog.PairMiners) LossExpression.Parse($"memory(loss: contrastive(mining: {miner}, measure: lp(p: 2)))", catalog);
        Should.Throw<LossExpressionException>(() => LossExpression.Parse("triplet(margin: -1)")).Column.ShouldBe(17);
        Should.Throw<LossExpressionException>(() => LossExpression.Parse("tripplet")).Message.ShouldContain("did you mean 'triplet'?");

        RequireNoLibTorch();
    }

    [Fact]
    public void Recipe_files_are_read_checked_and_written_without_libtorch()
    {
        foreach (var named in NamedRecipes.All) named.File().Recipe.Validate();
        var file = RecipeFile.Parse("loss = 'softmax + 0.5 arcface(margin: 20)'");
        RecipeFile.Parse(RecipeFile.Write(file.Recipe)).Recipe.Loss.ShouldBe(file.Recipe.Loss);
        Should.Throw<RecipeFileException>(() => RecipeFile.Parse("loss = 'softmax + arcface(margin: 200)'")).Message.ShouldContain("between 0 and 180");

        RequireNoLibTorch();
    }

    private static void RequireNoLibTorch()
    {
        using var process = Process.GetCurrentProcess();
        process.Modules.Cast<ProcessModule>().ShouldNotContain(module => module.ModuleName.Contains("LibTorchSharp") || module.ModuleName.Contains("torch_cpu"));
    }
}
