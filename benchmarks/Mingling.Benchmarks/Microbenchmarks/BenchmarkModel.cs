using Mingling.Benchmarks.Recognition;
using Mingling.MetricLearning;
using Mingling.Recognition;
using Mingling.Training.Export;
using static TorchSharp.torch;

namespace Mingling.Benchmarks.Microbenchmarks;

/// <summary>A model of 20 words with random weights, exported and opened.</summary>
internal static class BenchmarkModel
{
    public static Recognizer Open(string encoder)
    {
        TorchRuntime.Load();
        set_num_threads(1);
        var folder = Directory.CreateTempSubdirectory("mingling-benchmark-");
        try
        {
            string path = Path.Combine(folder.FullName, "model.onnx");
            using (var model = RecognitionBenchmark.Model(encoder)) ModelExporter.Export(model, path, new ExportOptions());
            return Recognizer.Load(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
