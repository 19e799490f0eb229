namespace Mingling.MetricLearning.Joint;

/// <summary>A loss expression is wrong; the message shows the place and says what would fit.</summary>
public sealed class LossExpressionException : MinglingException
{
    private const int LongestShown = 200;

    /// <summary>Describes an error at a column.</summary>
    /// <param name="message">What is wrong and what would be right, in one sentence.</param>
    /// <param name="expression">The whole expression.</param>
    /// <param name="column">The column of the error, counted from 1.</param>
    /// <param name="cause">The exception of a constructor that refused a value, or null.</param>
    public LossExpressionException(string message, string expression, int column, Exception? cause = null)
        : base($"Column {column}: {message}\n{Excerpt(expression, column)}", cause) => Column = column;

    /// <summary>The column of the error, counted from 1.</summary>
    public int Column { get; }

    /// <summary>The expression with a mark below the column; of a long one what stands around the column.</summary>
    private static string Excerpt(string expression, int column)
    {
        int from = expression.Length <= LongestShown ? 0 : Math.Max(0, column - 1 - (LongestShown / 2)), to = Math.Min(expression.Length, from + LongestShown);
        string before = from > 0 ? "… " : "", after = to < expression.Length ? " …" : "";
        return $"  {before}{expression[from..to]}{after}\n  {new string(' ', before.Length + column - 1 - from)}^";
    }
}
