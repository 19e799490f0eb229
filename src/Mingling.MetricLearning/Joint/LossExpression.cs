using System.Globalization;

namespace Mingling.MetricLearning.Joint;

/// <summary>
/// A weighted sum of losses, as a recipe writes it: <c>softmax + 0.01 center(rate: 0.5) + 1.0 triplet(margin: 0.3, mining: batch-hard)</c>.
/// Numbers use a point; names are those of the <see cref="LossCatalog"/>; a weight left out is 1.
/// </summary>
/// <param name="Text">The expression as it was written.</param>
/// <param name="Parts">The losses in their order.</param>
public sealed record LossExpression(string Text, IReadOnlyList<ExpressionPart> Parts)
{
    /// <summary>Reads an expression; names and parameters are checked when losses are made of it.</summary>
    /// <param name="text">The expression.</param>
    /// <exception cref="LossExpressionException">The text does not follow the grammar.</exception>
    public static LossExpression Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new ExpressionParser(text).Parse();
    }

    /// <summary>The expression in one spelling: every weight and argument, single spaces.</summary>
    public override string ToString() => string.Join(" + ", Parts);
}

/// <summary>One loss of an expression.</summary>
/// <param name="Weight">Its weight, at least 0.</param>
/// <param name="Loss">Its name and arguments.</param>
public sealed record ExpressionPart(double Weight, ExpressionCall Loss)
{
    /// <summary>Weight and loss as an expression writes them.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Weight} {Loss}");
}

/// <summary>A value in an expression.</summary>
/// <param name="Column">Its first column, counted from 1.</param>
public abstract record ExpressionValue(int Column);

/// <summary>A number.</summary>
/// <param name="Number">The number.</param>
/// <param name="Column">Its first column, counted from 1.</param>
public sealed record ExpressionNumber(double Number, int Column) : ExpressionValue(Column)
{
    /// <summary>The number as an expression writes it.</summary>
    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A name, with arguments or without.</summary>
/// <param name="Name">The name.</param>
/// <param name="Arguments">The arguments in their order.</param>
/// <param name="Column">Its first column, counted from 1.</param>
public sealed record ExpressionCall(string Name, IReadOnlyList<ExpressionArgument> Arguments, int Column) : ExpressionValue(Column)
{
    /// <summary>The name and arguments as an expression writes them.</summary>
    public override string ToString() => Arguments.Count == 0 ? Name : $"{Name}({string.Join(", ", Arguments)})";
}

/// <summary>A named argument.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Column">The first column of the name, counted from 1.</param>
public sealed record ExpressionArgument(string Name, ExpressionValue Value, int Column)
{
    /// <summary>Name and value as an expression writes them.</summary>
    public override string ToString() => $"{Name}: {Value}";
}
