using Mingling.MetricLearning.Joint;

namespace Mingling.Experiments.Comparison;

/// <summary>Makes the variants of a comparison out of losses and grids.</summary>
public static class LossGrid
{
    /// <summary>
    /// Lays the product of all grids over every loss; a grid whose part a loss does not have leaves that loss as it is. A weight of 0
    /// takes the part away, unless it is the only one. Equal variants are kept once, in the order of the first.
    /// </summary>
    /// <param name="losses">Loss expressions, at least one.</param>
    /// <param name="axes">The grids; may be empty.</param>
    /// <param name="catalog">The losses that can be named; null means those of the library.</param>
    /// <exception cref="LossExpressionException">An expression is wrong, or a value of a grid does not fit its parameter.</exception>
    /// <exception cref="FormatException">A grid is given twice or fits no loss.</exception>
    public static IReadOnlyList<LossVariant> Expand(IReadOnlyList<string> losses, IReadOnlyList<GridAxis> axes, LossCatalog? catalog = null)
    {
        var expressions = losses.Select(loss => LossExpression.Parse(loss, catalog)).ToList();
        Check(expressions, axes);
        var made = from expression in expressions
                   let own = axes.Where(axis => PartNames(expression).Contains(axis.Part)).ToList()
                   from values in Product(own)
                   select Variant(expression, own, values);
        LossVariant[] variants = [.. made.GroupBy(variant => variant.Loss)
            .Select(equal => equal.First() with { Points = [.. equal.SelectMany(variant => variant.Points)] })];
        foreach (var variant in variants) LossExpression.Parse(variant.Loss, catalog);
        return variants;
    }

    /// <summary>An expression in one spelling, without weights of 1.</summary>
    public static string Spell(LossExpression expression) => expression.ToString();

    /// <summary>The names of the parts: the second part of one name is called name-2.</summary>
    internal static string[] PartNames(LossExpression expression) => [.. expression.Parts.Select(part => part.Name)];

    private static void Check(List<LossExpression> expressions, IReadOnlyList<GridAxis> axes)
    {
        if (axes.GroupBy(axis => axis.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new FormatException($"the grid of {twice.Key} is given twice; name all its values in one.");
        string[] known = [.. expressions.SelectMany(PartNames).Distinct()];
        if (axes.FirstOrDefault(axis => !known.Contains(axis.Part)) is { } stray)
            throw new FormatException($"the grid of {stray.Name} fits no loss: none has a part '{stray.Part}'; there are {string.Join(", ", known)}.");
    }

    /// <summary>One value of each axis, the last axis changing fastest.</summary>
    private static IEnumerable<IReadOnlyList<ExpressionValue>> Product(List<GridAxis> axes) => axes.Aggregate(
        (IEnumerable<IReadOnlyList<ExpressionValue>>)[[]],
        (rows, axis) => rows.SelectMany(row => axis.Values.Select(value => (IReadOnlyList<ExpressionValue>)[.. row, value])));

    private static LossVariant Variant(LossExpression basis, List<GridAxis> axes, IReadOnlyList<ExpressionValue> values)
    {
        if (axes.Count == 0) return new LossVariant(basis.Text.Trim(), Spell(basis), []);
        string[] names = PartNames(basis);
        ExpressionPart[] parts = [.. basis.Parts.Select((part, i) =>
            axes.Zip(values).Where(set => set.First.Part == names[i])
                .Aggregate(part, (changed, set) => With(changed, set.First.Parameter, set.Second)))];
        ExpressionPart[] kept = [.. parts.Where((part, i) => part.Weight > 0 || basis.Parts[i].Weight == 0)];
        string spelled = string.Join(" + ", kept.Length == 0 ? parts : kept);
        var point = new GridPoint(Spell(basis), axes.Zip(values).ToDictionary(set => set.First.Name, set => $"{set.Second}"));
        return new LossVariant(spelled, spelled, [point]);
    }

    private static ExpressionPart With(ExpressionPart part, string parameter, ExpressionValue value)
    {
        if (parameter == GridAxis.Weight) return part with { Weight = ((ExpressionNumber)value).Number };
        var argument = new ExpressionArgument(parameter, value, part.Loss.Column);
        var others = part.Loss.Arguments.ToList();
        int place = others.FindIndex(other => other.Name == parameter);
        if (place < 0) others.Add(argument);
        else others[place] = argument;
        return part with { Loss = part.Loss with { Arguments = others } };
    }
}
