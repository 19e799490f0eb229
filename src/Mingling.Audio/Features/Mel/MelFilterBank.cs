using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mingling.Audio;

/// <summary>
/// Triangular filters over the spectrum. Filter m rises from edge m to edge m + 1 and falls to edge m + 2; the edges are evenly
/// spaced in mel between the lowest and the highest frequency. Only the span where a filter is not zero is kept.
/// </summary>
internal sealed class MelFilterBank
{
    private readonly int[] _first;
    private readonly int[] _offsets;
    private readonly float[] _weights;

    public MelFilterBank(FeatureSettings settings)
    {
        double[] edges = EdgesHz(settings);
        _first = new int[settings.MelBins];
        _offsets = new int[settings.MelBins + 1];
        var weights = new List<float>();
        for (int m = 0; m < settings.MelBins; m++)
        {
            double[] filter = Triangle(settings, edges.AsSpan(m, 3));
            int first = Math.Max(0, Array.FindIndex(filter, weight => weight > 0));
            int end = Array.FindLastIndex(filter, weight => weight > 0) + 1;
            _first[m] = first;
            for (int k = first; k < end; k++) weights.Add((float)filter[k]);
            _offsets[m + 1] = weights.Count;
        }

        _weights = [.. weights];
    }

    public int Count => _first.Length;

    /// <summary>The weight of frequency <paramref name="k"/> in a filter.</summary>
    public float Weight(int filter, int k)
    {
        int at = _offsets[filter] + k - _first[filter];
        return k >= _first[filter] && at < _offsets[filter + 1] ? _weights[at] : 0f;
    }

    /// <summary>[frequencies] to [filters], in every lane.</summary>
    public void Apply<TLane>(ReadOnlySpan<TLane> spectrum, Span<TLane> energies)
        where TLane : unmanaged, ILane<TLane>
    {
        ref float weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        for (int m = 0; m < _first.Length; m++)
        {
            int begin = _offsets[m], length = _offsets[m + 1] - begin;
            ref var bins = ref MemoryMarshal.GetReference(spectrum.Slice(_first[m], length));
            var sum = TLane.Broadcast(0f);
            for (int k = 0; k < length; k++) sum += TLane.Broadcast(Unsafe.Add(ref weights, begin + k)) * Unsafe.Add(ref bins, k);
            energies[m] = sum;
        }
    }

    private static double[] EdgesHz(FeatureSettings settings)
    {
        double low = MelFrequency.FromHz(settings.MelScale, settings.LowHz);
        double high = MelFrequency.FromHz(settings.MelScale, settings.UpperEdgeHz);
        var warp = new FrequencyWarp(settings);
        double[] edges = new double[settings.MelBins + 2];
        for (int i = 0; i < edges.Length; i++)
            edges[i] = warp.Apply(MelFrequency.ToHz(settings.MelScale, low + ((high - low) * i / (settings.MelBins + 1))));
        return edges;
    }

    private static double[] Triangle(FeatureSettings settings, ReadOnlySpan<double> edgesHz)
    {
        bool straightInMel = settings.MelScale == MelScale.Kaldi;
        double left = Axis(edgesHz[0]), center = Axis(edgesHz[1]), right = Axis(edgesHz[2]);
        double height = settings.MelNorm == MelNorm.Slaney ? 2 / (edgesHz[2] - edgesHz[0]) : 1;
        double[] filter = new double[straightInMel ? (settings.FftSize + 1) / 2 : (settings.FftSize / 2) + 1];
        for (int k = 0; k < filter.Length; k++)
        {
            double at = Axis((double)k * settings.SampleRate / settings.FftSize);
            filter[k] = height * Math.Max(0, Math.Min((at - left) / (center - left), (right - at) / (right - center)));
        }

        return filter;

        double Axis(double hz) => straightInMel ? MelFrequency.FromHz(MelScale.Kaldi, hz) : hz;
    }
}
