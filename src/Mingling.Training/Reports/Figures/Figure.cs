using ScottPlot;

namespace Mingling.Training.Reports.Figures;

/// <summary>One figure of a report, drawn as PNG for people and as SVG for print.</summary>
/// <param name="Name">The name of its files without an extension, such as "confusion-matrix".</param>
/// <param name="Title">The heading above it.</param>
/// <param name="Alternative">What it shows, in one or two sentences with its main figures, for those who cannot see it.</param>
/// <param name="Width">Its width in points.</param>
/// <param name="Height">Its height in points.</param>
/// <param name="Draw">Draws its one or several plots; called anew for each file, by <see cref="FigureFile"/> alone, which keeps threads apart.</param>
public sealed record Figure(string Name, string Title, string Alternative, int Width, int Height, Func<Theme, Multiplot> Draw)
{
    /// <summary>A figure of a single plot.</summary>
    internal static Figure Of(string name, string title, string alternative, int width, int height, Func<Inks, Plot> draw) =>
        new(name, title, alternative, width, height, theme => new Multiplot(draw(Inks.Of(theme))));

    /// <summary>A figure of plots in rows of equal height, each filled from the left.</summary>
    internal static Figure Of(string name, string title, string alternative, int columns, int panelWidth, int panelHeight, IReadOnlyList<Func<Inks, Plot>> panels)
    {
        columns = Math.Min(columns, panels.Count);
        int rows = (panels.Count + columns - 1) / columns;
        return new Figure(name, title, alternative, columns * panelWidth, rows * panelHeight, theme =>
        {
            var multiplot = new Multiplot();
            foreach (var panel in panels) multiplot.AddPlot(panel(Inks.Of(theme)));
            multiplot.Layout = new ScottPlot.MultiplotLayouts.Grid(rows, columns);
            return multiplot;
        });
    }
}

/// <summary>The colours of a figure's paper and ink.</summary>
public enum Theme
{
    /// <summary>Dark on white, for paper and light pages.</summary>
    Light,

    /// <summary>Light on dark.</summary>
    Dark,
}
