using System.Globalization;

namespace Mingling.MetricLearning.Joint;

/// <summary>A value in an expression.</summary>
/// <param name="Column">Its first column, counted from 1.</param>
public abstract record ExpressionValue(int Column)
{
    /// <summary>Reads a value by itself, such as <c>0.3</c> or <c>semi-hard(random: true)</c>.</summary>
    /// <param name="text">The value.</param>
    /// <exception cref="LossExpressionException">The text does not follow the grammar.</exception>
    public static ExpressionValue Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new ExpressionParser(text).Value();
    }
}

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
