namespace Mingling.Audio;

/// <summary>Step 3 of docs/front-end.md: what happens to the samples of a window before its transform. The taper is left to <see cref="FrameKernel{TLane}"/>, which multiplies on the way to the transform.</summary>
internal static class FrameConditioning
{
    private const float Int16Scale = 32768f;
    private const float SmallestEnergy = 1.1920928955078125e-07f; // the distance of the floats after 1, as in Kaldi

    /// <summary>Scale, mean, energy and pre-emphasis, in this order, in place. Returns the log energy where the settings use it, of the tapered samples unless it is raw.</summary>
    public static TLane Apply<TLane>(Span<TLane> samples, FeatureSettings settings, ReadOnlySpan<float> window)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane energy = default;
        if (settings.ScaleToInt16)
            foreach (ref var x in samples) x *= TLane.Broadcast(Int16Scale);
        if (settings.RemoveDcOffset) RemoveMean(samples);
        if (settings.UseEnergy && settings.RawEnergy) energy = LogEnergy(samples, [], settings);
        if (settings.PreEmphasis != 0) PreEmphasise(samples, (float)settings.PreEmphasis);
        if (settings.UseEnergy && !settings.RawEnergy) energy = LogEnergy(samples, window, settings);
        return energy;
    }

    private static void RemoveMean<TLane>(Span<TLane> samples)
        where TLane : unmanaged, ILane<TLane>
    {
        // Four sums, because a single one would wait for itself; and they lose fewer digits.
        TLane a = default, b = default, c = default, d = default;
        int n = 0;
        for (; n + 4 <= samples.Length; n += 4)
        {
            a += samples[n];
            b += samples[n + 1];
            c += samples[n + 2];
            d += samples[n + 3];
        }

        for (; n < samples.Length; n++) a += samples[n];
        var mean = (a + b + (c + d)) / TLane.Broadcast(samples.Length);
        foreach (ref var x in samples) x -= mean;
    }

    private static TLane LogEnergy<TLane>(ReadOnlySpan<TLane> samples, ReadOnlySpan<float> window, FeatureSettings settings)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane sum = default;
        for (int n = 0; n < samples.Length; n++)
        {
            var x = window.IsEmpty ? samples[n] : samples[n] * TLane.Broadcast(window[n]);
            sum += x * x;
        }
        return LaneMath.Log(LaneMath.Max(sum, TLane.Broadcast(Math.Max(SmallestEnergy, (float)settings.EnergyFloor))));
    }

    private static void PreEmphasise<TLane>(Span<TLane> samples, float coefficient)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane c = TLane.Broadcast(coefficient), before = samples[0];
        foreach (ref var x in samples)
        {
            var now = x;
            x = now - (c * before);
            before = now;
        }
    }
}
