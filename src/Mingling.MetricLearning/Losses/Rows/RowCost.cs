using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Mingling.MetricLearning.Distances;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// What a triplet compares, from the cosines s of unit rows and back: −s itself, the squared distance |a|² + |b|² − 2s, or its root. That |a| changes with a is left out: the gradient
/// of a normalisation has no part along its row.
/// </summary>
internal sealed class RowCost
{
    private const float Resolution = 8 * 1.1920929e-07f; // as SquaredNorms: rows nearer than that are equal

    private readonly bool _isCosine, _isRoot;
    private float[] _norms = [];

    private RowCost(bool isCosine, bool isRoot) => (_isCosine, _isRoot) = (isCosine, isRoot);

    /// <summary>That of a measure; null for one that is not of unit rows.</summary>
    public static RowCost? Of(PairMeasure measure) => measure switch
    {
        CosineSimilarity => new RowCost(isCosine: true, isRoot: false),
        SquaredEuclideanDistance { Normalize: true } => new RowCost(isCosine: false, isRoot: false),
        EuclideanDistance { Normalize: true } => new RowCost(isCosine: false, isRoot: true),
        _ => null,
    };

    /// <summary>Sees the unit rows once.</summary>
    public void Begin(Tensor rows, int columns)
    {
        if (_isCosine) return;
        _norms = new float[columns];
        MemoryMarshal.Cast<byte, float>(rows.square().sum(new long[] { 1 }).bytes).CopyTo(_norms);
    }

    /// <summary>The costs of a row.</summary>
    public void Compute(ReadOnlySpan<float> row, int anchor, Span<float> costs)
    {
        var ownNorm = Vector256.Create(_isCosine ? 0 : _norms[anchor]);
        for (int at = 0; at < row.Length; at += Vector256<float>.Count)
        {
            var s = Vector256.Create(row[at..]);
            if (_isCosine)
            {
                (-s).CopyTo(costs[at..]);
                continue;
            }
            var norms = ownNorm + Vector256.Create(_norms.AsSpan(at));
            var squared = norms - (2 * s);
            var cost = Vector256.AndNot(squared, Vector256.LessThanOrEqual(squared, Resolution * norms));
            (_isRoot ? Vector256.Sqrt(cost) : cost).CopyTo(costs[at..]);
        }
    }

    /// <summary>Turns slopes of costs into slopes of cosines, in place; equal rows have none.</summary>
    public void Return(ReadOnlySpan<float> costs, Span<float> slopes)
    {
        for (int at = 0; at < costs.Length; at += Vector256<float>.Count)
        {
            var slope = Vector256.Create<float>(slopes[at..]);
            if (_isCosine)
            {
                (-slope).CopyTo(slopes[at..]);
                continue;
            }
            var cost = Vector256.Create(costs[at..]);
            var equal = Vector256.LessThanOrEqual(cost, Vector256<float>.Zero);
            var back = _isRoot ? slope / Vector256.ConditionalSelect(equal, Vector256.Create(1f), cost) : slope + slope;
            Vector256.AndNot(-back, equal).CopyTo(slopes[at..]);
        }
    }
}
