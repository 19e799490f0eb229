namespace Mingling.Audio;

/// <summary>The discrete cosine transform (type II) that turns log mel energies into cepstral coefficients, with the lifter folded in.</summary>
internal sealed class CosineTransform
{
    private readonly float[] _table;
    private readonly int _inputs;

    public CosineTransform(FeatureSettings settings)
    {
        _inputs = settings.MelBins;
        Count = settings.Cepstra;
        _table = new float[Count * _inputs];
        for (int i = 0; i < Count; i++)
        {
            double scale = Scale(settings, i);
            for (int m = 0; m < _inputs; m++) _table[(i * _inputs) + m] = (float)(scale * Math.Cos(Math.PI * i * (m + 0.5) / _inputs));
        }
    }

    public int Count { get; }

    /// <summary>[coefficients, mel filters], row by row.</summary>
    public ReadOnlySpan<float> Table => _table;

    /// <summary>[mel filters] to [coefficients], in every lane.</summary>
    public void Apply<TLane>(ReadOnlySpan<TLane> logEnergies, Span<TLane> cepstra)
        where TLane : unmanaged, ILane<TLane>
    {
        int i = 0;
        for (; i + 4 <= Count; i += 4) FourSums(logEnergies, i, cepstra);
        for (; i < Count; i++)
        {
            var row = Row(i);
            TLane sum = default;
            for (int m = 0; m < row.Length; m++) sum += TLane.Broadcast(row[m]) * logEnergies[m];
            cepstra[i] = sum;
        }
    }

    /// <summary>Four coefficients at a time, because a single sum would wait for its own last addition.</summary>
    private void FourSums<TLane>(ReadOnlySpan<TLane> logEnergies, int i, Span<TLane> cepstra)
        where TLane : unmanaged, ILane<TLane>
    {
        ReadOnlySpan<float> first = Row(i), second = Row(i + 1), third = Row(i + 2), fourth = Row(i + 3);
        TLane a = default, b = default, c = default, d = default;
        for (int m = 0; m < _inputs; m++)
        {
            var x = logEnergies[m];
            a += TLane.Broadcast(first[m]) * x;
            b += TLane.Broadcast(second[m]) * x;
            c += TLane.Broadcast(third[m]) * x;
            d += TLane.Broadcast(fourth[m]) * x;
        }

        (cepstra[i], cepstra[i + 1], cepstra[i + 2], cepstra[i + 3]) = (a, b, c, d);
    }

    private ReadOnlySpan<float> Row(int i) => _table.AsSpan(i * _inputs, _inputs);

    private static double Scale(FeatureSettings settings, int i)
    {
        double norm = settings.CosineNorm == CosineNorm.None ? 2 : Math.Sqrt((i == 0 ? 1.0 : 2.0) / settings.MelBins);
        double lifter = settings.Lifter == 0 ? 1 : 1 + (0.5 * settings.Lifter * Math.Sin(Math.PI * i / settings.Lifter));
        bool isHtkFirst = i == 0 && settings.EnergyLast && !settings.UseEnergy;
        return norm * lifter * (isHtkFirst ? Math.Sqrt(2) : 1);
    }
}
