using System.Globalization;
using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Losses;

namespace Mingling.MetricLearning.Joint;

/// <summary>
/// The arguments of one name in an expression. Who reads them asks for each parameter with its default and range; what was asked for is the
/// list of parameters, and an argument that nobody asked for is an error. Nothing here touches a tensor.
/// </summary>
public sealed class LossArguments
{
    private readonly LossCatalog _catalog;
    private readonly string _text;
    private readonly ExpressionCall _call;
    private readonly List<LossParameter> _parameters = [];

    internal LossArguments(LossCatalog catalog, string text, ExpressionCall call) => (_catalog, _text, _call) = (catalog, text, call);

    /// <summary>The parameters asked for so far.</summary>
    public IReadOnlyList<LossParameter> Parameters => _parameters;

    /// <summary>A number.</summary>
    /// <param name="name">The name of the parameter, in lower case with hyphens.</param>
    /// <param name="otherwise">The value when it is left out.</param>
    /// <param name="range">What fits; null means every finite number.</param>
    /// <exception cref="LossExpressionException">The argument is no number, or out of range.</exception>
    public double Number(string name, double otherwise, ParameterRange? range = null) => OptionalNumber(name, Spell(otherwise), range) ?? otherwise;

    /// <summary>A number that has no default of its own.</summary>
    /// <param name="name">The name of the parameter, in lower case with hyphens.</param>
    /// <param name="otherwise">What decides the value when it is left out, for the description of the parameter.</param>
    /// <param name="range">What fits; null means every finite number.</param>
    /// <returns>Null when it is left out.</returns>
    /// <exception cref="LossExpressionException">The argument is no number, or out of range.</exception>
    public double? OptionalNumber(string name, string otherwise, ParameterRange? range = null) =>
        FindNumber(name, "a number", range ?? ParameterRange.Any, otherwise) switch
        {
            null => null,
            ExpressionNumber { Number: var number } when (range ?? ParameterRange.Any).Contains(number) => number,
            var value => throw Unfit(name, value),
        };

    /// <summary>A whole number.</summary>
    /// <param name="name">The name of the parameter, in lower case with hyphens.</param>
    /// <param name="otherwise">The value when it is left out.</param>
    /// <param name="range">What fits; null means every 32-bit number.</param>
    /// <exception cref="LossExpressionException">The argument is no whole number, or out of range.</exception>
    public int Integer(string name, int otherwise, ParameterRange? range = null) => OptionalInteger(name, Spell(otherwise), range) ?? otherwise;

    /// <summary>A whole number that has no default of its own.</summary>
    /// <param name="name">The name of the parameter, in lower case with hyphens.</param>
    /// <param name="otherwise">What decides the value when it is left out, for the description of the parameter.</param>
    /// <param name="range">What fits; null means every 32-bit number.</param>
    /// <returns>Null when it is left out.</returns>
    /// <exception cref="LossExpressionException">The argument is no whole number, or out of range.</exception>
    public int? OptionalInteger(string name, string otherwise, ParameterRange? range = null) =>
        FindNumber(name, "a whole number", range ?? ParameterRange.Any, otherwise) switch
        {
            null => null,
            ExpressionNumber { Number: var number } when number == Math.Truncate(number) && Math.Abs(number) <= int.MaxValue
                && (range ?? ParameterRange.Any).Contains(number) => (int)number,
            var value => throw Unfit(name, value),
        };

    /// <summary>True or false.</summary>
    /// <param name="name">The name of the parameter, in lower case with hyphens.</param>
    /// <param name="otherwise">The value when it is left out.</param>
    /// <exception cref="LossExpressionException">The argument is neither.</exception>
    public bool Flag(string name, bool otherwise) => Word(name, otherwise ? "true" : "false", ["true", "false"]) == "true";

    /// <summary>One of the values of an enumeration, written in lower case with hyphens: <c>soft-margin</c> for <c>SoftMargin</c>.</summary>
    /// <param name="name">The name of the parameter, in lower case with hyphens.</param>
    /// <param name="otherwise">The value when it is left out.</param>
    /// <exception cref="LossExpressionException">The argument is none of them.</exception>
    public T Choice<T>(string name, T otherwise) where T : struct, Enum
    {
        var words = Enum.GetValues<T>().ToDictionary(value => Kebab(value.ToString()));
        return words[Word(name, Kebab(otherwise.ToString()), words.Keys)];
    }

    /// <summary>A distance or a similarity.</summary>
    /// <param name="name">The name of the parameter, in lower case with hyphens.</param>
    /// <param name="otherwise">The name of the one that is taken when it is left out.</param>
    /// <exception cref="LossExpressionException">There is none of that name, or its arguments do not fit.</exception>
    public PairMeasure Measure(string name, string otherwise) => Named(name, otherwise, _catalog.Measures);

    /// <summary>A distance.</summary>
    /// <param name="name">The name of the parameter, in lower case with hyphens.</param>
    /// <param name="otherwise">The name of the one that is taken when it is left out.</param>
    /// <exception cref="LossExpressionException">There is none of that name, or its arguments do not fit.</exception>
    public Distance Distance(string name = "distance", string otherwise = "euclidean") => Named(name, otherwise, _catalog.Distances);

    /// <summary>A similarity.</summary>
    /// <param name="name">The name of the parameter, in lower case with hyphens.</param>
    /// <param name="otherwise">The name of the one that is taken when it is left out.</param>
    /// <exception cref="LossExpressionException">There is none of that name, or its arguments do not fit.</exception>
    public Similarity Similarity(string name = "similarity", string otherwise = "cosine") => Named(name, otherwise, _catalog.Similarities);

    /// <summary>A miner of triplets.</summary>
    /// <param name="name">The name of the parameter, in lower case with hyphens.</param>
    /// <param name="otherwise">The name of the one that is taken when it is left out.</param>
    /// <exception cref="LossExpressionException">There is none of that name, or its arguments do not fit.</exception>
    public TripletMinerFactory TripletMiner(string name = "mining", string otherwise = "all") => Named(name, otherwise, _catalog.TripletMinerEntries);

    /// <summary>A miner of pairs; <c>all</c>, the default, stands for none.</summary>
    /// <param name="name">The name of the parameter, in lower case with hyphens.</param>
    /// <exception cref="LossExpressionException">There is none of that name, or its arguments do not fit.</exception>
    public PairMinerFactory PairMiner(string name = "mining")
    {
        var miners = _catalog.PairMinerEntries;
        return Find(name, "all or one of " + string.Join(", ", miners.Names), "all") switch
        {
            null or ExpressionCall { Name: "all", Arguments.Count: 0 } => _ => null,
            ExpressionCall value => miners.Read(_text, value),
            var value => throw Unfit(name, value),
        };
    }

    /// <summary>The reduction of the loss's terms: <c>mean</c>, <c>mean-active</c> or <c>sum</c>.</summary>
    /// <returns>Null when it is left out, which means that of the loss.</returns>
    /// <exception cref="LossExpressionException">The argument is none of them.</exception>
    public Reduction? Reduction() => Word("reduction", "default", ["default", "mean", "mean-active", "sum"]) switch
    {
        "mean" => Losses.Reduction.Mean,
        "mean-active" => Losses.Reduction.MeanActive,
        "sum" => Losses.Reduction.Sum,
        _ => null,
    };

    /// <summary>A pair loss, for a loss around another.</summary>
    /// <param name="name">The name of the parameter, in lower case with hyphens.</param>
    /// <param name="otherwise">The name of the one that is taken when it is left out.</param>
    /// <exception cref="LossExpressionException">There is none of that name, or its arguments do not fit.</exception>
    public PairLossFactory PairLoss(string name, string otherwise) => Named(name, otherwise, _catalog.PairLosses);

    /// <summary>A loss that takes rows of any number of features, for a loss of something else than the embeddings.</summary>
    internal LossFactory FilterLoss(string name, string otherwise) => Named(name, otherwise, _catalog.FilterLosses);

    /// <summary>Fails on an argument that nobody asked for.</summary>
    internal void RequireAllKnown()
    {
        foreach (var argument in _call.Arguments)
        {
            if (_parameters.Any(parameter => parameter.Name == argument.Name)) continue;
            string[] known = [.. _parameters.Select(parameter => parameter.Name)];
            string hint = known.Length == 0 ? "it has none" : NearNames.HintWithList(argument.Name, known);
            throw new LossExpressionException($"'{_call.Name}' has no parameter '{argument.Name}'; {hint}.", _text, argument.Column);
        }
    }

    /// <summary>What a constructor refused, at the column of the argument, or of the name where it was left out.</summary>
    internal LossExpressionException Refused(ArgumentException refusal)
    {
        var argument = _call.Arguments.FirstOrDefault(argument =>
            argument.Name.Replace("-", "", StringComparison.Ordinal).Equals(refusal.ParamName, StringComparison.OrdinalIgnoreCase));
        return new LossExpressionException(ArgumentMessage.WithoutParameter(refusal), _text, argument?.Value.Column ?? _call.Column, refusal);
    }

    private T Named<T>(string name, string otherwise, NamedEntries<T> entries) => Find(name, "one of " + string.Join(", ", entries.Names), otherwise) switch
    {
        null => entries.Read(otherwise, new ExpressionCall(otherwise, [], 1)),
        ExpressionCall value => entries.Read(_text, value),
        var value => throw Unfit(name, value),
    };

    private string Word(string name, string otherwise, IReadOnlyCollection<string> words) => Find(name, string.Join(" or ", words), otherwise) switch
    {
        null => otherwise,
        ExpressionCall { Arguments.Count: 0 } value when words.Contains(value.Name) => value.Name,
        var value => throw Unfit(name, value),
    };

    private ExpressionValue? FindNumber(string name, string kind, ParameterRange range, string otherwise) =>
        Find(name, $"{kind} {range}".TrimEnd(), otherwise, range);

    private ExpressionValue? Find(string name, string expected, string otherwise, ParameterRange? range = null)
    {
        _parameters.Add(new LossParameter(name, expected, otherwise, range));
        return _call.Arguments.FirstOrDefault(argument => argument.Name == name)?.Value;
    }

    private LossExpressionException Unfit(string name, ExpressionValue value)
    {
        string expected = _parameters.Last(parameter => parameter.Name == name).Expected;
        return new LossExpressionException($"'{name}' of '{_call.Name}' must be {expected}, not '{value}'.", _text, value.Column);
    }

    private static string Spell(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Kebab(string name) =>
        string.Concat(name.Select((letter, i) => char.IsUpper(letter) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));
}
