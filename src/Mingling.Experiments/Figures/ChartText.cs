using ScottPlot;
using SkiaSharp;

namespace Mingling.Experiments.Figures;

/// <summary>A text at a place of a plot.</summary>
/// <param name="Words">The text, a single line.</param>
/// <param name="X">Its place on the horizontal axis.</param>
/// <param name="Y">Its place on the vertical axis, where the middle of its letters is.</param>
internal sealed record ChartText(string Words, double X, double Y)
{
    private const float Halo = 3.5f;

    /// <summary>The height of the font in points.</summary>
    public float Size { get; init; } = Chart.TextSize;

    /// <summary>Where X is: at the left end (0), the middle (0.5) or the right end (1).</summary>
    public float Share { get; init; } = 0.5f;

    /// <summary>How far to the right it is moved, in points.</summary>
    public float Right { get; init; }

    /// <summary>How far it is moved down, in points.</summary>
    public float Down { get; init; }

    /// <summary>Its colour; that of text where it is null.</summary>
    public Color? Color { get; init; }

    /// <summary>Whether it is set off from what lies below it by a rim in the colour of the paper.</summary>
    public bool Rim { get; init; }

    public void Draw(SKCanvas canvas, float x, float y, Color color, Color paper)
    {
        using var fill = Layer.Fill(color);
        float left = x + Right - Share * Lettering.Width(Words, Size), line = y + Down + Lettering.HalfCapital * Size;
        if (Rim) Lettering.DrawRim(canvas, Words, Size, left, line, paper, Halo);
        Lettering.Draw(canvas, Words, Size, left, line, fill);
    }
}
