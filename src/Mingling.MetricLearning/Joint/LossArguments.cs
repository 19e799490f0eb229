using System.Globalization;
using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Miners;

namespace Mingling.MetricLearning.Joint;

/// <summary>
/// The arguments of one name in an expression. Who makes a loss asks for each parameter it has; what was asked for is the list of parameters,
/// and what is left over in the end is an error.
/// </summary>
internal sealed class LossArguments(string text, ExpressionCall call, LossContext context)
{
    private readonly List<LossParameter> _parameters = [];

    public int Classes => context.Classes;

    public int Dimension => context.Dimension;

    public long Seed => context.Seed;

    /// <summary>The parameters asked for so far.</summary>
    public IReadOnlyList<LossParameter> Parameters => _parameters;

    public double Number(string name, double otherwise) => Find(name, "a number", Spell(otherwise)) switch
    {
        null => otherwise,
        ExpressionNumber value => value.Number,
        var value => throw Unfit(name, value),
    };

    public double? OptionalNumber(string name, string otherwise) => Find(name, "a number", otherwise) switch
    {
        null => null,
        ExpressionNumber value => value.Number,
        var value => throw Unfit(name, value),
    };

    public int Integer(string name, int otherwise) => OptionalInteger(name, Spell(otherwise)) ?? otherwise;

    public int? OptionalInteger(string name, string otherwise) => Find(name, "a whole number", otherwise) switch
    {
        null => null,
        ExpressionNumber { Number: var number } when number == Math.Truncate(number) && Math.Abs(number) <= int.MaxValue => (int)number,
        var value => throw Unfit(name, value),
    };

    public bool Flag(string name, bool otherwise) => Word(name, otherwise ? "true" : "false", ["true", "false"]) == "true";

    public T Choice<T>(string name, T otherwise) where T : struct, Enum
    {
        var words = Enum.GetValues<T>().ToDictionary(value => Kebab(value.ToString()));
        return words[Word(name, Kebab(otherwise.ToString()), words.Keys)];
    }

    public PairMeasure Measure(string name, string otherwise) => Named(name, otherwise, MeasureCatalog.All);

    public Distance Distance(string otherwise = "euclidean") => Named("distance", otherwise, MeasureCatalog.Distances);

    public Similarity Similarity(string otherwise = "cosine") => Named("similarity", otherwise, MeasureCatalog.Similarities);

    public TripletMiner TripletMining() => Named("mining", "all", MinerCatalog.Triplets);

    public PairMiner? PairMining() => Find("mining", "all or one of " + string.Join(", ", MinerCatalog.Pairs.Names), "all") switch
    {
        null or ExpressionCall { Name: "all", Arguments.Count: 0 } => null,
        ExpressionCall value => MinerCatalog.Pairs.Make(text, value, context),
        var value => throw Unfit("mining", value),
    };

    public double LabelSmoothing() => Number("label-smoothing", 0);

    public double SoftmaxSmoothing() => Number("label-smoothing", context.LabelSmoothing);

    public int Shots() => Integer("shots", context.Shots);

    public Reduction? Reduction() => Word("reduction", "default", ["default", "mean", "mean-active", "sum"]) switch
    {
        "mean" => Losses.Reduction.Mean,
        "mean-active" => Losses.Reduction.MeanActive,
        "sum" => Losses.Reduction.Sum,
        _ => null,
    };

    /// <summary>A value that names something of a catalogue.</summary>
    public T Named<T>(string name, string otherwise, NamedCatalog<T> catalog) => Find(name, "one of " + string.Join(", ", catalog.Names), otherwise) switch
    {
        null => catalog.Make(otherwise, new ExpressionCall(otherwise, [], 1), context),
        ExpressionCall value => catalog.Make(text, value, context),
        var value => throw Unfit(name, value),
    };

    /// <summary>Fails on an argument that nobody asked for.</summary>
    public void RequireAllKnown()
    {
        foreach (var argument in call.Arguments)
        {
            if (_parameters.Any(parameter => parameter.Name == argument.Name)) continue;
            string[] known = _parameters.Select(parameter => parameter.Name).ToArray();
            string hint = known.Length == 0 ? "it has none" : Spelling.Hint(argument.Name, known);
            throw new LossExpressionException($"'{call.Name}' has no parameter '{argument.Name}'; {hint}.", text, argument.Column);
        }
    }

    /// <summary>The column of an argument, or of the name where it was left out.</summary>
    public int ColumnOf(string? parameter) =>
        call.Arguments.FirstOrDefault(argument => argument.Name.Replace("-", "", StringComparison.Ordinal).Equals(parameter, StringComparison.OrdinalIgnoreCase))?.Value.Column
        ?? call.Column;

    private string Word(string name, string otherwise, IReadOnlyCollection<string> words) => Find(name, string.Join(" or ", words), otherwise) switch
    {
        null => otherwise,
        ExpressionCall { Arguments.Count: 0 } value when words.Contains(value.Name) => value.Name,
        var value => throw Unfit(name, value),
    };

    private ExpressionValue? Find(string name, string expected, string otherwise)
    {
        _parameters.Add(new LossParameter(name, expected, otherwise));
        return call.Arguments.FirstOrDefault(argument => argument.Name == name)?.Value;
    }

    private LossExpressionException Unfit(string name, ExpressionValue value)
    {
        string expected = _parameters.Last(parameter => parameter.Name == name).Expected;
        return new LossExpressionException($"'{name}' of '{call.Name}' must be {expected}, not '{value}'.", text, value.Column);
    }

    private static string Spell(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Kebab(string name) =>
        string.Concat(name.Select((letter, i) => char.IsUpper(letter) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));
}
