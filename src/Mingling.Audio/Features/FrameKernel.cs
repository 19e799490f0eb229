using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mingling.Audio;

/// <summary>
/// Turns as many windows as there are lanes into features: the steps 2 to 8 of docs/front-end.md. Every step works on one
/// frame per lane, so a frame's bits do not depend on its neighbours or on the number of lanes.
/// </summary>
internal sealed class FrameKernel<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    private readonly FeatureTables _tables;
    private readonly FeatureSettings _settings;
    private readonly LaneFft<TLane> _fft;
    private readonly LaneBuffer<TLane> _samples;
    private readonly LaneBuffer<TLane> _spectrum;
    private readonly LaneBuffer<TLane> _mel;
    private readonly LaneBuffer<TLane> _features;

    public FrameKernel(FeatureTables tables)
    {
        _tables = tables;
        _settings = tables.Settings;
        _fft = new LaneFft<TLane>(tables.Fft);
        _samples = new LaneBuffer<TLane>(tables.Window.Length);
        _spectrum = new LaneBuffer<TLane>(tables.Fft.Bins);
        _mel = new LaneBuffer<TLane>(tables.Mel.Count);
        _features = new LaneBuffer<TLane>(_settings.Bins);
    }

    /// <summary>Computes the first <paramref name="frames"/> of the windows that begin a hop apart in <paramref name="signal"/>.</summary>
    /// <param name="signal">(Width − 1) · hop + window samples.</param>
    /// <param name="frames">1…Width.</param>
    /// <param name="rows">Receives [frames, bins].</param>
    public void Compute(ReadOnlySpan<float> signal, int frames, Span<float> rows)
    {
        Gather(signal);
        var energy = FrameConditioning.Apply(_samples.Lanes, _settings, _tables.Window);
        LoadTransform();
        _fft.Transform();
        TakeSpectrum();
        _tables.Mel.Apply<TLane>(_spectrum.Lanes, _mel.Lanes);
        Compress();
        Assemble(energy);
        Scatter(frames, rows);
    }

    /// <summary>Step 2: lane l takes window l.</summary>
    private void Gather(ReadOnlySpan<float> signal) =>
        Transposition.Apply(signal, _settings.HopSamples, TLane.Width, _samples.Length, _samples.Floats, TLane.Width);

    /// <summary>The end of step 3 and the beginning of step 4: the tapered samples in the order of the transform, padded with zeros at the end.</summary>
    private void LoadTransform()
    {
        Span<TLane> samples = _samples.Lanes, work = _fft.Work;
        ReadOnlySpan<int> slots = _tables.Fft.Slots;
        if (!_tables.Fft.IsHalved) work.Clear();
        ReadOnlySpan<float> window = _tables.Window.AsSpan(0, samples.Length);
        ref var to = ref MemoryMarshal.GetReference(work);
        // Slots lie within the work space (FftPlan).
        for (int n = 0; n < samples.Length; n++) Unsafe.Add(ref to, slots[n]) = samples[n] * TLane.Broadcast(window[n]);
        for (int n = samples.Length; n < slots.Length; n++) work[slots[n]] = TLane.Broadcast(0f);
    }

    /// <summary>Step 5: |X|² or |X|.</summary>
    private void TakeSpectrum()
    {
        var spectrum = _spectrum.Lanes;
        ref var transformed = ref MemoryMarshal.GetReference(_fft.Work);
        for (int k = 0; k < spectrum.Length; k++)
        {
            TLane real = Unsafe.Add(ref transformed, 2 * k), imaginary = Unsafe.Add(ref transformed, (2 * k) + 1);
            spectrum[k] = (real * real) + (imaginary * imaginary);
        }

        if (_settings.SpectrumExponent == 1)
            foreach (ref var power in spectrum) power = TLane.Sqrt(power);
    }

    /// <summary>Step 7, except for PCEN, which looks back in time.</summary>
    private void Compress()
    {
        TLane offset = TLane.Broadcast((float)_settings.LogOffset), floor = TLane.Broadcast((float)_settings.LogFloor);
        var decibels = TLane.Broadcast((float)(10 / Math.Log(10)));
        switch (_settings.Compression)
        {
            case FeatureCompression.LogOffset:
                foreach (ref var x in _mel.Lanes) x = LaneMath.Log(x + offset);
                break;
            case FeatureCompression.LogFloor:
                foreach (ref var x in _mel.Lanes) x = LaneMath.Log(LaneMath.Max(x, floor));
                break;
            case FeatureCompression.Decibels:
                foreach (ref var x in _mel.Lanes) x = LaneMath.Log(LaneMath.Max(x, floor)) * decibels;
                break;
        }
    }

    /// <summary>Step 8: cepstral coefficients, and the place of the energy.</summary>
    private void Assemble(TLane energy)
    {
        Span<TLane> features = _features.Lanes, mel = _mel.Lanes;
        if (_tables.Cosine is not null)
        {
            _tables.Cosine.Apply<TLane>(mel, features);
            if (_settings.UseEnergy) features[0] = energy;
            if (!_settings.EnergyLast) return;
            var first = features[0];
            features[1..].CopyTo(features);
            features[^1] = first;
        }
        else if (!_settings.UseEnergy)
        {
            mel.CopyTo(features);
        }
        else
        {
            mel.CopyTo(_settings.EnergyLast ? features : features[1..]);
            features[_settings.EnergyLast ? features.Length - 1 : 0] = energy;
        }
    }

    private void Scatter(int frames, Span<float> rows)
    {
        int bins = _features.Length;
        Transposition.Apply(_features.Floats, TLane.Width, bins, frames, rows, bins);
    }
}
