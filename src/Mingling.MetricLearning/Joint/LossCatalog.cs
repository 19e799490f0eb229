
using Mingling.MetricLearning.Losses;

namespace Mingling.MetricLearning.Joint;

/// <summary>The losses and miners that an expression can name, and their parameters.</summary>
public static class LossCatalog
{
    internal static NamedCatalog<PairLoss> Pairs { get; } = new("pair loss", PairMakers.All);

    /// <summary>The losses that can look at a filter: those that need not know how long its rows are.</summary>
    internal static NamedCatalog<EmbeddingLoss> FilterLosses { get; } = new("loss of a filter",
        Everything().Where(pair => pair.Key is "triplet" or "inner-class" || PairMakers.All.ContainsKey(pair.Key)).ToDictionary());

    internal static NamedCatalog<EmbeddingLoss> Losses { get; } = new("loss", Everything());

    /// <summary>The names of all losses.</summary>
    public static IReadOnlyCollection<string> Names => Losses.Names;

    /// <summary>The names that the parameter <c>mining</c> of <c>triplet</c> takes.</summary>
    public static IReadOnlyCollection<string> TripletMiners => MinerCatalog.Triplets.Names;

    /// <summary>The names that the parameter <c>mining</c> of a pair loss takes, besides <c>all</c>.</summary>
    public static IReadOnlyCollection<string> PairMiners => MinerCatalog.Pairs.Names;

    /// <summary>The parameters of a loss, in the order of its documentation.</summary>
    /// <param name="loss">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such loss.</exception>
    public static IReadOnlyList<LossParameter> Parameters(string loss) => Names.Contains(loss)
        ? Losses.Parameters(loss)
        : throw new ArgumentException($"There is no loss '{loss}'; {Spelling.Hint(loss, Names)}.", nameof(loss));

    private static Dictionary<string, Func<LossArguments, EmbeddingLoss>> Everything()
    {
        var all = new Dictionary<string, Func<LossArguments, EmbeddingLoss>>(ClassMakers.All);
        foreach (var (name, make) in PairMakers.All) all[name] = make;
        return all;
    }
}
