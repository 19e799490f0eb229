using System.Buffers.Binary;
using System.Text;

namespace Mingling.MetricLearning;

/// <summary>
/// The dynamic-linking part of a 64-bit little-endian ELF file: its sections are found by their headers,
/// so that a change touches exactly the entry it means and never a byte that merely looks alike.
/// Layout: System V ABI, "Object files"; version records: LSB core, "Symbol versioning".
/// </summary>
internal sealed class ElfImage
{
    private const uint DynamicSymbols = 11;
    private const uint VersionNeeds = 0x6ffffffe;

    private readonly byte[] _bytes;
    private readonly Section _symbols;
    private readonly Section _strings;
    private readonly Section _needs;

    private readonly record struct Section(uint Type, int Offset, int Size, int Link);

    /// <summary>Reads the section headers of <paramref name="bytes"/>, which the other methods change in place.</summary>
    /// <exception cref="InvalidDataException">Not such a file, or one without dynamic symbols or versions.</exception>
    /// <exception cref="ArgumentException">A header points outside the file (also from every other method).</exception>
    /// <exception cref="OverflowException">A header holds an offset above 2 GiB (also from every other method).</exception>
    public ElfImage(byte[] bytes)
    {
        _bytes = bytes;
        if (bytes.Length < 64 || !bytes.AsSpan(0, 6).SequenceEqual("\u007fELF\u0002\u0001"u8))
            throw new InvalidDataException("not a 64-bit little-endian ELF file");

        int table = checked((int)Read64(0x28)), entrySize = Read16(0x3A), count = Read16(0x3C);
        var sections = new List<Section>(count);
        for (int i = 0; i < count; i++)
        {
            int at = table + i * entrySize;
            sections.Add(new Section(Read32(at + 4), checked((int)Read64(at + 24)), checked((int)Read64(at + 32)),
                checked((int)Read32(at + 40))));
        }

        _symbols = sections.Find(s => s.Type == DynamicSymbols);
        _needs = sections.Find(s => s.Type == VersionNeeds);
        if (_symbols.Size == 0 || _needs.Size == 0)
            throw new InvalidDataException("no dynamic symbol table or no version table");
        _strings = sections[_symbols.Link];
    }

    /// <summary>Gives the undefined symbol <paramref name="from"/> another name that is not longer; false if there is none.</summary>
    public bool RenameImport(string from, string to)
    {
        const int symbolSize = 24;
        for (int at = _symbols.Offset; at < _symbols.Offset + _symbols.Size; at += symbolSize)
        {
            uint name = Read32(at);
            if (Read16(at + 6) != 0 || !IsString(name, from)) continue;
            Overwrite(name, from, to);
            return true;
        }
        return false;
    }

    /// <summary>Replaces a needed version by another whose name is not longer; false if it is not needed.</summary>
    public bool ReplaceNeededVersion(string from, string to)
    {
        foreach (int library in Chain(_needs.Offset))
        {
            foreach (int version in Chain(checked(library + (int)Read32(library + 8))))
            {
                uint name = Read32(version + 8);
                if (!IsString(name, from)) continue;
                BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(version), ElfHash(to));
                Overwrite(name, from, to);
                return true;
            }
        }
        return false;
    }

    /// <summary>
    /// The offsets of a chain of version records: both kinds hold the distance to the next one at offset 12, and 0 in
    /// the last. Distances are unsigned, so a damaged chain runs off the end of the file instead of round in a circle.
    /// </summary>
    private IEnumerable<int> Chain(int first)
    {
        for (int at = first; ;)
        {
            yield return at;
            uint distance = Read32(at + 12);
            if (distance == 0) yield break;
            at = checked(at + (int)distance);
        }
    }

    /// <summary>The hash function of the System V ABI, "Hash table section".</summary>
    internal static uint ElfHash(string name)
    {
        uint hash = 0;
        foreach (byte b in Encoding.ASCII.GetBytes(name))
        {
            hash = (hash << 4) + b;
            uint high = hash & 0xf0000000;
            hash = (hash ^ (high >> 24)) & ~high;
        }
        return hash;
    }

    private void Overwrite(uint name, string from, string to)
    {
        if (to.Length > from.Length) throw new ArgumentException("the new name must not be longer", nameof(to));
        var place = StringsFrom(name)[..from.Length];
        place.Clear();
        Encoding.ASCII.GetBytes(to, place);
    }

    private bool IsString(uint name, string expected)
    {
        var rest = StringsFrom(name);
        return rest.Length > expected.Length && rest[expected.Length] == 0 && Ascii.Equals(rest[..expected.Length], expected);
    }

    private Span<byte> StringsFrom(uint name)
    {
        if (name > _strings.Size) throw new InvalidDataException("a name lies outside the string table");
        return _bytes.AsSpan(_strings.Offset + (int)name, _strings.Size - (int)name);
    }

    private ushort Read16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(at));
    private uint Read32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at));
    private ulong Read64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(at));
}
