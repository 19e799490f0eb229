using System.Buffers.Binary;
using System.Text;

namespace Mingling.MetricLearning.Native;

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

    private readonly record struct Section(uint Type, int Offset, int Size, int Link, int Entries);

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
                checked((int)Read32(at + 40)), checked((int)Read32(at + 44))));
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
            int name = checked((int)Read32(at));
            if (Read16(at + 6) != 0 || StringAt(name) != from) continue;
            Overwrite(name, from, to);
            return true;
        }
        return false;
    }

    /// <summary>Replaces a needed version by another whose name has the same length; false if it is not needed.</summary>
    public bool ReplaceNeededVersion(string from, string to)
    {
        bool found = false;
        int need = _needs.Offset;
        for (int i = 0; i < _needs.Entries; i++)
        {
            int auxiliaries = Read16(need + 2), auxiliary = need + checked((int)Read32(need + 8));
            for (int k = 0; k < auxiliaries; k++)
            {
                int name = checked((int)Read32(auxiliary + 8));
                if (StringAt(name) == from)
                {
                    BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(auxiliary), ElfHash(to));
                    Overwrite(name, from, to);
                    found = true;
                }
                auxiliary += checked((int)Read32(auxiliary + 12));
            }
            need += checked((int)Read32(need + 12));
        }
        return found;
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

    private void Overwrite(int name, string from, string to)
    {
        if (to.Length > from.Length) throw new ArgumentException("the new name must not be longer", nameof(to));
        var place = _bytes.AsSpan(_strings.Offset + name, from.Length);
        place.Clear();
        Encoding.ASCII.GetBytes(to, place);
    }

    private string StringAt(int name)
    {
        var rest = _bytes.AsSpan(_strings.Offset + name, _strings.Size - name);
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)0)]);
    }

    private ushort Read16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(at));
    private uint Read32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at));
    private ulong Read64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(at));
}
