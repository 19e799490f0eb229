using System.Globalization;
using Mingling.Audio;
using Mingling.Recognition.Inference;
using Mingling.Recognition.Streaming.Sources;

namespace Mingling.Recognition.Streaming;

/// <summary>
/// Converts samples of any rate, in pieces of any size, to the model's rate and into blocks of one length. The blocks do not depend on how the
/// pieces are cut.
/// </summary>
internal sealed class SampleBlocks
{
    // Bounds the memory of the resampler, however long the pieces are.
    private const int LongestPiece = 4096;

    private readonly Resampler? _resampler;
    private readonly int _rate;
    private readonly Action<ReadOnlySpan<float>> _take;
    private readonly float[] _block;
    private ResamplerStream? _resampled;
    private int _filled;

    /// <param name="fromRate">The rate of the samples (Hz).</param>
    /// <param name="toRate">The rate of the blocks (Hz).</param>
    /// <param name="length">Samples of a block.</param>
    /// <param name="take">Receives each block.</param>
    public SampleBlocks(int fromRate, int toRate, int length, Action<ReadOnlySpan<float>> take)
    {
        _rate = fromRate;
        _resampler = fromRate == toRate ? null : new Resampler(fromRate, toRate);
        _take = take;
        _block = new float[length];
        Reset();
    }

    /// <summary>Samples added so far, at the rate they came in.</summary>
    public long Received { get; private set; }

    /// <summary>Adds a piece, or nothing of it where a sample is not finite or is beyond ±256.</summary>
    public void Push(ReadOnlySpan<float> samples)
    {
        Check(samples);
        Received += samples.Length;
        for (; samples.Length > 0; samples = samples[Math.Min(LongestPiece, samples.Length)..])
        {
            var piece = samples[..Math.Min(LongestPiece, samples.Length)];
            if (_resampled is null)
            {
                Fill(piece);
                continue;
            }

            _resampled.Write(piece);
            Drain(_resampled);
        }
    }

    /// <summary>Ends the stream with a tail at the model's rate. What does not fill a block is left out.</summary>
    public void Complete(ReadOnlySpan<float> tail)
    {
        if (_resampled is not null)
        {
            _resampled.Complete();
            Drain(_resampled);
        }

        Fill(tail);
    }

    public void Reset() => (_resampled, _filled, Received) = (_resampler?.CreateStream(), 0, 0);

    private void Drain(ResamplerStream resampled)
    {
        while (resampled.Read(_block.AsSpan(_filled)) is var read and > 0) Advance(read);
    }

    private void Fill(ReadOnlySpan<float> samples)
    {
        while (samples.Length > 0)
        {
            int fitting = Math.Min(samples.Length, _block.Length - _filled);
            samples[..fitting].CopyTo(_block.AsSpan(_filled));
            Advance(fitting);
            samples = samples[fitting..];
        }
    }

    private void Advance(int samples)
    {
        _filled += samples;
        if (_filled < _block.Length) return;
        _filled = 0;
        _take(_block);
    }

    private void Check(ReadOnlySpan<float> samples)
    {
        if (SampleCheck.FirstWrong(samples) is not (>= 0 and var wrong)) return;
        string time = string.Create(CultureInfo.InvariantCulture, $"{(double)(Received + wrong) / _rate:0.000} s");
        throw new SampleStreamException($"The sample at {time} of the stream {SampleCheck.Problem(samples[wrong])}; nothing of its piece was taken.");
    }
}
