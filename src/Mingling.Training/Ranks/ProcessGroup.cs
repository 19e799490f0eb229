namespace Mingling.Training.Ranks;

/// <summary>
/// The processes that train one model together: each computes its share of every batch, and all end every step with the same weights. They call the same
/// methods in the same order; a call comes back when all have made it.
/// </summary>
public abstract class ProcessGroup : IDisposable
{
    /// <summary>One process alone.</summary>
    public static ProcessGroup Single { get; } = new SingleProcess();

    /// <summary>The number of this process, from 0.</summary>
    public abstract int Rank { get; }

    /// <summary>The number of processes, at least 1.</summary>
    public abstract int Count { get; }

    /// <summary>Whether this process writes the run and reports to the user.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>Gives every process the bytes of all, in the order of their numbers.</summary>
    /// <param name="own">Those of this process; any number.</param>
    public abstract byte[][] Gather(byte[] own);

    /// <summary>Gives every process what the others have for it.</summary>
    /// <param name="parts">What this process has for each; any numbers of bytes.</param>
    /// <returns>What each had for this one.</returns>
    public abstract byte[][] Exchange(byte[][] parts);

    /// <summary>Gives every process the bytes of the first.</summary>
    /// <param name="own">Those of the first process; ignored in the others.</param>
    public abstract byte[] Broadcast(byte[] own);

    /// <summary>Waits for all.</summary>
    public void Wait() => Gather([]);

    /// <summary>Ends all processes at once, this one included.</summary>
    /// <param name="exitCode">The exit code.</param>
    public abstract void Abort(int exitCode);

    /// <summary>Leaves the group; waits until all do.</summary>
    public void Dispose()
    {
        Leave();
        GC.SuppressFinalize(this);
    }

    /// <summary>Leaves the group.</summary>
    protected virtual void Leave()
    {
    }

    private sealed class SingleProcess : ProcessGroup
    {
        public override int Rank => 0;

        public override int Count => 1;

        public override byte[][] Gather(byte[] own) => [own];

        public override byte[][] Exchange(byte[][] parts) => parts;

        public override byte[] Broadcast(byte[] own) => own;

        public override void Abort(int exitCode) => Environment.Exit(exitCode);
    }
}
