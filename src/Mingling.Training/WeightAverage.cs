using static TorchSharp.torch;

namespace Mingling.Training;

/// <summary>
/// An exponential moving average of weights and batch-norm statistics (Polyak and Juditsky 1992): a ← d·a + (1 − d)·w after each step t, with
/// d = min(decay, (1 + t)/(10 + t)) so that the first weights are soon forgotten.
/// </summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly IReadOnlyList<KeyValuePair<string, Tensor>> _live;
    private readonly Tensor[] _averages;
    private readonly double _decay;

    /// <param name="live">The tensors to follow.</param>
    /// <param name="decay">0 to below 1.</param>
    public WeightAverage(IReadOnlyList<KeyValuePair<string, Tensor>> live, double decay)
    {
        (_live, _decay) = (live, decay);
        _averages = Copies();
    }

    /// <summary>Moves the averages toward the weights after a step.</summary>
    /// <param name="step">The number of steps done before.</param>
    public void Follow(long step)
    {
        using var quiet = no_grad();
        using var share = tensor((float)(1 - Math.Min(_decay, (1.0 + step) / (10 + step))));
        for (int i = 0; i < _averages.Length; i++)
        {
            // Counters are not averaged.
            if (_averages[i].is_floating_point()) _averages[i].lerp_(_live[i].Value, share);
            else _averages[i].copy_(_live[i].Value);
        }
    }

    /// <summary>Takes averages over that were loaded in the place of the weights; the weights themselves are loaded after.</summary>
    public void TakeLoaded()
    {
        using var quiet = no_grad();
        for (int i = 0; i < _averages.Length; i++) _averages[i].copy_(_live[i].Value);
    }

    /// <summary>The weights that training goes on with, by the names under which they are saved beside the averages.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Named(IEnumerable<Tensor> weights) =>
        _live.Zip(weights, (live, weight) => KeyValuePair.Create("training." + live.Key, weight));

    /// <summary>The weights themselves, by those names.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> NamedWeights() => Named(_live.Select(live => live.Value));

    /// <summary>Puts the averages in the place of the weights until the result is disposed.</summary>
    public Exchange Use()
    {
        using var quiet = no_grad();
        var kept = Copies();
        for (int i = 0; i < _averages.Length; i++) _live[i].Value.copy_(_averages[i]);
        return new Exchange(this, kept);
    }

    public void Dispose()
    {
        foreach (var average in _averages) average.Dispose();
    }

    private Tensor[] Copies()
    {
        using var quiet = no_grad();
        return [.. _live.Select(tensor => tensor.Value.clone().DetachFromDisposeScope())];
    }

    /// <summary>While it lives, the averages stand in the place of the weights.</summary>
    internal sealed class Exchange(WeightAverage average, Tensor[] kept) : IDisposable
    {
        /// <summary>The weights that were set aside.</summary>
        public IEnumerable<KeyValuePair<string, Tensor>> NamedWeights() => average.Named(kept);

        public void Dispose()
        {
            using var quiet = no_grad();
            for (int i = 0; i < kept.Length; i++)
            {
                average._live[i].Value.copy_(kept[i]);
                kept[i].Dispose();
            }
        }
    }
}
