using Mingling.Training.Graphs.Onnx;

namespace Mingling.Training.Export.Quantization;

/// <summary>
/// Weights as 8-bit integers with a scale for each output channel, the first dimension. They go from −64 to 64: processors without
/// dot products of bytes add two products of bytes in 16 bits, which larger ones would overflow, and the same model would recognise
/// other words there.
/// </summary>
internal sealed class QuantizedWeights
{
    private const int Largest = 64;

    public QuantizedWeights(OnnxTensor weight)
    {
        var values = weight.Floats;
        int channels = (int)weight.Shape[0], size = values.Length / channels;
        Values = new sbyte[values.Length];
        Scales = new float[channels];
        for (int channel = 0; channel < channels; channel++)
        {
            var row = values.Slice(channel * size, size);
            float peak = 0;
            foreach (float value in row) peak = Math.Max(peak, Math.Abs(value));
            float scale = Scales[channel] = peak > 0 ? peak / Largest : 1;
            for (int i = 0; i < size; i++) Values[channel * size + i] = (sbyte)Math.Clamp(MathF.Round(row[i] / scale), -Largest, Largest);
        }
    }

    public sbyte[] Values { get; }

    public float[] Scales { get; }

    /// <summary>A bias in the unit of the sums: the scale of the input times that of the channel.</summary>
    public (int[] Values, float[] Scales) Bias(ReadOnlySpan<float> bias, float inputScale)
    {
        var (values, scales) = (new int[bias.Length], new float[bias.Length]);
        for (int i = 0; i < values.Length; i++)
        {
            scales[i] = inputScale * Scales[i];
            values[i] = (int)Math.Clamp(Math.Round((double)bias[i] / scales[i]), int.MinValue / 2, int.MaxValue / 2);
        }
        return (values, scales);
    }
}
