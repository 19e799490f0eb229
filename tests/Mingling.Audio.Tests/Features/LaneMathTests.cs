using System.Runtime.InteropServices;

namespace Mingling.Audio.Tests;

public class LaneMathTests
{
    private const uint Infinity = 0x7F800000;

    [Fact]
    public void Log_over_all_positive_floats_is_within_two_units_in_the_last_place()
    {
        float[] inputs = [.. Enumerable.Range(0, (int)(Infinity / 997)).Select(i => BitConverter.UInt32BitsToSingle(1 + ((uint)i * 997)))];
        float[] wide = Apply<WideLane>(inputs, LaneMath.Log);
        Inexact(inputs, wide, Math.Log).ShouldBeEmpty();
    }

    [Fact]
    public void Log_around_one_keeps_its_relative_accuracy()
    {
        uint one = BitConverter.SingleToUInt32Bits(1f);
        float[] inputs = [.. Enumerable.Range(-20_000, 40_000).Select(i => BitConverter.UInt32BitsToSingle((uint)(one + i)))];
        float[] wide = Apply<WideLane>(inputs, LaneMath.Log);
        Inexact(inputs, wide, Math.Log).ShouldBeEmpty();
    }

    [Fact]
    public void Log_of_special_values_is_that_of_IEEE()
    {
        float[] inputs = [0f, -0f, -1f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 1f, float.Epsilon];
        foreach (float[] results in (float[][])[Apply<WideLane>(inputs, LaneMath.Log), Apply<ScalarLane>(inputs, LaneMath.Log)])
        {
            results[..7].ShouldBe([float.NegativeInfinity, float.NegativeInfinity, float.NaN, float.PositiveInfinity, float.NaN, float.NaN, 0f]);
            results[7].ShouldBe(MathF.Log(float.Epsilon), 1e-5f);
        }
    }

    [Fact]
    public void Exp_over_its_range_is_within_two_units_in_the_last_place()
    {
        float[] inputs = [.. Enumerable.Range(0, 1_000_000).Select(i => -87f + (i * 1.75e-4f))];
        float[] wide = Apply<WideLane>(inputs, LaneMath.Exp);
        Inexact(inputs, wide, Math.Exp).ShouldBeEmpty();
    }

    [Fact]
    public void Log_and_Exp_give_the_same_bits_in_every_width()
    {
        var random = new Random(1);
        float[] inputs = [.. Enumerable.Range(0, 100_000).Select(_ => BitConverter.UInt32BitsToSingle((uint)random.NextInt64(Infinity)))];
        Bits(Apply<WideLane>(inputs, LaneMath.Log)).ShouldBe(Bits(Apply<ScalarLane>(inputs, LaneMath.Log)));
        Bits(Apply<WideLane>(inputs, LaneMath.Exp)).ShouldBe(Bits(Apply<ScalarLane>(inputs, LaneMath.Exp)));
    }

    /// <summary>The inputs whose result is further from the exact one than two units in the last place.</summary>
    private static float[] Inexact(float[] inputs, float[] results, Func<double, double> exact) =>
        [.. inputs.Where((x, i) => !(Math.Abs(results[i] - exact(x)) <= 2 * Unit(exact(x))))];

    private static double Unit(double value)
    {
        float at = MathF.Max(MathF.Abs((float)value), 1.17549435e-38f);
        return (double)MathF.BitIncrement(at) - at;
    }

    private static uint[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToUInt32Bits)];

    private static float[] Apply<TLane>(float[] inputs, Func<TLane, TLane> function)
        where TLane : unmanaged, ILane<TLane>
    {
        float[] results = [.. inputs, .. new float[(TLane.Width - (inputs.Length % TLane.Width)) % TLane.Width]];
        foreach (ref var x in MemoryMarshal.Cast<float, TLane>(results.AsSpan())) x = function(x);
        return results[..inputs.Length];
    }
}
