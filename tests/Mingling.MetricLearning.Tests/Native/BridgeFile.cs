using System.Buffers.Binary;
using System.Text;

namespace Mingling.MetricLearning.Tests.Native;

/// <summary>
/// TorchSharp's native bridge as the package brings it, and what its dynamic section asks for, read in another way than
/// the loader reads it: from the dynamic segment, which the system's linker uses, instead of from the section headers.
/// </summary>
internal sealed class BridgeFile
{
    public const string NewGuard = "_ZSt21ios_base_library_initv", NewVersion = "GLIBCXX_3.4.32";

    public static readonly string Path =
        System.IO.Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    private const long StringTable = 5, SymbolTable = 6, VersionNeeds = 0x6ffffffe;

    private readonly byte[] _bytes;

    public BridgeFile(byte[] bytes)
    {
        _bytes = bytes;
        var addresses = new Dictionary<long, int>();
        for (int at = DynamicSegment(); Number(at, 8) != 0; at += 16) addresses[Number(at, 8)] = (int)Number(at + 8, 8);

        // The segment that holds these tables starts at offset 0 and address 0, so addresses are offsets.
        Strings = addresses[StringTable];
        Symbols = addresses[SymbolTable];
        Versions = [.. ReadVersions(addresses[VersionNeeds])];
        Names = [.. ReadNames()];
    }

    public sealed record NeededVersion(int Offset, string Name, uint Hash);

    public int Strings { get; }

    public int Symbols { get; }

    public IReadOnlyList<NeededVersion> Versions { get; }

    /// <summary>The names of all dynamic symbols in their order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Offset of a zero-terminated string in the string table.</summary>
    public int OffsetOf(string name)
    {
        int found = _bytes.AsSpan(Strings).IndexOf(Encoding.ASCII.GetBytes($"\0{name}\0"));
        found.ShouldBeGreaterThan(0);
        return Strings + found + 1;
    }

    private int DynamicSegment()
    {
        int at = (int)Number(0x20, 8);
        while (Number(at, 4) != 2) at += 56;
        return (int)Number(at + 8, 8);
    }

    private IEnumerable<NeededVersion> ReadVersions(int library)
    {
        for (; ; library += (int)Number(library + 12, 4))
        {
            int version = library + (int)Number(library + 8, 4);
            for (long left = Number(library + 2, 2); left > 0; left--, version += (int)Number(version + 12, 4))
                yield return new(version, Text((int)Number(version + 8, 4)), (uint)Number(version, 4));
            if (Number(library + 12, 4) == 0) yield break;
        }
    }

    // The linker lays the string table directly behind the symbol table.
    private IEnumerable<string> ReadNames()
    {
        for (int at = Symbols; at + 24 <= Strings; at += 24) yield return Text((int)Number(at, 4));
    }

    private string Text(int name)
    {
        int start = Strings + name;
        return Encoding.ASCII.GetString(_bytes, start, Array.IndexOf(_bytes, (byte)0, start) - start);
    }

    private long Number(int at, int size) => size switch
    {
        2 => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(at)),
        4 => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at)),
        _ => BinaryPrimitives.ReadInt64LittleEndian(_bytes.AsSpan(at)),
    };
}
