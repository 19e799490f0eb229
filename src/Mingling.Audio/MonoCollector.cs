using System.Globalization;

namespace Mingling.Audio;

/// <summary>
/// Mixes frames of any number of channels down to their mean and collects them in an array that grows with what arrives. Of two channels in
/// opposite phase, whose mean is silence, the louder one is taken.
/// </summary>
/// <param name="channels">Samples in a frame, at least 1.</param>
/// <param name="expectedFrames">Frames known to come, as far as that follows from bytes that are there and not from a header's claim; else 0.</param>
/// <param name="name">The file's name, for messages.</param>
internal sealed class MonoCollector(int channels, long expectedFrames, string name)
{
    private const int SmallestCapacity = 4096;

    /// <summary>
    /// 48 dB above full scale: no recording in the scale ±1 goes there, and one in the scale of 16-bit integers does at −42 dB.
    /// It also keeps powers far from where they overflow.
    /// </summary>
    private const float LargestAmplitude = 256;

    /// <summary>The mean of two like channels has their power, of independent ones half of it; one with the other turned over leaves nothing.</summary>
    private const double CancelledShare = 0.02;

    private double _meanPower, _firstPower, _secondPower;
    private float[] _first = [];
    private float[] _samples = new float[Math.Min(expectedFrames > 0 ? expectedFrames : SmallestCapacity, Array.MaxLength)];
    private int _count;

    /// <summary>What is odd about the channels, as a clause about the file; null where nothing is. Known after <see cref="ToArray"/>.</summary>
    public string? Note { get; private set; }

    /// <summary>Adds frames.</summary>
    /// <param name="interleaved">Whole frames, channel by channel.</param>
    /// <exception cref="AudioFormatException">A sample is not finite or beyond ±256, or the clip is longer than an array can be.</exception>
    public void Append(ReadOnlySpan<float> interleaved)
    {
        var mixed = Reserve(interleaved.Length / channels);
        if (channels == 1)
            interleaved.CopyTo(mixed);
        else
            MixDown(interleaved, mixed);
        if (channels == 2)
            KeepFirst(interleaved, mixed);

        // Checked before mixing, because absurd samples of opposite signs would cancel.
        for (int i = 0; i < interleaved.Length; i++)
        {
            if (!(MathF.Abs(interleaved[i]) <= LargestAmplitude))
                throw Absurd(interleaved[i], frame: _count + i / channels);
        }
        _count += mixed.Length;
    }

    /// <summary>The clip.</summary>
    /// <exception cref="AudioFormatException">Nothing was collected.</exception>
    public float[] ToArray()
    {
        if (_count == 0)
            throw new AudioFormatException(new Remark("sound.no-samples", $"{name} holds no samples; a recording has at least one.", ("name", name)));
        Array.Resize(ref _samples, _count);
        if (channels == 2 && _meanPower < CancelledShare * Math.Max(_firstPower, _secondPower))
            TakeLouder();
        return _samples;
    }

    /// <summary>Keeps the first channel; with the mean it gives the second one as well.</summary>
    private void KeepFirst(ReadOnlySpan<float> interleaved, ReadOnlySpan<float> mean)
    {
        if (_first.Length < _samples.Length)
            Array.Resize(ref _first, _samples.Length);
        for (int frame = 0; frame < mean.Length; frame++)
        {
            float first = interleaved[2 * frame], second = interleaved[2 * frame + 1];
            _first[_count + frame] = first;
            _meanPower += (double)mean[frame] * mean[frame];
            _firstPower += (double)first * first;
            _secondPower += (double)second * second;
        }
    }

    private void TakeLouder()
    {
        Note = "has two channels in opposite phase, whose mean is silence; the louder one is used";
        for (int i = 0; i < _samples.Length; i++)
            _samples[i] = _firstPower >= _secondPower ? _first[i] : 2 * _samples[i] - _first[i];
        _first = [];
    }

    private AudioFormatException Absurd(float sample, int frame) => new(float.IsFinite(sample)
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{name} holds a sample of {sample:G6} (in frame {frame}), where full scale is ±1; write float samples in that scale.")
        : $"{name} holds a sample that is not a finite number (in frame {frame}); record or convert it anew.");

    private void MixDown(ReadOnlySpan<float> interleaved, Span<float> mixed)
    {
        for (int frame = 0; frame < mixed.Length; frame++)
        {
            double sum = 0;
            foreach (float sample in interleaved.Slice(frame * channels, channels))
                sum += sample;
            mixed[frame] = (float)(sum / channels);
        }
    }

    private Span<float> Reserve(int frames)
    {
        long needed = (long)_count + frames;
        if (needed > Array.MaxLength)
            throw new AudioFormatException($"{name} holds more than {Array.MaxLength} frames; cut it into shorter files.");
        if (needed > _samples.Length)
            Array.Resize(ref _samples, (int)Math.Min(Math.Max(needed, 2L * _samples.Length), Array.MaxLength));
        return _samples.AsSpan(_count, frames);
    }
}
