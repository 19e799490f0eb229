namespace Mingling.Training;

/// <summary>Means over the clips of an epoch.</summary>
internal sealed class LossMeter
{
    private double _softmax, _center;
    private long _right, _clips;

    public double Accuracy => _clips == 0 ? 0 : (double)_right / _clips;

    public long Clips => _clips;

    public LossParts Mean
    {
        get
        {
            double n = Math.Max(1, _clips);
            return new LossParts((_softmax + _center) / n, _softmax / n, _center / n);
        }
    }

    public void Add(LossParts batch, long right, int clips)
    {
        _softmax += batch.Softmax * clips;
        _center += batch.Center * clips;
        _right += right;
        _clips += clips;
    }
}
