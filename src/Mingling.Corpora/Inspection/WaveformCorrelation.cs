using System.Numerics;
using Mingling.Audio;

namespace Mingling.Corpora.Inspection;

/// <summary>
/// The normalised cross-correlation of two recordings between 100 and 4,000 Hz, at the lag at which it is strongest. It does not depend
/// on their levels, and copies at other rates keep this band. Keeps its memory from pair to pair; not for several threads at once.
/// </summary>
internal sealed class WaveformCorrelation
{
    /// <summary>The rate at which recordings are compared, in hertz.</summary>
    public const int SampleRate = 8000;

    /// <summary>Noise of a tenth of a recording's energy leaves 0.95; takes of a word by one speaker seldom come beyond 0.85.</summary>
    public const double LeastOfCopies = 0.95;

    /// <summary>Below it, hum and rumble of a room are the same in all its recordings.</summary>
    private const double LowestFrequency = 100;

    private readonly Dictionary<int, Workspace> _workspaces = [];

    /// <summary>The strongest correlation, 0 … 1 whichever way the waves point, and by how many samples the second comes later there.</summary>
    /// <param name="first">A recording at <see cref="SampleRate"/>.</param>
    /// <param name="second">Another.</param>
    public (double Correlation, int Lag) Of(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        // Room for every lag, so that no end meets the other beginning.
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, first.Length + second.Length));
        if (!_workspaces.TryGetValue(size, out var workspace)) _workspaces[size] = workspace = new Workspace(size);
        return workspace.Correlate(first, second);
    }

    private sealed class Workspace(int size)
    {
        private readonly RealFft _fft = new(size);
        private readonly float[] _signal = new float[size];
        private readonly Spectrum _first = new(size), _second = new(size);
        private readonly int _lowest = (int)Math.Ceiling(LowestFrequency * size / SampleRate);

        public (double Correlation, int Lag) Correlate(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
        {
            double energies = Math.Sqrt(Transform(first, _first) * Transform(second, _second));
            if (energies == 0) return (0, 0);
            // There is no inverse transform of a product of spectra P to real values, but the forward one of Re P + Im P has the sums
            // of cosines in its real part and the negative sums of sines in its imaginary part.
            _signal.AsSpan().Clear();
            for (int k = _lowest; k < size / 2; k++)
            {
                float re = _first.Real[k] * _second.Real[k] + _first.Imaginary[k] * _second.Imaginary[k];
                float im = _first.Real[k] * _second.Imaginary[k] - _first.Imaginary[k] * _second.Real[k];
                (_signal[k], _signal[size - k]) = (re + im, re - im);
            }
            _fft.Transform(_signal, _first.Real, _first.Imaginary);
            (double strongest, int lag) = (0, 0);
            for (int n = 0; n < _fft.Bins; n++)
            {
                double cosines = _first.Real[n], sines = _first.Imaginary[n];
                if (Math.Abs(cosines + sines) > strongest) (strongest, lag) = (Math.Abs(cosines + sines), n);
                if (Math.Abs(cosines - sines) > strongest) (strongest, lag) = (Math.Abs(cosines - sines), -n);
            }
            return (Math.Min(1, strongest / energies), lag);
        }

        /// <summary>Makes the spectrum of a recording and gives the energy of its band.</summary>
        private double Transform(ReadOnlySpan<float> samples, Spectrum spectrum)
        {
            samples.CopyTo(_signal);
            _signal.AsSpan(samples.Length).Clear();
            _fft.Transform(_signal, spectrum.Real, spectrum.Imaginary);
            double energy = 0;
            for (int k = _lowest; k < size / 2; k++)
                energy += 2 * ((double)spectrum.Real[k] * spectrum.Real[k] + (double)spectrum.Imaginary[k] * spectrum.Imaginary[k]);
            return energy;
        }
    }

    private sealed class Spectrum(int size)
    {
        public float[] Real { get; } = new float[size / 2 + 1];

        public float[] Imaginary { get; } = new float[size / 2 + 1];
    }
}
