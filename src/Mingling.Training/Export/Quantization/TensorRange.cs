namespace Mingling.Training.Export.Quantization;

/// <summary>The range of the values that a tensor took on real clips; always holds 0, so that zero padding is exact.</summary>
internal readonly record struct TensorRange(float Low, float High)
{
    /// <summary>The range of these values together with 0.</summary>
    public static TensorRange Measure(ReadOnlySpan<float> values)
    {
        float low = 0, high = 0;
        foreach (float value in values)
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }
        return new TensorRange(low, high);
    }

    /// <summary>The step between two of the 256 values of a byte.</summary>
    public float Scale => High > Low ? (High - Low) / 255 : 1;

    /// <summary>The byte that stands for 0.</summary>
    public byte ZeroPoint => (byte)Math.Clamp(MathF.Round(-Low / Scale), 0, 255);
}
