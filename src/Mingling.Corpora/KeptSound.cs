using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mingling.Corpora;

/// <summary>Samples in memory: in 16 bits where these give every sample back to the last bit, as of 16-bit recordings at their own rate; else as they are.</summary>
internal sealed class KeptSound
{
    private const float Scale = 32768;

    private readonly short[]? _short;
    private readonly float[]? _float;

    private KeptSound(short[]? small, float[]? whole) => (_short, _float) = (small, whole);

    /// <summary>The bytes that it takes.</summary>
    public long Bytes => (_short?.Length * sizeof(short)) ?? (_float!.Length * sizeof(float));

    /// <summary>Keeps samples; the array may be kept itself.</summary>
    public static KeptSound Keep(float[] samples)
    {
        short[] small = new short[samples.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            float scaled = samples[i] * Scale;
            if (!(scaled is >= short.MinValue and <= short.MaxValue)) return new KeptSound(null, samples);
            small[i] = (short)scaled;
            // Also tells -0 from 0.
            if (BitConverter.SingleToInt32Bits(small[i] * (1 / Scale)) != BitConverter.SingleToInt32Bits(samples[i])) return new KeptSound(null, samples);
        }
        return new KeptSound(small, null);
    }

    /// <summary>The samples, not to be changed.</summary>
    public float[] Samples()
    {
        if (_short is null) return _float!;
        float[] samples = new float[_short.Length];
        ref short from = ref MemoryMarshal.GetArrayDataReference(_short);
        ref float to = ref MemoryMarshal.GetArrayDataReference(samples);
        int i = 0;
        for (; i <= samples.Length - Vector128<short>.Count; i += Vector128<short>.Count)
        {
            (var lower, var upper) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)i));
            (Vector128.ConvertToSingle(lower) * (1 / Scale)).StoreUnsafe(ref to, (nuint)i);
            (Vector128.ConvertToSingle(upper) * (1 / Scale)).StoreUnsafe(ref to, (nuint)(i + 4));
        }
        for (; i < samples.Length; i++) samples[i] = _short[i] * (1 / Scale);
        return samples;
    }
}
