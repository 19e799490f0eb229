using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>A miner that names a bounded number of triplets of each anchor.</summary>
public abstract class SelectingMiner : TripletMiner
{
    /// <summary>Chooses the triplets of a view, without gradient and inside a dispose scope.</summary>
    /// <param name="view">The batch.</param>
    protected abstract TripletSelection Choose(TripletView view);

    internal TripletSelection Select(TripletView view)
    {
        using var noGradient = no_grad();
        return Choose(view);
    }

    private protected override IReadOnlyList<MinedTriplet> List(TripletView view)
    {
        var chosen = Select(view);
        long slots = chosen.Valid.shape[1];
        long[] positives = Indexes.ToArray(chosen.Positive);
        long[] negatives = Indexes.ToArray(chosen.Negative);
        return [.. At(chosen.Valid, 0, place => (positives[place[0] * slots + place[1]], negatives[place[0] * slots + place[1]]))];
    }
}
