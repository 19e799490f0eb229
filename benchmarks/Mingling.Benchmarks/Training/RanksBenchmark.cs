using System.Diagnostics;
using Mingling.Training.Ranks;

namespace Mingling.Benchmarks;

/// <summary>
/// What the two exchanges of a training step cost between processes, without the step: <c>mpirun -n 2 … ranks [--values 139000] [--batch 64] [--pieces 2] [--dim 64]</c>.
/// --values N: trained values of the encoder. Each process sends and receives what a training would; the first prints.
/// </summary>
internal static class RanksBenchmark
{
    private const int Rounds = 300;

    private sealed record Row(int Processes, int Values, int Batch, int Pieces, long BytesSentPerStep, double LeastMilliseconds, double MedianMilliseconds, double CpuMilliseconds);

    public static void Run(string[] args)
    {
        int values = Options.Number(args, "--values", 139_000), batch = Options.Number(args, "--batch", 64), pieces = Options.Number(args, "--pieces", 2);
        int dim = Options.Number(args, "--dim", 64), statistics = Options.Number(args, "--statistics", 1000);
        using var ranks = OpenMpi.Join();
        int own = pieces * (ranks.Rank + 1) / ranks.Count - pieces * ranks.Rank / ranks.Count;
        byte[] embeddings = new byte[(long)own * ((batch / pieces * (dim + 3)) + statistics) * sizeof(float)];
        byte[][] gradients = [.. Enumerable.Range(0, ranks.Count).Select(rank => new byte[(long)own * SliceOf(rank) * sizeof(float)])];
        byte[] sums = new byte[(long)SliceOf(ranks.Rank) * sizeof(float)];
        double[] times = new double[Rounds];
        ranks.Wait();
        var used = Process.GetCurrentProcess().TotalProcessorTime;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            ranks.Gather(embeddings);
            ranks.Exchange(gradients);
            ranks.Gather(sums);
            times[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        double cpu = (Process.GetCurrentProcess().TotalProcessorTime - used).TotalMilliseconds / Rounds;
        if (!ranks.IsFirst) return;
        Array.Sort(times);
        // To every other process: embeddings and sums as they are, and its slice of the gradients.
        long sent = ((ranks.Count - 1) * (embeddings.LongLength + sums.LongLength)) + gradients.Where((_, rank) => rank != ranks.Rank).Sum(part => part.LongLength);
        JsonLines.Write(new Row(ranks.Count, values, batch, pieces, sent, Math.Round(times[0], 3), Math.Round(times[Rounds / 2], 3), Math.Round(cpu, 3)));

        int SliceOf(int rank) => (int)((long)values * (rank + 1) / ranks.Count) - (int)((long)values * rank / ranks.Count);
    }
}
