using System.Text.Json.Nodes;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Golden;

public sealed class LibraryGoldenTests
{
    public static TheoryData<string, int, string, ScalarType> Cases() => Listed("cases", golden => $"{golden["name"]} {golden["batch"]} {golden["miner"]}");

    public static TheoryData<string, int, string, ScalarType> Mined() => Listed("mined", golden => $"{golden["miner"]} {golden["batch"]} {golden["distance"]}");

    [Theory, MemberData(nameof(Cases))]
    public void Golden_loss_has_the_value_and_gradients(string path, int index, string what, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var file = GoldenFiles.Open(path);
        var golden = new LibraryCase(file, file["cases"]![index]!.AsObject());
        double tolerance = LoopCases.Tolerance(dtype);
        using var loss = LibraryLosses.Make(golden);
        loss.to(dtype);
        Parameter? weight = null;
        if (golden.Golden.ContainsKey("weight"))
        {
            weight = (loss as ClassifierLoss)?.Weight ?? ((ProxyAnchorLoss)loss).Proxies;
            using var noGradient = no_grad();
            weight.copy_(golden.Weights(dtype));
        }
        var embeddings = golden.Batch["embeddings"]!.Matrix(dtype, gradient: true);
        var value = loss.call(embeddings, golden.Batch["labels"]!.Labels());
        value.backward();
        value.ShouldBeNear(golden.Golden.Number("loss"), tolerance, $"{what}: loss");
        embeddings.grad!.ShouldBeNear(golden.Golden["grad"]!.Matrix(dtype), tolerance, $"{what}: gradient");
        weight?.grad!.ShouldBeNear(golden.WeightGradient(dtype), tolerance, $"{what}: gradient of the weights");
    }

    [Theory, MemberData(nameof(Mined))]
    public void Golden_miner_finds_the_indices(string path, int index, string what, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var file = GoldenFiles.Open(path);
        var golden = file["mined"]![index]!.AsObject();
        var batch = file["batches"]![golden["batch"]!.GetValue<string>()]!;
        string name = golden["miner"]!.GetValue<string>();
        var measure = Measures.Named(golden["distance"]!.GetValue<string>());
        var embeddings = batch["embeddings"]!.Matrix(dtype);
        var labels = batch["labels"]!.Labels();
        long[][] expected = golden["indices"]!.AsArray().Select(part => part!.AsArray().Select(value => value!.GetValue<long>()).ToArray()).ToArray();
        if (LibraryMiners.Triplets(name) is { } triplets)
        {
            var found = triplets.Mine(embeddings, labels, measure).Select(t => (t.Anchor, t.Positive, t.Negative));
            found.Order().ShouldBe(Wanted(expected).Order(), what);
            return;
        }
        var pairs = LibraryMiners.Pairs(name, measure) ?? throw new NotSupportedException($"Unknown miner '{name}'.");
        var mined = pairs.Mine(embeddings, labels);
        mined.Positives.Order().ShouldBe(expected[0].Zip(expected[1]).Order(), what);
        mined.Negatives.Order().ShouldBe(expected[2].Zip(expected[3]).Order(), what);
    }

    // Triplets come as anchor, positive, negative, or as anchor, positive, the same anchor, negative.
    private static IEnumerable<(long, long, long)> Wanted(long[][] indices)
    {
        if (indices.Length == 4) indices[2].ShouldBe(indices[0]);
        return indices[0].Select((anchor, i) => (anchor, indices[1][i], indices[^1][i]));
    }

    private static TheoryData<string, int, string, ScalarType> Listed(string list, Func<JsonNode, string> describe)
    {
        var data = new TheoryData<string, int, string, ScalarType>();
        foreach (var file in GoldenFiles.Library)
        {
            if (file.Root[list] is not JsonArray items) continue;
            for (int i = 0; i < items.Count; i++)
            {
                data.Add(file.Path, i, describe(items[i]!), ScalarType.Float64);
                data.Add(file.Path, i, describe(items[i]!), ScalarType.Float32);
            }
        }
        return data;
    }
}
