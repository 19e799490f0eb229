using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Golden;

/// <summary>The self-contained cases of the reference files, in both precisions.</summary>
internal static class LoopCases
{
    public static TheoryData<string, int, ScalarType> Named(string name)
    {
        var data = new TheoryData<string, int, ScalarType>();
        foreach (var file in GoldenFiles.Loops)
        {
            var cases = file.Root["cases"]!.AsArray();
            for (int i = 0; i < cases.Count; i++)
            {
                if (cases[i]!["name"]!.GetValue<string>() != name) continue;
                data.Add(file.Path, i, ScalarType.Float64);
                data.Add(file.Path, i, ScalarType.Float32);
            }
        }
        return data;
    }

    public static JsonObject Open(string file, int index) => GoldenFiles.Open(file)["cases"]![index]!.AsObject();

    public static double Tolerance(ScalarType dtype) => dtype == ScalarType.Float64 ? 1e-8 : 1e-4;
}
