using Mingling.MetricLearning.Joint;

namespace Mingling.Experiments.Comparison;

/// <summary>The values that a weight or a parameter of a loss takes in turn.</summary>
/// <param name="Part">The part of the joint loss by name; further parts of one name are called name-2, name-3 ….</param>
/// <param name="Parameter">The name of a parameter, or <see cref="Weight"/> for the factor before the part.</param>
/// <param name="Values">The values, all different.</param>
public sealed record GridAxis(string Part, string Parameter, IReadOnlyList<ExpressionValue> Values)
{
    /// <summary>The name that stands for the factor before a part.</summary>
    public const string Weight = "weight";

    private const string Form = "a grid is written like center.weight=0,0.001,0.01 or triplet.mining=batch-hard,semi-hard";

    /// <summary>Part and parameter, as <see cref="Parse"/> reads them.</summary>
    public string Name => $"{Part}.{Parameter}";

    /// <summary>Reads the form <c>part.parameter=value,value,…</c>.</summary>
    /// <exception cref="FormatException">The text has another form, or a weight is not a number of at least 0.</exception>
    public static GridAxis Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] sides = text.Split('=', 2);
        string[] target = [.. sides[0].Split('.').Select(name => name.Trim())];
        if (sides.Length != 2 || target.Length != 2 || target.Any(name => name.Length == 0))
            throw new FormatException($"'{text}' is no grid; {Form}.");
        var values = Pieces(sides[1]).Select(piece => Value(text, piece)).DistinctBy(value => value.ToString()).ToList();
        if (target[1] == Weight && values.Any(value => value is not ExpressionNumber { Number: >= 0 }))
            throw new FormatException($"the grid '{text}' gives a weight that is not a number of at least 0.");
        return new GridAxis(target[0], target[1], values);
    }

    /// <summary>Splits at the commas that are not in brackets.</summary>
    private static IEnumerable<string> Pieces(string list)
    {
        int depth = 0, from = 0;
        for (int i = 0; i < list.Length; i++)
        {
            if (list[i] is '(') depth++;
            if (list[i] is ')') depth--;
            if (list[i] != ',' || depth > 0) continue;
            yield return list[from..i];
            from = i + 1;
        }
        yield return list[from..];
    }

    private static ExpressionValue Value(string text, string piece)
    {
        try
        {
            return ExpressionValue.Parse(piece);
        }
        catch (LossExpressionException)
        {
            if (piece.Trim().TrimStart('-') is ['0', >= '0' and <= '9', ..])
                throw new FormatException($"'{piece.Trim()}' in the grid '{text}' begins with a zero; a comma separates values, and the decimals of a number follow a point, as in 0.01.");
            throw new FormatException($"'{piece.Trim()}' in the grid '{text}' is no value; {Form}.");
        }
    }
}
