using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mingling.Audio;

/// <summary>Scratch of a fixed number of lanes, aligned to cache lines so that no load crosses one.</summary>
internal sealed unsafe class LaneBuffer<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    private const int CacheLineBytes = 64;

    private readonly byte[] _bytes;
    private readonly int _offset;

    public LaneBuffer(int length)
    {
        Length = length;
        _bytes = GC.AllocateArray<byte>((length * sizeof(TLane)) + CacheLineBytes, pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_bytes));
        _offset = (int)((CacheLineBytes - (address % CacheLineBytes)) % CacheLineBytes);
    }

    public int Length { get; }

    public Span<TLane> Lanes => MemoryMarshal.Cast<byte, TLane>(_bytes.AsSpan(_offset, Length * sizeof(TLane)));

    /// <summary>The same memory as floats: lane l of element i is at i · Width + l.</summary>
    public Span<float> Floats => MemoryMarshal.Cast<TLane, float>(Lanes);
}
