using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Pairs;

/// <summary>The chosen columns of each row of a mask, side by side.</summary>
internal static class PositiveSlots
{
    public static (Tensor Index, Tensor Valid) FromMask(Tensor mask) =>
        mask.device_type == TorchSharp.DeviceType.CPU ? InMemory(mask.contiguous()) : EveryColumn(mask);

    /// <summary>The same without reading a tensor back: a slot for each column.</summary>
    public static (Tensor Index, Tensor Valid) EveryColumn(Tensor mask) =>
        (arange(mask.shape[1], device: mask.device).unsqueeze(0).expand(mask.shape), mask);

    private static (Tensor, Tensor) InMemory(Tensor mask)
    {
        var (rows, columns) = ((int)mask.shape[0], (int)mask.shape[1]);
        var bits = mask.bytes;
        int slots = 1;
        for (int row = 0; row < rows; row++) slots = Math.Max(slots, bits.Slice(row * columns, columns).Count((byte)1));

        var index = zeros(rows, slots, ScalarType.Int64);
        var valid = zeros(rows, slots, ScalarType.Bool);
        var indices = MemoryMarshal.Cast<byte, long>(index.bytes);
        var filled = valid.bytes;
        for (int row = 0; row < rows; row++)
        {
            var rest = bits.Slice(row * columns, columns);
            int slot = row * slots;
            for (int next, column = 0; (next = rest.IndexOf((byte)1)) >= 0; rest = rest[(next + 1)..], column++)
            {
                column += next;
                (indices[slot], filled[slot]) = (column, 1);
                slot++;
            }
        }
        return (index, valid);
    }
}
