using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mingling.Audio;

/// <summary>
/// The real Fourier transform of as many signals as there are lanes. The caller puts sample n of all signals at
/// <c>Work[plan.Slots[n]]</c>; afterwards bin k is at <c>Work[2k]</c> (real) and <c>Work[2k + 1]</c> (imaginary).
/// </summary>
internal sealed class LaneFft<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    private readonly FftPlan _plan;
    private readonly LaneBuffer<TLane> _work;
    private readonly LaneBuffer<TLane> _oddPoints;

    public LaneFft(FftPlan plan)
    {
        _plan = plan;
        _work = new LaneBuffer<TLane>(2 * (plan.Points + 1));
        _oddPoints = new LaneBuffer<TLane>(2 * plan.Stages.Select(stage => stage.Radix).DefaultIfEmpty(1).Max());
    }

    public Span<TLane> Work => _work.Lanes;

    public void Transform()
    {
        foreach (var stage in _plan.Stages)
        {
            switch (stage.Radix)
            {
                case 4: Radix4.Run(Work, _plan.Points, stage); break;
                case 2: Radix2.Run(Work, _plan.Points, stage); break;
                default: OddRadix.Run(Work, _plan.Points, stage, _oddPoints.Lanes); break;
            }
        }

        if (_plan.IsHalved) Unpack();
    }

    /// <summary>
    /// Splits the transform Z of the points (even samples + i · odd samples) into the transforms of even and odd samples
    /// and joins them: E = (Z[k] + Z*[h−k])/2, O = (Z[k] − Z*[h−k])/2i, X[k] = E + e^(−2πik/N) O, X[h−k] = (E − e^(−2πik/N) O)*.
    /// </summary>
    private void Unpack()
    {
        int h = _plan.Points;
        ref var work = ref MemoryMarshal.GetReference(Work);
        ref float roots = ref MemoryMarshal.GetArrayDataReference(_plan.Unpacking);
        TLane zero = TLane.Broadcast(0f), half = TLane.Broadcast(0.5f);
        TLane real = work, imaginary = Unsafe.Add(ref work, 1);
        work = real + imaginary;
        Unsafe.Add(ref work, 1) = zero;
        Unsafe.Add(ref work, 2 * h) = real - imaginary;
        Unsafe.Add(ref work, (2 * h) + 1) = zero;
        for (int k = 1; 2 * k <= h; k++)
        {
            ref var a = ref Unsafe.Add(ref work, 2 * k);
            ref var b = ref Unsafe.Add(ref work, 2 * (h - k));
            TLane ar = a, ai = Unsafe.Add(ref a, 1), br = b, bi = Unsafe.Add(ref b, 1);
            TLane cos = TLane.Broadcast(Unsafe.Add(ref roots, 2 * k)), sin = TLane.Broadcast(Unsafe.Add(ref roots, (2 * k) + 1));
            TLane evenReal = half * (ar + br), evenImaginary = half * (ai - bi);
            TLane oddReal = half * (ai + bi), oddImaginary = half * (br - ar);
            TLane turnedReal = (cos * oddReal) + (sin * oddImaginary), turnedImaginary = (cos * oddImaginary) - (sin * oddReal);
            a = evenReal + turnedReal;
            Unsafe.Add(ref a, 1) = evenImaginary + turnedImaginary;
            if (2 * k == h) break;
            b = evenReal - turnedReal;
            Unsafe.Add(ref b, 1) = turnedImaginary - evenImaginary;
        }
    }
}
