using System.Text.Json;
using Mingling.MetricLearning.Sampling;

namespace Mingling.MetricLearning.Tests.Sampling;

internal static class SamplerStates
{
    /// <summary>Hands out batches, saves through JSON, restores into a new sampler, and compares what both hand out from there.</summary>
    internal static void ShouldGoOnAlike(Func<BatchSampler> create, int batches)
    {
        var saved = create();
        for (int b = 0; b < batches; b++) saved.Next();
        string json = JsonSerializer.Serialize(saved.Save());
        var restored = create();
        restored.Restore(JsonSerializer.Deserialize<SamplerState>(json)!);
        restored.Epoch.ShouldBe(batches / saved.BatchesPerEpoch);
        restored.Batch.ShouldBe(batches % saved.BatchesPerEpoch);
        for (int b = 0; b < saved.BatchesPerEpoch + 1; b++) restored.Next().ToArray().ShouldBe(saved.Next().ToArray());
        restored.Save().ShouldBe(saved.Save());
    }
}
