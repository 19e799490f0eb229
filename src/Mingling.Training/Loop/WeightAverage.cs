using Mingling.Training.Recipes;
using static TorchSharp.torch;

namespace Mingling.Training.Loop;

/// <summary>A running average of weights and batch-norm statistics: a ← a + s·(w − a), with a share s that the caller gives.</summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly IReadOnlyList<KeyValuePair<string, Tensor>> _live;
    private readonly Tensor[] _averages;

    /// <param name="live">The tensors to follow.</param>
    public WeightAverage(IReadOnlyList<KeyValuePair<string, Tensor>> live)
    {
        _live = live;
        _averages = Copies();
    }

    /// <summary>
    /// The share of the weights after a step in an exponential moving average (Polyak and Juditsky 1992): 1 − d with
    /// d = min(decay, (1 + t)/(10 + t)), so that the first weights are soon forgotten.
    /// </summary>
    /// <param name="decay">0 to below 1.</param>
    /// <param name="step">t, the number of steps done before.</param>
    public static double ShareOfStep(double decay, long step) => 1 - Math.Min(decay, (1.0 + step) / (10 + step));

    /// <summary>
    /// The share of the weights after an epoch in the mean over the last epochs (Izmailov et al. 2018): 1/k in the k-th of them, and 1 before.
    /// </summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    public static double ShareOfEpoch(TrainingRecipe recipe, int epoch) => 1.0 / Math.Max(1, epoch + 1 - (recipe.Epochs - Math.Min(recipe.Epochs, recipe.AverageLast)));

    /// <summary>Moves the averages toward the weights.</summary>
    /// <param name="part">The share s of the weights. Range: 0 to 1.</param>
    public void Follow(double part)
    {
        using var quiet = no_grad();
        using var share = tensor((float)part);
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
