using ScottPlot;
using SkiaSharp;

namespace Mingling.Experiments.Figures;

/// <content>What is drawn in a plot.</content>
internal sealed partial class Chart
{
    /// <summary>A line through the points, with a gap where a value is no number and a dot where one stands alone.</summary>
    public void Curve(IReadOnlyList<double> xs, IReadOnlyList<double> ys, Color color, float width = 2, LinePattern? pattern = null)
    {
        for (int from = 0; from < xs.Count;)
        {
            int to = from;
            while (to < xs.Count && double.IsFinite(ys[to])) to++;
            if (to - from == 1) Dot(xs[from], ys[from], color);
            if (to - from > 1)
            {
                var line = Plot.Add.ScatterLine(xs.Skip(from).Take(to - from).ToArray(), ys.Skip(from).Take(to - from).ToArray(), color);
                line.LineWidth = width;
                line.LinePattern = pattern ?? LinePattern.Solid;
            }
            from = to + 1;
        }
    }

    /// <summary>A straight line between two points, such as a threshold.</summary>
    public void Rule(double x1, double y1, double x2, double y2, Color color, float width = 1.5f, LinePattern? pattern = null)
    {
        var line = Plot.Add.Line(x1, y1, x2, y2);
        (line.Color, line.LineWidth, line.LinePattern, line.MarkerSize) = (color, width, pattern ?? LinePattern.Dashed, 0);
    }

    public void Dot(double x, double y, Color color, float radius = 4, Stamp stamp = Stamp.Disc) => Paint((canvas, place) =>
    {
        using var fill = Layer.Fill(color);
        Stamps.Draw(canvas, stamp, place(x, y), radius, fill);
    });

    public void Ring(double x, double y, Color color, float radius = 7, float width = 2) => Paint((canvas, place) =>
    {
        using var stroke = Layer.Stroke(color, width);
        Stamps.Draw(canvas, Stamp.Disc, place(x, y), radius, stroke);
    });

    /// <summary>Rectangles, those of one colour as one path.</summary>
    /// <param name="boxes">Their corners and colours.</param>
    /// <param name="gap">How much narrower they are drawn on each side, in points.</param>
    public void Boxes(IEnumerable<(double X1, double Y1, double X2, double Y2, Color Color)> boxes, float gap = 0)
    {
        var colors = boxes.GroupBy(box => box.Color).Select(group => (Color: group.Key, Boxes: group.ToArray())).ToArray();
        Paint((canvas, place) =>
        {
            foreach (var group in colors)
            {
                using var fill = Layer.Fill(group.Color);
                using var path = new SKPath();
                foreach (var box in group.Boxes)
                {
                    var (a, b) = (place(box.X1, box.Y1), place(box.X2, box.Y2));
                    var rectangle = new SKRect(Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Max(a.X, b.X), Math.Max(a.Y, b.Y));
                    rectangle.Inflate(-gap, -gap);
                    path.AddRect(rectangle);
                }
                canvas.DrawPath(path, fill);
            }
        });
    }

    /// <summary>An interval as a line across with ends.</summary>
    public void Whisker(double low, double high, double y, Color color) => Paint((canvas, place) =>
    {
        const float End = 4;
        using var stroke = Layer.Stroke(color, 1.5f);
        var (a, b) = (place(low, y), place(high, y));
        canvas.DrawLine(a, b, stroke);
        canvas.DrawLine(a.X, a.Y - End, a.X, a.Y + End, stroke);
        canvas.DrawLine(b.X, b.Y - End, b.X, b.Y + End, stroke);
    });

    /// <summary>Draws with a canvas, and the place of a point on it.</summary>
    public void Paint(Action<SKCanvas, Func<double, double, SKPoint>> draw) => Plot.Add.Plottable(new Layer(draw));
}
