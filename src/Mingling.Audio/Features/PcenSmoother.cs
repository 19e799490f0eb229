using System.Runtime.InteropServices;

namespace Mingling.Audio;

/// <summary>Step 9 of docs/front-end.md: per-channel energy normalisation, the only step that remembers earlier frames.</summary>
internal sealed class PcenSmoother(FeatureSettings settings)
{
    private readonly PcenSettings _pcen = settings.Pcen;
    private readonly float[] _smoothed = new float[settings.MelBins];
    private bool _started;

    public void Reset() => _started = false;

    /// <summary>Normalises [frames, bins] in place, in the order of time.</summary>
    public void Apply(Span<float> rows)
    {
        int bins = _smoothed.Length, wide = bins - (bins % WideLane.Width);
        for (; rows.Length > 0; rows = rows[bins..])
        {
            var row = rows[..bins];
            if (!_started) row.CopyTo(_smoothed);
            _started = true;
            Step(MemoryMarshal.Cast<float, WideLane>(row[..wide]), MemoryMarshal.Cast<float, WideLane>(_smoothed.AsSpan(0, wide)));
            Step(MemoryMarshal.Cast<float, ScalarLane>(row[wide..]), MemoryMarshal.Cast<float, ScalarLane>(_smoothed.AsSpan(wide)));
        }
    }

    private void Step<TLane>(Span<TLane> energies, Span<TLane> smoothed)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane s = TLane.Broadcast((float)_pcen.Smoothing), keep = TLane.Broadcast((float)(1 - _pcen.Smoothing));
        TLane epsilon = TLane.Broadcast((float)_pcen.Epsilon), gain = TLane.Broadcast(-(float)_pcen.Gain);
        TLane bias = TLane.Broadcast((float)_pcen.Bias), root = TLane.Broadcast((float)_pcen.Root);
        var shift = TLane.Broadcast((float)Math.Pow(_pcen.Bias, _pcen.Root));
        for (int i = 0; i < energies.Length; i++)
        {
            smoothed[i] = (keep * smoothed[i]) + (s * energies[i]);
            var normalized = energies[i] * Power(epsilon + smoothed[i], gain);
            energies[i] = Power(normalized + bias, root) - shift;
        }
    }

    private static TLane Power<TLane>(TLane x, TLane exponent)
        where TLane : unmanaged, ILane<TLane> => LaneMath.Exp(exponent * LaneMath.Log(x));
}
