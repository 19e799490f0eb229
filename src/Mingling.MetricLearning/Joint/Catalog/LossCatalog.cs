using Mingling.MetricLearning.Distances;

namespace Mingling.MetricLearning.Joint;

/// <summary>
/// The losses, miners, distances and similarities that an expression can name. Programs add their own with <see cref="Add"/> and its
/// siblings.
/// </summary>
/// <remarks>
/// An entry works in two phases. First it reads its arguments and gives a factory: this checks an expression, and touches no tensor. Then the
/// factory makes the loss for a number of classes and features.
/// </remarks>
public sealed class LossCatalog
{
    /// <summary>A catalogue of what comes with the library; docs/losses.md describes it.</summary>
    public LossCatalog()
    {
        Losses = new("loss", this);
        PairLosses = new("pair loss", this);
        FilterLosses = new("loss of a filter", this);
        TripletMinerEntries = new("triplet miner", this);
        PairMinerEntries = new("pair miner", this);
        Measures = new("distance or similarity", this);
        Distances = new("distance", this);
        Similarities = new("similarity", this);
        BuiltInLosses.AddTo(this);
        BuiltInPairLosses.AddTo(this);
        BuiltInMiners.AddTo(this);
        BuiltInMeasures.AddTo(this);
    }

    /// <summary>The names of all losses.</summary>
    public IReadOnlyCollection<string> Names => Losses.Names;

    /// <summary>The names that the parameter <c>mining</c> of <c>triplet</c> takes.</summary>
    public IReadOnlyCollection<string> TripletMiners => TripletMinerEntries.Names;

    /// <summary>The names that the parameter <c>mining</c> of a pair loss takes, besides <c>all</c>.</summary>
    public IReadOnlyCollection<string> PairMiners => PairMinerEntries.Names;

    /// <summary>The losses of the library, used where no catalogue is given. Nothing is added to it.</summary>
    internal static LossCatalog BuiltIn { get; } = new();

    internal NamedEntries<LossFactory> Losses { get; }

    internal NamedEntries<PairLossFactory> PairLosses { get; }

    /// <summary>The losses that can look at a filter: those that need not know how long its rows are.</summary>
    internal NamedEntries<LossFactory> FilterLosses { get; }

    internal NamedEntries<TripletMinerFactory> TripletMinerEntries { get; }

    internal NamedEntries<PairMinerFactory> PairMinerEntries { get; }

    internal NamedEntries<PairMeasure> Measures { get; }

    internal NamedEntries<Distance> Distances { get; }

    internal NamedEntries<Similarity> Similarities { get; }

    /// <summary>Adds a loss under a new name, or replaces the one of that name.</summary>
    /// <param name="name">The name: a letter, then letters, digits, '-' and '_'.</param>
    /// <param name="read">Reads the arguments, without touching a tensor, and gives what makes the loss of them.</param>
    /// <param name="anyDimension">
    /// Whether the loss takes rows of any number of features, whatever <see cref="LossContext.Dimension"/> says, so that the loss <c>filter</c>
    /// may be made of it.
    /// </param>
    /// <exception cref="ArgumentException">An expression cannot write the name.</exception>
    public void Add(string name, Func<LossArguments, LossFactory> read, bool anyDimension = false)
    {
        ArgumentNullException.ThrowIfNull(read);
        LossFactory Reader(LossArguments arguments)
        {
            var make = read(arguments);
            return context => Made(arguments, () => make(context));
        }

        Losses.Add(name, Reader);
        PairLosses.Remove(name);
        if (anyDimension) FilterLosses.Add(name, Reader);
        else FilterLosses.Remove(name);
    }

    /// <summary>Adds a pair loss, which the losses <c>memory</c> and <c>filter</c> may also be made of, or replaces the loss of that name.</summary>
    /// <param name="name">The name: a letter, then letters, digits, '-' and '_'.</param>
    /// <param name="read">Reads the arguments, without touching a tensor, and gives what makes the loss of them.</param>
    /// <exception cref="ArgumentException">An expression cannot write the name.</exception>
    public void AddPairLoss(string name, Func<LossArguments, PairLossFactory> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        Add(name, arguments => new LossFactory(read(arguments).Invoke), anyDimension: true);
        PairLosses.Add(name, arguments =>
        {
            var make = read(arguments);
            return context => Made(arguments, () => make(context));
        });
    }

    /// <summary>Adds a miner of triplets under a new name, or replaces the one of that name.</summary>
    /// <param name="name">The name: a letter, then letters, digits, '-' and '_'.</param>
    /// <param name="read">Reads the arguments, without touching a tensor, and gives what makes the miner of them.</param>
    /// <exception cref="ArgumentException">An expression cannot write the name.</exception>
    public void AddTripletMiner(string name, Func<LossArguments, TripletMinerFactory> read) => TripletMinerEntries.Add(name, read);

    /// <summary>Adds a miner of pairs under a new name, or replaces the one of that name.</summary>
    /// <param name="name">The name: a letter, then letters, digits, '-' and '_'.</param>
    /// <param name="read">Reads the arguments, without touching a tensor, and gives what makes the miner of them.</param>
    /// <exception cref="ArgumentException">An expression cannot write the name.</exception>
    public void AddPairMiner(string name, Func<LossArguments, PairMinerFactory> read) => PairMinerEntries.Add(name, read);

    /// <summary>Adds a distance under a new name, or replaces what has that name.</summary>
    /// <param name="name">The name: a letter, then letters, digits, '-' and '_'.</param>
    /// <param name="read">Makes the distance of its arguments. It may be shared by several losses, and its constructor must not touch a tensor.</param>
    /// <exception cref="ArgumentException">An expression cannot write the name.</exception>
    public void AddDistance(string name, Func<LossArguments, Distance> read)
    {
        Distances.Add(name, read);
        Similarities.Remove(name);
        Measures.Add(name, read);
    }

    /// <summary>Adds a similarity under a new name, or replaces what has that name.</summary>
    /// <param name="name">The name: a letter, then letters, digits, '-' and '_'.</param>
    /// <param name="read">Makes the similarity of its arguments. It may be shared by several losses, and its constructor must not touch a tensor.</param>
    /// <exception cref="ArgumentException">An expression cannot write the name.</exception>
    public void AddSimilarity(string name, Func<LossArguments, Similarity> read)
    {
        Similarities.Add(name, read);
        Distances.Remove(name);
        Measures.Add(name, read);
    }

    /// <summary>The parameters of a loss, in the order of its documentation.</summary>
    /// <param name="loss">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such loss.</exception>
    public IReadOnlyList<LossParameter> Parameters(string loss) => Names.Contains(loss)
        ? Losses.Parameters(loss)
        : throw new ArgumentException($"There is no loss '{loss}'; {NearNames.HintWithList(loss, Losses.Names)}.", nameof(loss));

    // A value that fits its range may still not fit the number of classes or shots.
    private static T Made<T>(LossArguments arguments, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException e)
        {
            throw arguments.Refused(e);
        }
    }
}
