namespace Mingling.Experiments.Reports.Page;

/// <summary>Figures as the page writes them.</summary>
internal static class Words
{
    // A number and its sign stay on one line.
    public static string Percent(double share) => $"{100 * share:0.0}\u00a0%";

    public static string Number(double? value, string format = "0.00") => value is { } number ? number.ToString(format) : "–";

    public static string Count(int count, string what) => $"{count:N0} {what}{(count == 1 ? "" : "s")}";
}
