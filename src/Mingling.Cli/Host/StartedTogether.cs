using System.Globalization;
using Mingling.Training.Ranks;

namespace Mingling.Cli.Host;

/// <summary>The processes that were started together with this one, by <c>mpirun</c> of Open MPI or by <c>srun --mpi=pmix</c>.</summary>
internal static class StartedTogether
{
    private const string OpenMpiSize = "OMPI_COMM_WORLD_SIZE", OpenMpiLocalSize = "OMPI_COMM_WORLD_LOCAL_SIZE", Pmix = "PMIX_RANK", OtherSize = "PMI_SIZE",
        SlurmTasksHere = "SLURM_NTASKS_PER_NODE";

    /// <summary>How long a process waits with its complaint, so that of several with the same one the first speaks.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Joins the processes that were started together; where there is one alone, it is a group by itself and no MPI is looked for.</summary>
    /// <exception cref="ProcessGroupException">There are several, and Open MPI is not here.</exception>
    /// <exception cref="UsageException">There are several, started by another MPI.</exception>
    public static ProcessGroup Join()
    {
        if (Number(OpenMpiSize) > 1 || Environment.GetEnvironmentVariable(Pmix) is not null) return OpenMpi.Join();
        if (Number(OtherSize) > 1) throw new UsageException("the processes were started by the mpirun or srun of another MPI; use mpirun of Open MPI, or srun --mpi=pmix.");
        return ProcessGroup.Single;
    }

    /// <summary>The cores for this process: those that it may use, shared with the others that were started on this machine.</summary>
    public static int Threads => Math.Max(1, Environment.ProcessorCount / Math.Max(1, Math.Max(Number(OpenMpiLocalSize), Number(SlurmTasksHere))));

    /// <summary>Does what all of them do; where one fails, it ends all of them at once, because they would wait for it.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(ProcessGroup ranks, Func<Task<int>> work)
    {
        if (ranks.Count == 1) return await work();
        int code;
        try
        {
            code = await work();
        }
        catch (Exception e)
        {
            if (!ranks.IsFirst) await Task.Delay(Patience);
            code = CommandLine.Explain(e, ranks.IsFirst ? "" : $"process {ranks.Rank}: ");
            ranks.Abort(code);
        }
        return code;
    }

    private static int Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
