namespace Mingling.MetricLearning.Joint;

/// <summary>The numbers that a parameter takes.</summary>
/// <param name="Least">The least number; −∞ where there is none.</param>
/// <param name="Most">The greatest number; +∞ where there is none.</param>
/// <param name="LeastExcluded">Whether <paramref name="Least"/> itself does not fit.</param>
public readonly record struct ParameterRange(double Least, double Most, bool LeastExcluded = false)
{
    /// <summary>Every finite number.</summary>
    public static ParameterRange Any { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Numbers greater than 0.</summary>
    public static ParameterRange Positive { get; } = new(0, double.PositiveInfinity, LeastExcluded: true);

    /// <summary>0 and greater numbers.</summary>
    public static ParameterRange NotNegative { get; } = AtLeast(0);

    /// <summary>0 to 1.</summary>
    public static ParameterRange Share { get; } = Between(0, 1);

    /// <summary>A number and all greater ones.</summary>
    /// <param name="least">The least number.</param>
    public static ParameterRange AtLeast(double least) => new(least, double.PositiveInfinity);

    /// <summary>The numbers from one to another, both included.</summary>
    /// <param name="least">The least number.</param>
    /// <param name="most">The greatest number.</param>
    public static ParameterRange Between(double least, double most) => new(least, most);

    /// <summary>Whether a number fits.</summary>
    /// <param name="number">The number.</param>
    public bool Contains(double number) => double.IsFinite(number) && (LeastExcluded ? number > Least : number >= Least) && number <= Most;

    /// <summary>The range as the end of a clause, such as "between 0 and 1"; empty where every number fits.</summary>
    public override string ToString() => (double.IsInfinity(Least), double.IsInfinity(Most), LeastExcluded) switch
    {
        (true, true, _) => "",
        (true, false, _) => $"of at most {Most}",
        (false, true, true) => $"greater than {Least}",
        (false, true, false) => $"of at least {Least}",
        (false, false, true) => $"greater than {Least} and at most {Most}",
        (false, false, false) => $"between {Least} and {Most}",
    };
}
