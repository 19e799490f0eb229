using ScottPlot;

namespace Mingling.Experiments.Figures;

/// <summary>
/// The colours of all figures. Text has a contrast of at least 4.5 : 1 to the paper, lines and points one of at least 3 : 1 (WCAG 2.2);
/// the series differ in lightness as well as in hue, as those of Okabe and Ito do, so that colour-blind readers can tell them apart.
/// </summary>
internal sealed record Inks
{
    private static readonly Inks Light = new()
    {
        Paper = Ink("#ffffff"),
        Text = Ink("#1f2328"),
        Soft = Ink("#57606a"),
        Grid = Ink("#e4e7eb"),
        Right = Ink("#0a3f7f"),
        Wrong = Ink("#bd1d0a"),
        Slip = Ink("#ffd3a0"),
        Series =
        [
            Ink("#0067b1"), Ink("#d4540a"), Ink("#008a63"), Ink("#b34d8f"), Ink("#7a1f3d"), Ink("#3f93d6"), Ink("#a87800"),
            Ink("#4b4f58"),
        ],
    };

    private static readonly Inks Dark = new()
    {
        Paper = Ink("#14171c"),
        Text = Ink("#e6e9ee"),
        Soft = Ink("#a3acb8"),
        Grid = Ink("#2b313a"),
        Right = Ink("#7ab8f5"),
        Wrong = Ink("#ff7a4d"),
        Slip = Ink("#5e2f14"),
        Series =
        [
            Ink("#4da3f0"), Ink("#ff8a47"), Ink("#2fc795"), Ink("#f09ad0"), Ink("#d0517e"), Ink("#a8dbff"), Ink("#f0c040"),
            Ink("#a5a9b3"),
        ],
    };

    private const double LeastRight = 0.12;

    /// <summary>The background.</summary>
    public required Color Paper { get; init; }

    /// <summary>Titles, words and numbers.</summary>
    public required Color Text { get; init; }

    /// <summary>Axes, ticks and what is said beside the matter.</summary>
    public required Color Soft { get; init; }

    /// <summary>Lines that lead the eye; they carry no meaning.</summary>
    public required Color Grid { get; init; }

    /// <summary>What was recognised, at 100 %.</summary>
    public required Color Right { get; init; }

    /// <summary>What was taken for another, at 100 %.</summary>
    public required Color Wrong { get; init; }

    /// <summary>What was taken for another, at hardly any share.</summary>
    public required Color Slip { get; init; }

    /// <summary>The colours of lines and words in their order; they begin anew after the last.</summary>
    public required IReadOnlyList<Color> Series { get; init; }

    public static Inks For(Theme theme) => theme == Theme.Dark ? Dark : Light;

    /// <summary>The colour of line i.</summary>
    public Color Line(int i) => Series[i % Series.Count];

    /// <summary>The colour of a share of right clips.</summary>
    public Color RightShade(double share) => Mix(Paper, Right, LeastRight + (1 - LeastRight) * share);

    /// <summary>The colour of a share of wrong clips: even one clip in a hundred stands out, by the root.</summary>
    public Color WrongShade(double share) => Mix(Slip, Wrong, Math.Sqrt(share));

    /// <summary>Black or white for text on a colour: one of them has a contrast above 4.5 : 1 to any.</summary>
    public static Color TextOn(Color ground) => Contrast(ground, Colors.Black) >= Contrast(ground, Colors.White) ? Colors.Black : Colors.White;

    /// <summary>The ratio of contrast of WCAG 2.2, 1 … 21.</summary>
    public static double Contrast(Color one, Color other)
    {
        double a = Luminance(one), b = Luminance(other);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    public static Color Mix(Color from, Color to, double share) =>
        new(Channel(from.R, to.R, share), Channel(from.G, to.G, share), Channel(from.B, to.B, share));

    private static byte Channel(byte from, byte to, double share) => (byte)Math.Round(from + share * (to - from));

    private static double Luminance(Color color) => 0.2126 * Linear(color.R) + 0.7152 * Linear(color.G) + 0.0722 * Linear(color.B);

    private static double Linear(byte channel)
    {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }

    private static Color Ink(string hex) => Color.FromHex(hex);
}
