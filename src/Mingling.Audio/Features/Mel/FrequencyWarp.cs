namespace Mingling.Audio;

/// <summary>
/// The piecewise-linear warp of vocal-tract length normalisation as in Kaldi: f ↦ f/factor between two bends, and straight lines
/// from there to the unmoved ends of the range, so that no filter is ever empty.
/// </summary>
internal sealed class FrequencyWarp(FeatureSettings settings)
{
    private readonly double _factor = settings.WarpFactor;
    private readonly double _low = settings.LowHz;
    private readonly double _high = settings.UpperEdgeHz;
    private readonly double _lowBend = settings.WarpLowHz * Math.Max(1, settings.WarpFactor);
    private readonly double _highBend = settings.UpperBendHz * Math.Min(1, settings.WarpFactor);

    public double Apply(double hz)
    {
        if (_factor == 1 || hz <= _low || hz >= _high) return hz;
        if (hz < _lowBend) return _low + (((_lowBend / _factor) - _low) / (_lowBend - _low) * (hz - _low));
        if (hz < _highBend) return hz / _factor;
        return _high + ((_high - (_highBend / _factor)) / (_high - _highBend) * (hz - _high));
    }
}
