using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Mingling.Training.Ranks;

/// <summary>
/// The processes that <c>mpirun</c> or <c>srun</c> started, by Open MPI (4 or 5), which is looked for when it is asked for and needed by nothing else. A process
/// joins once; the group ends with it. Calls of one process must not overlap.
/// </summary>
public sealed class OpenMpi : ProcessGroup
{
    private readonly MpiLibrary _mpi;
    private bool _ended;

    private OpenMpi(MpiLibrary mpi)
    {
        _mpi = mpi;
        _mpi.Begin();
        (Rank, Count, Version) = (_mpi.Rank(), _mpi.Size(), _mpi.Version);
    }

    /// <inheritdoc/>
    public override int Rank { get; }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <summary>The version of the library, such as <c>Open MPI v4.1.4</c>.</summary>
    public string Version { get; }

    /// <summary>Joins the processes that were started together. Started by itself, a process is a group of one.</summary>
    /// <exception cref="ProcessGroupException">There is no Open MPI here, or it cannot begin.</exception>
    public static OpenMpi Join()
    {
        foreach (string name in MpiLibrary.Names)
        {
            if (!NativeLibrary.TryLoad(name, out nint library)) continue;
            if (MpiLibrary.IsOpenMpi(library)) return new OpenMpi(new MpiLibrary(library));
        }
        throw new ProcessGroupException("several processes were started together, but the library of Open MPI (libmpi.so.40) is not here; install it (Debian: libopenmpi3), or start one process.");
    }

    /// <inheritdoc/>
    public override byte[][] Gather(byte[] own)
    {
        ArgumentNullException.ThrowIfNull(own);
        int[] counts = CountsOf(own.Length);
        int[] places = PlacesOf(counts);
        byte[] all = new byte[places[^1] + counts[^1]];
        _mpi.Gather(own, all, counts, places);
        return Cut(all, counts, places);
    }

    /// <inheritdoc/>
    public override byte[][] Exchange(byte[][] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Length != Count) throw new ArgumentException($"there must be a part for each of the {Count} processes, not {parts.Length}.", nameof(parts));
        int[] ownCounts = [.. parts.Select(part => part.Length)], counts = new int[Count];
        int[] each = [.. Enumerable.Range(0, Count)], four = [.. each.Select(_ => sizeof(int))], ofFour = [.. each.Select(i => i * sizeof(int))];
        _mpi.Exchange(MemoryMarshal.AsBytes(ownCounts.AsSpan()), four, ofFour, MemoryMarshal.AsBytes(counts.AsSpan()), four, ofFour);
        int[] ownPlaces = PlacesOf(ownCounts), places = PlacesOf(counts);
        byte[] own = [.. parts.SelectMany(part => part)], received = new byte[places[^1] + counts[^1]];
        _mpi.Exchange(own, ownCounts, ownPlaces, received, counts, places);
        return Cut(received, counts, places);
    }

    /// <inheritdoc/>
    public override byte[] Broadcast(byte[] own)
    {
        ArgumentNullException.ThrowIfNull(own);
        byte[] length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, own.Length);
        _mpi.Broadcast(length);
        byte[] bytes = IsFirst ? own : new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        _mpi.Broadcast(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public override void Abort(int exitCode) => _mpi.Abort(exitCode);

    /// <inheritdoc/>
    protected override void Leave()
    {
        if (_ended) return;
        _ended = true;
        _mpi.End();
    }

    private int[] CountsOf(int own)
    {
        int[] counts = new int[Count];
        _mpi.Gather(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in own)), MemoryMarshal.AsBytes(counts.AsSpan()));
        return counts;
    }

    private static int[] PlacesOf(int[] counts)
    {
        int[] places = new int[counts.Length];
        for (int i = 1; i < counts.Length; i++) places[i] = checked(places[i - 1] + counts[i - 1]);
        return places;
    }

    private static byte[][] Cut(byte[] all, int[] counts, int[] places) => [.. counts.Select((count, i) => all.AsSpan(places[i], count).ToArray())];
}
