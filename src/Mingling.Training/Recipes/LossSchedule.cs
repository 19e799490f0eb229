using System.Globalization;
using Mingling.MetricLearning.Losses;

namespace Mingling.Training.Recipes;

/// <summary>What a <see cref="LossSchedule"/> changes.</summary>
public enum LossQuantity
{
    /// <summary>The weight of the part.</summary>
    Weight,

    /// <summary>The margin of the part, in the unit of its loss.</summary>
    Margin,
}

/// <summary>A weight or margin that goes from one value to another over a stretch of the training, in a straight line.</summary>
/// <param name="Part">The part of the joint loss by name; further parts of one name are called name-2, name-3 ….</param>
/// <param name="Quantity">What changes.</param>
/// <param name="Initial">The value until <paramref name="Begin"/>.</param>
/// <param name="Final">The value from <paramref name="End"/> on.</param>
/// <param name="Begin">Where the change begins, as a share of all steps. Range: 0 to below <paramref name="End"/>.</param>
/// <param name="End">Where it ends, as a share of all steps. Range: above <paramref name="Begin"/> to 1.</param>
public sealed record LossSchedule(string Part, LossQuantity Quantity, double Initial, double Final, double Begin, double End)
{
    private const string Form = "a schedule is written like triplet.weight=0:1@0:0.3 (from 0 to 1 in the first 0.3 of the training)";

    /// <summary>The value after a share of the training.</summary>
    public double At(double share) => new MarginSchedule(Initial, Final, Begin, End).At(share);

    /// <summary>Reads the form <c>part.quantity=initial:final@begin:end</c>, for instance <c>arcface.margin=0:28.6@0.1:0.5</c>.</summary>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static LossSchedule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] sides = text.Split('=', '@');
        string[] target = sides[0].Trim().Split('.');
        if (sides.Length != 3 || target.Length != 2 || !Enum.TryParse<LossQuantity>(target[1], true, out var quantity) || char.IsDigit(target[1][0]))
            throw new FormatException($"'{text}' is no schedule; {Form}.");
        var (initial, final) = Pair(text, sides[1]);
        var (begin, end) = Pair(text, sides[2]);
        return new LossSchedule(target[0], quantity, initial, final, begin, end);
    }

    /// <summary>The schedule in the form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Part}.{(Quantity == LossQuantity.Weight ? "weight" : "margin")}={Initial}:{Final}@{Begin}:{End}");

    internal IEnumerable<string> Problems()
    {
        if (!(Begin >= 0 && Begin < End && End <= 1)) yield return $"the schedule {this} must begin at 0 or later, before it ends, and end at 1 or earlier";
        if (!(Initial >= 0 && Final >= 0) || double.IsInfinity(Initial + Final)) yield return $"the values of the schedule {this} must be 0 or more";
    }

    private static (double From, double To) Pair(string text, string pair)
    {
        string[] ends = pair.Split(':');
        if (ends.Length == 2
            && double.TryParse(ends[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double from)
            && double.TryParse(ends[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double to)) return (from, to);
        throw new FormatException($"'{text}' is no schedule; {Form}.");
    }
}
