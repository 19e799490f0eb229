namespace Mingling.MetricLearning.Joint;

/// <summary>A loss expression is wrong; the message shows the place and says what would fit.</summary>
public sealed class LossExpressionException : MinglingException
{
    /// <summary>Describes an error at a column.</summary>
    /// <param name="message">What is wrong and what would be right, in one sentence.</param>
    /// <param name="expression">The whole expression.</param>
    /// <param name="column">The column of the error, counted from 1.</param>
    /// <param name="cause">The exception of a constructor that refused a value, or null.</param>
    public LossExpressionException(string message, string expression, int column, Exception? cause = null)
        : base($"Column {column}: {message}\n  {expression}\n  {new string(' ', column - 1)}^", cause) => Column = column;

    /// <summary>The column of the error, counted from 1.</summary>
    public int Column { get; }
}
