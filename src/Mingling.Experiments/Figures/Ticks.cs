using System.Globalization;

namespace Mingling.Experiments.Figures;

/// <summary>A mark on an axis.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Label">What is written there.</param>
internal sealed record AxisMark(double Place, string Label);

/// <summary>Marks for axes of numbers.</summary>
internal static class Ticks
{
    private const double Nearly = 1e-9;

    /// <summary>Round numbers within a range, 1, 2 or 5 times a power of ten apart.</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end, above the lower.</param>
    /// <param name="most">The most steps between them.</param>
    public static IReadOnlyList<AxisMark> Round(double low, double high, int most = 5)
    {
        double step = Step((high - low) / most);
        int digits = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + Nearly));
        var marks = new List<AxisMark>();
        for (double i = Math.Ceiling(low / step - Nearly); i <= high / step + Nearly; i++)
            marks.Add(new AxisMark(i * step, (i * step + 0.0).ToString($"F{Math.Min(digits, 15)}", CultureInfo.InvariantCulture)));
        return marks;
    }

    /// <summary>Round whole numbers within a range.</summary>
    public static IReadOnlyList<AxisMark> Whole(double low, double high, int most = 8)
    {
        double step = Math.Max(1, Step((high - low) / most));
        var marks = new List<AxisMark>();
        for (double i = Math.Ceiling(low / step); i <= Math.Floor(high / step); i++) marks.Add(new AxisMark(i * step, $"{i * step:0}"));
        return marks;
    }

    /// <summary>Powers of ten within a range of decimal logarithms, and 2 and 5 times them where it is narrow.</summary>
    /// <param name="low">The logarithm of the lower end.</param>
    /// <param name="high">The logarithm of the upper end.</param>
    public static IReadOnlyList<AxisMark> Powers(double low, double high)
    {
        int stride = Math.Max(1, (int)Math.Ceiling((high - low) / 6));
        double[] factors = high - low < 2.5 ? [1, 2, 5] : [1];
        return
        [
            .. from power in Enumerable.Range((int)Math.Floor(low), (int)Math.Ceiling(high) - (int)Math.Floor(low) + 1)
               where power % stride == 0
               from factor in factors
               let value = factor * Math.Pow(10, power)
               let place = Math.Log10(value)
               where place >= low - Nearly && place <= high + Nearly
               select new AxisMark(place, Number(value)),
        ];
    }

    /// <summary>A number as people write it: 0.001, 25, but 1e-7.</summary>
    public static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture).Replace("E-0", "e-").Replace('E', 'e');

    private static double Step(double least)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        double factor = least / power;
        return power * (factor <= 1 + Nearly ? 1 : factor <= 2 + Nearly ? 2 : factor <= 5 + Nearly ? 5 : 10);
    }
}
