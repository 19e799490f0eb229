using ScottPlot;
using ScottPlot.MultiplotLayouts;

namespace Mingling.Experiments.Figures;

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
    internal static Figure Make(string name, string title, string alternative, int width, int height, Func<Inks, Plot> draw) =>
        new(name, title, alternative, width, height, theme => Arrange((draw(Inks.For(theme)), new GridCell(0, 0, 1, 1))));

    /// <summary>A figure of plots in rows of equal height, each filled from the left.</summary>
    internal static Figure Make(string name, string title, string alternative, int columns, int panelWidth, int panelHeight, IReadOnlyList<Func<Inks, Plot>> panels)
    {
        columns = Math.Min(columns, panels.Count);
        int rows = (panels.Count + columns - 1) / columns;
        return new Figure(name, title, alternative, columns * panelWidth, rows * panelHeight, theme =>
        {
            var plots = panels.Select(panel => panel(Inks.For(theme)));
            return Arrange([.. plots.Select((plot, i) => (plot, new GridCell(i / columns, i % columns, rows, columns)))]);
        });
    }

    /// <summary>Plots in cells of a grid.</summary>
    internal static Multiplot Arrange(params IReadOnlyList<(Plot Plot, GridCell Cell)> plots)
    {
        // A multiplot begins with an empty plot of its own.
        var multiplot = new Multiplot();
        multiplot.Reset(plots[0].Plot);
        var layout = new CustomGrid();
        foreach (var (plot, cell) in plots)
        {
            if (plot != plots[0].Plot) multiplot.AddPlot(plot);
            layout.Set(plot, cell);
        }
        multiplot.Layout = layout;
        return multiplot;
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
