
using Mingling.MetricLearning.Joint;

namespace Mingling.Training.Recipes.Values;

/// <summary>Checks expressions of losses before there is a model.</summary>
internal static class LossText
{
    // Enough classes that no parameter is out of range for want of them; the model's own number is checked when it is built.
    public static readonly LossContext AnyWords = new(Classes: 1024, Dimension: 8, Shots: 65_536);

    /// <summary>Why an expression cannot be read, as a clause; null when it can.</summary>
    public static string? Unreadable(string loss)
    {
        try
        {
            JointLoss.Parse(loss, AnyWords).Dispose();
            return null;
        }
        catch (Exception e) when (e is LossExpressionException or ArgumentException)
        {
            return $"cannot be read: {e.Message.TrimEnd('.')}";
        }
    }
}
