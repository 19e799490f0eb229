using System.Globalization;

namespace Mingling;

/// <summary>The numbers that a setting may have, from one end to another. Neither infinity nor NaN lies in any range.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="WithoutLow">Whether the lower end itself is outside.</param>
/// <param name="WithoutHigh">Whether the upper end itself is outside.</param>
internal sealed record NumberRange(
    double Low = double.NegativeInfinity, double High = double.PositiveInfinity, bool WithoutLow = false, bool WithoutHigh = false)
{
    public static NumberRange Share { get; } = new(0, 1);

    public static NumberRange ShareBelowOne { get; } = new(0, 1, WithoutHigh: true);

    public static NumberRange NotNegative { get; } = new(0);

    public static NumberRange Positive { get; } = new(0, WithoutLow: true);

    public bool Contains(double value) =>
        double.IsFinite(value) && (WithoutLow ? value > Low : value >= Low) && (WithoutHigh ? value < High : value <= High);

    /// <summary>What is wrong with a value, as a clause that begins with its name; null where it lies in the range.</summary>
    public string? Fault(string name, double value) =>
        Contains(value) ? null : $"{name} must be a number{this}, not {value.ToString("R", CultureInfo.InvariantCulture)}";

    /// <summary>As in "a number from 0 to below 1"; begins with a blank, and is empty where there are no ends.</summary>
    public override string ToString() =>
        (double.IsFinite(Low) ? $" {(WithoutLow ? "above" : "from")} {Text(Low)}" : "")
        + (double.IsFinite(High) ? $" to {(WithoutHigh ? "below " : "")}{Text(High)}" : "");

    private static string Text(double end) => end.ToString(Math.Abs(end) is >= 1e-4 and < 1e7 or 0 ? "#,0.######" : "R", CultureInfo.InvariantCulture);
}
