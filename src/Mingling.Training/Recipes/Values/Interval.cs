using System.Globalization;

namespace Mingling.Training.Recipes.Values;

/// <summary>The numbers from one end to another. Neither infinity nor NaN lies in any interval.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="WithoutLow">Whether the lower end itself is outside.</param>
/// <param name="WithoutHigh">Whether the upper end itself is outside.</param>
internal sealed record Interval(
    double Low = double.NegativeInfinity, double High = double.PositiveInfinity, bool WithoutLow = false, bool WithoutHigh = false)
{
    public static Interval Share { get; } = new(0, 1);

    public static Interval ShareBelowOne { get; } = new(0, 1, WithoutHigh: true);

    public static Interval NotNegative { get; } = new(0);

    public static Interval Positive { get; } = new(0, WithoutLow: true);

    public bool Contains(double value) =>
        double.IsFinite(value) && (WithoutLow ? value > Low : value >= Low) && (WithoutHigh ? value < High : value <= High);

    /// <summary>As in "a number from 0 to below 1"; begins with a blank, and is empty where there are no ends.</summary>
    public override string ToString() =>
        (double.IsFinite(Low) ? $" {(WithoutLow ? "above" : "from")} {Text(Low)}" : "")
        + (double.IsFinite(High) ? $" to {(WithoutHigh ? "below " : "")}{Text(High)}" : "");

    private static string Text(double end) => end.ToString(Math.Abs(end) is >= 1e-4 and < 1e7 or 0 ? "#,0.######" : "R", CultureInfo.InvariantCulture);
}
