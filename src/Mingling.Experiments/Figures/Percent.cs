using System.Globalization;

namespace Mingling.Experiments.Figures;

/// <summary>Shares as people read them.</summary>
internal static class Percent
{
    /// <summary>The share with one decimal: 94.3 %.</summary>
    public static string Format(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    /// <summary>The share with as many decimals as small ones need: 0.1 %, 20 %.</summary>
    public static string Short(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.###} %");
}
