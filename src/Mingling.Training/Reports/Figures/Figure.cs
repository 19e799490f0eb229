using ScottPlot;

namespace Mingling.Training.Reports.Figures;

/// <summary>One figure of a report, drawn as PNG for people and as SVG for print.</summary>
/// <param name="Name">The name of its files without an extension, such as "confusion-matrix".</param>
/// <param name="Title">The heading above it.</param>
/// <param name="Alternative">What it shows, in one or two sentences with its main figures, for those who cannot see it.</param>
/// <param name="Width">Its width in points.</param>
/// <param name="Height">Its height in points.</param>
/// <param name="Draw">Draws it; called anew for each file.</param>
public sealed record Figure(string Name, string Title, string Alternative, int Width, int Height, Func<Theme, Plot> Draw);

/// <summary>The colours of a figure's paper and ink.</summary>
public enum Theme
{
    /// <summary>Dark on white, for paper and light pages.</summary>
    Light,

    /// <summary>Light on dark.</summary>
    Dark,
}
