using System.Runtime.InteropServices;
using System.Text;

namespace Mingling.Training.Ranks;

/// <summary>
/// The functions of Open MPI, found at run time. Its handles are addresses of objects that the library exports, which no other MPI has: MPICH's are numbers.
/// </summary>
internal sealed unsafe class MpiLibrary
{
    /// <summary>The names of the library in Open MPI 4 and 5, and where only the development package has a link.</summary>
    public static readonly IReadOnlyList<string> Names = ["libmpi.so.40", "libmpi.so"];

    private const int LongestName = 8192;

    private readonly nint _library, _world, _bytes;

    /// <param name="library">A loaded library.</param>
    public MpiLibrary(nint library)
    {
        _library = library;
        _world = NativeLibrary.GetExport(library, "ompi_mpi_comm_world");
        _bytes = NativeLibrary.GetExport(library, "ompi_mpi_byte");
    }

    /// <summary>Whether a loaded library is Open MPI.</summary>
    public static bool IsOpenMpi(nint library) => NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out _);

    /// <summary>The version as the library tells it.</summary>
    public string Version
    {
        get
        {
            byte* text = stackalloc byte[LongestName];
            int length;
            Check(((delegate* unmanaged<byte*, int*, int>)Function("MPI_Get_library_version"))(text, &length), "MPI_Get_library_version");
            return Encoding.UTF8.GetString(text, length).Split(',')[0].Trim('\0', ' ');
        }
    }

    /// <summary>Begins; any thread may call, one at a time.</summary>
    public void Begin()
    {
        const int serialized = 2;
        int provided;
        Check(((delegate* unmanaged<int*, byte***, int, int*, int>)Function("MPI_Init_thread"))(null, null, serialized, &provided), "MPI_Init_thread");
    }

    public void End() => ((delegate* unmanaged<int>)Function("MPI_Finalize"))();

    public void Abort(int code) => ((delegate* unmanaged<nint, int, int>)Function("MPI_Abort"))(_world, code);

    public int Rank() => Number("MPI_Comm_rank");

    public int Size() => Number("MPI_Comm_size");

    /// <summary>Gives every process the same number of bytes of each.</summary>
    public void Gather(ReadOnlySpan<byte> own, Span<byte> all)
    {
        fixed (byte* from = own, to = all)
            Check(((delegate* unmanaged<byte*, int, nint, byte*, int, nint, nint, int>)Function("MPI_Allgather"))(from, own.Length, _bytes, to, own.Length, _bytes, _world), "MPI_Allgather");
    }

    /// <summary>Gives every process the bytes of each, of which there may be different numbers.</summary>
    public void Gather(ReadOnlySpan<byte> own, Span<byte> all, int[] counts, int[] places)
    {
        fixed (byte* from = own, to = all)
        fixed (int* lengths = counts, starts = places)
            Check(((delegate* unmanaged<byte*, int, nint, byte*, int*, int*, nint, nint, int>)Function("MPI_Allgatherv"))(from, own.Length, _bytes, to, lengths, starts, _bytes, _world), "MPI_Allgatherv");
    }

    /// <summary>Gives every process what each has for it.</summary>
    public void Exchange(ReadOnlySpan<byte> own, int[] ownCounts, int[] ownPlaces, Span<byte> received, int[] counts, int[] places)
    {
        fixed (byte* from = own, to = received)
        fixed (int* ownLengths = ownCounts, ownStarts = ownPlaces, lengths = counts, starts = places)
            Check(((delegate* unmanaged<byte*, int*, int*, nint, byte*, int*, int*, nint, nint, int>)Function("MPI_Alltoallv"))(
                from, ownLengths, ownStarts, _bytes, to, lengths, starts, _bytes, _world), "MPI_Alltoallv");
    }

    /// <summary>Gives every process the bytes of the first.</summary>
    public void Broadcast(Span<byte> bytes)
    {
        fixed (byte* values = bytes)
            Check(((delegate* unmanaged<byte*, int, nint, int, nint, int>)Function("MPI_Bcast"))(values, bytes.Length, _bytes, 0, _world), "MPI_Bcast");
    }

    private int Number(string function)
    {
        int number;
        Check(((delegate* unmanaged<nint, int*, int>)Function(function))(_world, &number), function);
        return number;
    }

    private nint Function(string name) => NativeLibrary.GetExport(_library, name);

    private static void Check(int code, string function)
    {
        if (code != 0) throw new ProcessGroupException($"{function} of Open MPI failed with code {code}; the messages of mpirun say more.");
    }
}
