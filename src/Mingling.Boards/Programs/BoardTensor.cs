namespace Mingling.Boards.Programs;

/// <summary>Values that a program computes with: a constant, a state that a stream keeps from step to step, or a result within one step.</summary>
/// <param name="name">What to call it in the source.</param>
/// <param name="size">How many values.</param>
internal sealed class BoardTensor(string name, int size)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>The number of values, at least 1.</summary>
    public int Size { get; } = size;

    /// <summary>The values of a constant; null for others.</summary>
    public float[]? Constant { get; init; }

    /// <summary>Whether a stream keeps it from step to step.</summary>
    public bool IsState { get; init; }

    /// <summary>The scale of its bytes; null where it holds floats.</summary>
    public ByteScale? Bytes { get; init; }

    /// <summary>The same values in bytes.</summary>
    public BoardTensor InBytes(ByteScale scale) => new(Name, Size) { IsState = IsState, Bytes = scale };
}

/// <summary>Bytes that stand for real numbers: value = scale · (byte − zero).</summary>
/// <param name="Scale">The step between two bytes, above 0.</param>
/// <param name="Zero">The byte that stands for 0.</param>
internal readonly record struct ByteScale(float Scale, byte Zero)
{
    /// <summary>The finest scale that holds a range, and 0 exactly.</summary>
    public static ByteScale For(float low, float high)
    {
        low = Math.Min(low, 0);
        high = Math.Max(high, 0);
        float scale = high > low ? (high - low) / 255 : 1;
        return new ByteScale(scale, (byte)Math.Clamp(MathF.Round(-low / scale), 0, 255));
    }

    /// <summary>The byte for a value: the nearest, halves to even, as the C does it.</summary>
    public byte Of(float value) => Clamp(MathF.Round(value * (1 / Scale)) + Zero);

    /// <summary>What a byte stands for.</summary>
    public float ValueOf(byte value) => Scale * (value - Zero);

    /// <summary>A whole number as a byte, held within 0…255.</summary>
    public static byte Clamp(float value) => (byte)Math.Clamp(value, 0, 255);
}
