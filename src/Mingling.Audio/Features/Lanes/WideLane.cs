using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mingling.Audio;

/// <summary>As many lanes as the machine's vector registers hold: 4 with 128 bits, 8 with 256.</summary>
internal readonly struct WideLane(Vector<float> value) : ILane<WideLane>
{
    private readonly Vector<float> _value = value;

    public static int Width => Vector<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane Broadcast(float value) => new(new Vector<float>(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane Gather(ref float first, nint stride) => Vector<float>.Count switch
    {
        4 => new(Gather4(ref first, stride).AsVector()),
        8 => new(Gather8(ref first, stride).AsVector()),
        16 => new(Vector512.Create(Gather8(ref first, stride), Gather8(ref Unsafe.Add(ref first, 8 * stride), stride)).AsVector()),
        _ => throw new NotSupportedException($"Vectors of {Vector<float>.Count} floats are unknown; 4, 8 and 16 are known."),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane operator +(WideLane a, WideLane b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane operator -(WideLane a, WideLane b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane operator *(WideLane a, WideLane b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane operator /(WideLane a, WideLane b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane Sqrt(WideLane x) => new(Vector.SquareRoot(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane SelectLess(WideLane a, WideLane b, WideLane less, WideLane otherwise) =>
        new(Vector.ConditionalSelect(Vector.LessThan(a._value, b._value), less._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane SplitMantissa(WideLane x, out WideLane exponent)
    {
        var bits = Vector.AsVectorInt32(x._value);
        var power = Vector.ShiftRightArithmetic(bits - new Vector<int>(FloatBits.SqrtHalf), FloatBits.MantissaBits);
        exponent = new(Vector.ConvertToSingle(power));
        return new(Vector.AsVectorSingle(bits - Vector.ShiftLeft(power, FloatBits.MantissaBits)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane ScaleByPowerOfTwo(WideLane x, WideLane power)
    {
        var shift = Vector.ShiftLeft(Vector.ConvertToInt32Native(power._value), FloatBits.MantissaBits);
        return new(Vector.AsVectorSingle(Vector.AsVectorInt32(x._value) + shift));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Gather8(ref float first, nint stride) =>
        Vector256.Create(Gather4(ref first, stride), Gather4(ref Unsafe.Add(ref first, 4 * stride), stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Gather4(ref float first, nint stride) => Vector128.Create(
        first, Unsafe.Add(ref first, stride), Unsafe.Add(ref first, 2 * stride), Unsafe.Add(ref first, 3 * stride));
}
