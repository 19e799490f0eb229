using System.Text.Json.Nodes;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Golden;

public sealed class CenterGoldenTests
{
    public static TheoryData<string, int, ScalarType> Cases() => LoopCases.Named("center");

    [Theory, MemberData(nameof(Cases))]
    public void Golden_center_loss_has_the_value_and_gradient(string file, int index, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var golden = LoopCases.Open(file, index);
        foreach (var (reduction, key) in new[] { (Reduction.Sum, "sum"), (Reduction.Mean, "mean") })
        {
            var embeddings = golden["embeddings"]!.Matrix(dtype, gradient: true);
            using var loss = Loss(golden, dtype, CenterUpdate.Paper, 0.5, reduction);
            var value = loss.call(embeddings, golden["labels"]!.Labels());
            value.backward();
            value.ShouldBeNear(golden.Number($"loss_{key}"), LoopCases.Tolerance(dtype), $"loss_{key}");
            embeddings.grad!.ShouldBeNear(golden[$"grad_{key}"]!.Matrix(dtype), LoopCases.Tolerance(dtype), $"grad_{key}");
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Golden_center_updates_move_the_centers(string file, int index, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var golden = LoopCases.Open(file, index);
        double alpha = golden.Number("alpha");
        var embeddings = golden["embeddings"]!.Matrix(dtype);
        var labels = golden["labels"]!.Labels();
        foreach (var (key, expected) in golden.Where(pair => pair.Key.StartsWith("centers_after_", StringComparison.Ordinal)))
        {
            var (rule, rate) = Rule(key["centers_after_".Length..], alpha);
            using var loss = Loss(golden, dtype, rule, rate, Reduction.Mean);
            if (rule == CenterUpdate.Gradient) DescendOnce(loss, embeddings, labels, alpha);
            loss.Update(embeddings, labels);
            loss.Centers.ShouldBeNear(expected!.Matrix(dtype), LoopCases.Tolerance(dtype), key);
        }
    }

    private static void DescendOnce(CenterLoss loss, Tensor embeddings, Tensor labels, double rate)
    {
        using var optimizer = optim.SGD(loss.parameters(), rate);
        loss.call(embeddings, labels).backward();
        optimizer.step();
    }

    private static (CenterUpdate, double) Rule(string name, double alpha)
    {
        const string average = "moving_average_";
        if (name == "paper") return (CenterUpdate.Paper, alpha);
        if (name == "gradient") return (CenterUpdate.Gradient, alpha);
        if (!name.StartsWith(average, StringComparison.Ordinal)) throw new NotSupportedException($"Unknown centre update '{name}'.");
        return (CenterUpdate.MovingAverage, 1 - double.Parse(name[average.Length..].Replace('_', '.')));
    }

    private static CenterLoss Loss(JsonObject golden, ScalarType dtype, CenterUpdate rule, double rate, Reduction reduction)
    {
        var centers = golden["centers"]!.Matrix(dtype);
        var loss = new CenterLoss((int)centers.shape[0], (int)centers.shape[1], rate, rule, reduction: reduction);
        loss.to(dtype);
        using (no_grad()) loss.Centers.copy_(centers);
        return loss;
    }
}
