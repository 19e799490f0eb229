using System.Diagnostics;
using Mingling.MetricLearning.Evaluation;

namespace Mingling.Benchmarks;

/// <summary>
/// How long the evaluation of a set of embeddings takes: --count rows (20,000) of dimension --dim (128) in --classes classes (100) on
/// --threads threads (2). Processor time stands beside elapsed time, because other programs disturb it less. The peak is the process's
/// resident memory up to the end of the row, so that it only ever rises.
/// </summary>
internal static class EvaluationBenchmark
{
    private const float Spread = 2.5f;

    private sealed record Row(string Name, int Count, int Dim, int Classes, int Threads, double Milliseconds, double CpuMilliseconds, long PeakBytes);

    public static void Run(string[] args)
    {
        int count = Options.Number(args, "--count", 20_000), dim = Options.Number(args, "--dim", 128);
        int classes = Options.Number(args, "--classes", 100), threads = Options.Number(args, "--threads", 2);
        var set = Clusters(count, dim, classes);
        var warmUp = Clusters(500, dim, Math.Min(classes, 100));
        var work = new (string Name, Action<EmbeddingSet<float>> Run)[]
        {
            ("retrieval", s => RetrievalMetrics.Evaluate(s, threads)),
            ("nearest neighbours, k = 5", s => NearestNeighborAccuracy.LeaveOneOut(s, 5, threads)),
            ("nearest centroid", s => NearestCentroidAccuracy.LeaveOneOut(s, threads)),
            ("silhouette", s => Silhouette.Mean(s, threads)),
            ("class geometry", s => ClassGeometry.Measure(s)),
            ("NMI and AMI of k-means", s => ClusteringAgreement.OfKMeans(s, new KMeansOptions { Seed = 1, Starts = 1, Threads = threads })),
            ("verification of 2,000,000 pairs", s => Verify(VerificationTrials.FromEmbeddings(s, seed: 1))),
        };
        foreach (var (name, run) in work)
        {
            for (int repeat = 0; repeat < 30; repeat++) run(warmUp);
            var (start, cpu) = (Stopwatch.GetTimestamp(), CpuMilliseconds());
            run(set);
            double elapsed = Math.Round(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            JsonLines.Write(new Row(name, count, dim, classes, threads, elapsed, Math.Round(CpuMilliseconds() - cpu), PeakBytes()));
        }
    }

    private static void Verify(VerificationTrials trials)
    {
        var curve = VerificationCurve.FromScores(trials.TargetScores.Span, trials.OtherScores.Span);
        curve.EqualErrorRate();
        curve.AreaUnderCurve();
        curve.MinimumDetectionCost(0.01);
        curve.ValidationRate(0.001);
    }

    private static double CpuMilliseconds() => Environment.CpuUsage.TotalTime.TotalMilliseconds;

    private static long PeakBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    /// <summary>Overlapping clouds around random centres, the same in every run.</summary>
    internal static EmbeddingSet<float> Clusters(int count, int dim, int classes)
    {
        var random = new Random(1);
        float[] centers = Enumerable.Range(0, classes * dim).Select(_ => random.NextSingle() - 0.5f).ToArray();
        int[] labels = Enumerable.Range(0, count).Select(i => i % classes).ToArray();
        float[] values = new float[count * dim];
        for (int i = 0; i < values.Length; i++)
            values[i] = centers[labels[i / dim] * dim + i % dim] + Spread * (random.NextSingle() - 0.5f);
        return new EmbeddingSet<float>(values, dim, labels);
    }
}
