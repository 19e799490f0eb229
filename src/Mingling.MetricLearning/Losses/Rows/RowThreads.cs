using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>Loops over rows on as many threads as libtorch has. No sum is divided between them, so that their number changes no bit.</summary>
internal static class RowThreads
{
    private const int FewRows = 64;

    /// <summary>Calls a body for parts of 0 … <paramref name="count"/> − 1.</summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="body">Takes the first row of a part, and the row after its last.</param>
    /// <param name="least">The fewest rows for which a thread is worth while.</param>
    public static void For(int count, Action<int, int> body, int least = FewRows)
    {
        int threads = Math.Min(get_num_threads(), count / least);
        if (threads <= 1) body(0, count);
        else Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, part => body((int)((long)count * part / threads), (int)((long)count * (part + 1) / threads)));
    }
}
