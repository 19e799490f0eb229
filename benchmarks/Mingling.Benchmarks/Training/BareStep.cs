using System.Diagnostics;
using Mingling.Training.Models;
using Mingling.Training.Recipes;
using static TorchSharp.torch;

namespace Mingling.Benchmarks;

/// <summary>What a training cannot be faster than: encoder, linear classifier, cross-entropy, backward and AdamW on one random batch.</summary>
internal static class BareStep
{
    public static double ClipsPerSecond(TrainingRecipe recipe, double seconds)
    {
        using var scope = NewDisposeScope();
        string[] words = [.. Enumerable.Range(0, TrainingRun.Words).Select(w => $"word{w}")];
        using var model = new CommandModel(recipe, words);
        using var optimizer = optim.AdamW(model.Encoder.parameters().Concat(model.Head.parameters()), 1e-3);
        model.Learning();
        var features = randn(recipe.BatchSize, 1, model.Window.Bins, model.Window.Frames);
        var labels = randint(0, words.Length, recipe.BatchSize);
        for (int warmUp = 0; warmUp < 10; warmUp++) Step();
        var clock = Stopwatch.StartNew();
        int steps = 0;
        for (; clock.Elapsed.TotalSeconds < seconds; steps++) Step();
        return steps * recipe.BatchSize / clock.Elapsed.TotalSeconds;

        void Step()
        {
            using var step = NewDisposeScope();
            optimizer.zero_grad();
            nn.functional.cross_entropy(model.Head.call(model.Encoder.call(features)), labels, label_smoothing: recipe.LabelSmoothing).backward();
            optimizer.step();
        }
    }
}
