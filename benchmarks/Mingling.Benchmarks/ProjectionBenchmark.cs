using System.Diagnostics;
using Mingling.MetricLearning.Evaluation;
using Mingling.MetricLearning.Projection;

namespace Mingling.Benchmarks;

/// <summary>
/// How long it takes to lay embeddings out in the plane: --count rows (5,000) of dimension --dim (64) in --classes classes (20), by
/// principal components and by t-SNE with the Barnes–Hut tree, on one thread and on two. Beside the time stands the share of rows whose
/// nearest neighbour in the plane is of their own class.
/// </summary>
internal static class ProjectionBenchmark
{
    private sealed record Row(string Name, int Count, int Dim, int Threads, double Seconds, double? Neighbors);

    public static void Run(string[] args)
    {
        int count = Options.Number(args, "--count", 5_000), dim = Options.Number(args, "--dim", 64), classes = Options.Number(args, "--classes", 20);
        var set = EvaluationBenchmark.Clusters(count, dim, classes);
        TSne.Embed(EvaluationBenchmark.Clusters(500, dim, classes), new TSneOptions { Seed = 1 });
        Measure("principal components", 1, () => PrincipalComponents.Fit(set, 2).Project(set));
        foreach (int threads in new[] { 1, 2 }) Measure("t-SNE", threads, () => TSne.Embed(set, new TSneOptions { Seed = 1, Threads = threads }).Places);

        void Measure(string name, int threads, Func<ReadOnlyMemory<double>> layOut)
        {
            long start = Stopwatch.GetTimestamp();
            var places = layOut();
            double seconds = Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 3);
            var plane = new EmbeddingSet<double>(places, 2, [.. Enumerable.Range(0, set.Count).Select(set.LabelOf)]);
            JsonLines.Write(new Row(name, count, dim, threads, seconds, NearestNeighborAccuracy.LeaveOneOut(plane, 1, 2).Share));
        }
    }
}
