using Mingling.Training.Runs;
using ScottPlot;

namespace Mingling.Experiments.Figures;

/// <summary>The small pictures of a training.</summary>
internal static class TrainingPanels
{
    private const double LogarithmicFrom = 20, Deepest = 1e-6;

    public static Plot Loss(IReadOnlyList<EpochReport> epochs, Inks inks)
    {
        string[] names = [.. epochs.SelectMany(epoch => epoch.Loss.Parts).Select(part => part.Name).Distinct()];
        // The first part is often nearly all of the total, which therefore shows as a rim around it.
        bool rim = names.Length > 1;
        var lines = new List<Curve>
        {
            new("total", [.. epochs.Select(epoch => epoch.Loss.Total)], rim ? Inks.Mix(inks.Paper, inks.Text, 0.4) : inks.Line(0), rim ? 6 : 2),
        };
        // A part that weighs nothing as yet costs nothing: its line begins with its weight.
        if (rim)
            lines.AddRange(names.Select((name, i) => new Curve(name, [.. epochs.Select(epoch => Part(epoch, name))], inks.Line(i))));
        return Draw(epochs, inks, rim ? "Loss and its parts, as weighted" : $"Loss ({string.Join("", names)})", lines, mayBeLogarithmic: true);
    }

    public static Plot Accuracy(IReadOnlyList<EpochReport> epochs, Inks inks)
    {
        List<Curve> lines =
        [
            new("training (augmented clips)", [.. epochs.Select(epoch => 100 * (epoch.TrainingAccuracy ?? double.NaN))], inks.Line(1)),
            new("validation", [.. epochs.Select(epoch => 100 * (epoch.ValidationAccuracy ?? double.NaN))], inks.Line(0)),
        ];
        return Draw(epochs, inks, "Recognised (%)", lines, TrainingFigure.Best(epochs));
    }

    public static Plot LearningRate(IReadOnlyList<EpochReport> epochs, Inks inks) =>
        Draw(epochs, inks, "Learning rate", [new("", [.. epochs.Select(epoch => epoch.LearningRate)], inks.Line(0))]);

    public static Plot Gradient(IReadOnlyList<EpochReport> epochs, Inks inks) =>
        Draw(epochs, inks, "Length of the gradient before clipping", [new("", [.. epochs.Select(epoch => epoch.Embeddings.GradientNorm)], inks.Line(0))]);

    public static Plot Distances(IReadOnlyList<EpochReport> epochs, Inks inks) => Draw(epochs, inks, "Distances of validation clips",
    [
        new("between words", [.. epochs.Select(epoch => epoch.Embeddings.InterClassDistance ?? double.NaN)], inks.Line(1)),
        new("within words", [.. epochs.Select(epoch => epoch.Embeddings.IntraClassDistance ?? double.NaN)], inks.Line(0)),
    ]);

    /// <summary>Shares of triplets on one another, up to 100 %.</summary>
    public static Plot Triplets(IReadOnlyList<EpochReport> epochs, Inks inks)
    {
        var known = epochs.Where(epoch => epoch.Embeddings.Triplets is not null).ToList();
        var chart = Begin(epochs, inks, "Triplets of a batch (%)", 0, 100);
        chart.Ticks(Epochs(epochs), Ticks.Round(0, 100));
        double[] bottoms = new double[known.Count];
        foreach (var (name, share, color) in new (string, Func<TripletShares, double>, Color)[]
            { ("hard", shares => shares.Hard, inks.Line(1)), ("semi-hard", shares => shares.SemiHard, inks.Line(6)), ("easy", shares => shares.Easy, inks.Line(2)) })
        {
            double[] tops = [.. known.Select((epoch, i) => bottoms[i] + 100 * share(epoch.Embeddings.Triplets!))];
            var edges = known.SelectMany((epoch, i) => Sides(known, i).Select(x => (X: x, Low: bottoms[i], High: tops[i]))).ToList();
            var fill = chart.Plot.Add.FillY([.. edges.Select(edge => edge.X)], [.. edges.Select(edge => edge.Low)], [.. edges.Select(edge => edge.High)]);
            (fill.FillColor, fill.LineWidth, fill.MarkerSize) = (Inks.Mix(inks.Paper, color, 0.75), 0, 0);
            chart.Key(name, color, KeyMark.Box);
            bottoms = tops;
        }
        return chart.Plot;
    }

    /// <summary>A single epoch is a column, several are an area through their middles.</summary>
    private static double[] Sides(List<EpochReport> known, int i) => known.Count == 1 ? [known[i].Epoch - 0.3, known[i].Epoch + 0.3] : [known[i].Epoch];

    private sealed record Curve(string Name, double[] Values, Color Color, float Width = 2);

    private static Plot Draw(IReadOnlyList<EpochReport> epochs, Inks inks, string title, IReadOnlyList<Curve> curves, EpochReport? best = null, bool mayBeLogarithmic = false)
    {
        double[] values = [.. curves.SelectMany(curve => curve.Values).Where(double.IsFinite)], positive = [.. values.Where(value => value > 0)];
        bool logarithmic = mayBeLogarithmic && positive.Length > 0 && values.All(value => value >= 0) && positive.Max() / positive.Min() >= LogarithmicFrom;
        Func<double, double> place = logarithmic ? value => value > 0 ? Math.Log10(value) : double.NaN : value => value;
        var (low, high) = logarithmic
            ? (Math.Log10(Math.Max(positive.Min(), Deepest * positive.Max())), Math.Log10(positive.Max()))
            : (Math.Min(0, values.Append(0).Min()), values.Append(0).Max());
        if (best is not null && values.Min() > 40) low = 10 * Math.Floor(values.Min() / 10 - 0.5);
        if (high - low < 1e-12) high = low + 1;
        double room = 0.05 * (high - low);
        var chart = Begin(epochs, inks, title, logarithmic ? low - room : low, best is not null ? Math.Min(104, high + 2 * room) : high + room);
        chart.Ticks(Epochs(epochs), logarithmic ? Ticks.Powers(low - room, high + room) : Ticks.Round(low, best is not null ? Math.Min(100, high + room) : high + room));
        double[] xs = [.. epochs.Select(epoch => (double)epoch.Epoch)];
        foreach (var curve in curves)
        {
            chart.Curve(xs, [.. curve.Values.Select(place)], curve.Color, curve.Width);
            if (curve.Name.Length > 0 && curve.Values.Any(double.IsFinite)) chart.Key(curve.Name, curve.Color);
        }
        if (best is not null)
        {
            double y = 100 * best.ValidationAccuracy!.Value;
            chart.Ring(best.Epoch, y, inks.Text, 6);
            chart.Key($"best: {Percent.Format(y / 100)}, epoch {best.Epoch}", inks.Text, KeyMark.Ring);
        }
        return chart.Plot;
    }

    private static Chart Begin(IReadOnlyList<EpochReport> epochs, Inks inks, string title, double low, double high)
    {
        var (first, last) = (epochs[0].Epoch, epochs[^1].Epoch);
        double room = first == last ? 0.5 : 0.02 * (last - first);
        return new Chart(inks) { Title = title, XLabel = "epoch", LeastLabels = 40 }.Limits(first - room, last + room, low, high);
    }

    private static IReadOnlyList<AxisMark> Epochs(IReadOnlyList<EpochReport> epochs) => Ticks.Whole(epochs[0].Epoch, epochs[^1].Epoch);

    /// <summary>The weighted value of a part; no number where it has no weight.</summary>
    private static double Part(EpochReport epoch, string name) =>
        epoch.Loss.Parts.FirstOrDefault(part => part.Name == name) is { Weight: > 0 } part ? part.Value : double.NaN;
}
