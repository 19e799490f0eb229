namespace Mingling.Recognition.Streaming;

/// <summary>
/// The background sound between words: the quietest block of the recent past. It is put before the beginning of a stream and after its end,
/// because digital silence beside a noisy room is a step in the features that an encoder may take for a word.
/// </summary>
internal sealed class RoomTone(int blockLength, int blocks)
{
    private readonly float[] _samples = new float[blockLength * blocks];
    private readonly float[] _powers = new float[blocks];
    private long _count;

    public void Add(ReadOnlySpan<float> block, float power)
    {
        int place = (int)(_count++ % blocks);
        block.CopyTo(_samples.AsSpan(place * blockLength));
        _powers[place] = power;
    }

    /// <summary>The quietest block, repeated with random signs, which keeps it from becoming a tone; its mean keeps its sign.</summary>
    public float[] Make(int samples)
    {
        float[] tone = new float[samples];
        if (_count == 0) return tone;
        int held = (int)Math.Min(_count, blocks);
        int quietest = _powers.AsSpan(0, held).IndexOf(_powers.Take(held).Min());
        ReadOnlySpan<float> block = _samples.AsSpan(quietest * blockLength, blockLength);
        float offset = Mean(block);
        var random = new Random(1);
        for (int at = 0; at < samples; at += blockLength)
        {
            int sign = random.Next(2) == 0 ? 1 : -1;
            for (int i = 0; i < blockLength && at + i < samples; i++) tone[at + i] = offset + (sign * (block[i] - offset));
        }

        return tone;
    }

    public void Reset() => _count = 0;

    private static float Mean(ReadOnlySpan<float> block)
    {
        double sum = 0;
        foreach (float x in block) sum += x;
        return (float)(sum / block.Length);
    }
}
