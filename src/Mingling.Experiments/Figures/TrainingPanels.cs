using Mingling.Training.Runs;
using ScottPlot;

namespace Mingling.Experiments.Figures;

/// <summary>The small pictures of a training.</summary>
internal static class TrainingPanels
{
    private const double LogarithmicFrom = 20, Deepest = 1e-6;

    public static Plot Loss(MemberEpochs epochs, Inks inks)
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

    public static Plot Accuracy(MemberEpochs epochs, Inks inks)
    {
        List<Curve> lines =
        [
            new("training (augmented clips)", [.. epochs.Select(epoch => 100 * (epoch.TrainingAccuracy ?? double.NaN))], inks.Line(1)),
            new("validation", [.. epochs.Select(epoch => 100 * (epoch.ValidationAccuracy ?? double.NaN))], inks.Line(0)),
        ];
        return Draw(epochs, inks, "Recognised (%)", lines, epochs.Best);
    }

    public static Plot LearningRate(MemberEpochs epochs, Inks inks) =>
        Draw(epochs, inks, "Learning rate", [new("", [.. epochs.Select(epoch => epoch.LearningRate)], inks.Line(0))]);

    public static Plot Gradient(MemberEpochs epochs, Inks inks) =>
        Draw(epochs, inks, "Length of the gradient before clipping", [new("", [.. epochs.Select(epoch => epoch.Embeddings.GradientNorm)], inks.Line(0))]);

    public static Plot Distances(MemberEpochs epochs, Inks inks) => Draw(epochs, inks, "Distances of validation clips",
    [
        new("between words", [.. epochs.Select(epoch => epoch.Embeddings.InterClassDistance ?? double.NaN)], inks.Line(1)),
        new("within words", [.. epochs.Select(epoch => epoch.Embeddings.IntraClassDistance ?? double.NaN)], inks.Line(0)),
    ]);

    /// <summary>Shares of triplets on one another, up to 100 %.</summary>
    public static Plot Triplets(MemberEpochs epochs, Inks inks)
    {
        var chart = Begin(epochs, inks, "Triplets of a batch (%)", 0, 100);
        chart.Ticks(Epochs(epochs), Ticks.Round(0, 100));
        (string Name, Func<TripletShares, double> Share, Color Color)[] kinds =
            [("hard", shares => shares.Hard, inks.Line(1)), ("semi-hard", shares => shares.SemiHard, inks.Line(6)), ("easy", shares => shares.Easy, inks.Line(2))];
        foreach (var member in epochs.Members) Areas(chart, inks, [.. member.Where(epoch => epoch.Embeddings.Triplets is not null)], kinds);
        foreach (var (name, _, color) in kinds) chart.Key(name, color, KeyMark.Box);
        return chart.Plot;
    }

    private static void Areas(Chart chart, Inks inks, List<EpochReport> known, IEnumerable<(string Name, Func<TripletShares, double> Share, Color Color)> kinds)
    {
        double[] bottoms = new double[known.Count];
        foreach (var (_, share, color) in kinds)
        {
            double[] tops = [.. known.Select((epoch, i) => bottoms[i] + 100 * share(epoch.Embeddings.Triplets!))];
            var edges = known.SelectMany((epoch, i) => Sides(known, i).Select(x => (X: x, Low: bottoms[i], High: tops[i]))).ToList();
            var fill = chart.Plot.Add.FillY([.. edges.Select(edge => edge.X)], [.. edges.Select(edge => edge.Low)], [.. edges.Select(edge => edge.High)]);
            (fill.FillColor, fill.LineWidth, fill.MarkerSize) = (Inks.Mix(inks.Paper, color, 0.75), 0, 0);
            bottoms = tops;
        }
    }

    /// <summary>A single epoch is a column, several are an area through their middles.</summary>
    private static double[] Sides(List<EpochReport> known, int i) => known.Count == 1 ? [known[i].Epoch - 0.3, known[i].Epoch + 0.3] : [known[i].Epoch];

    private sealed record Curve(string Name, double[] Values, Color Color, float Width = 2);

    private static Plot Draw(MemberEpochs epochs, Inks inks, string title, IReadOnlyList<Curve> curves, IReadOnlyList<EpochReport>? best = null, bool mayBeLogarithmic = false)
    {
        double[] values = [.. curves.SelectMany(curve => curve.Values).Where(double.IsFinite)], positive = [.. values.Where(value => value > 0)];
        bool logarithmic = mayBeLogarithmic && positive.Length > 0 && values.All(value => value >= 0) && positive.Max() / positive.Min() >= LogarithmicFrom;
        Func<double, double> place = logarithmic ? value => value > 0 ? Math.Log10(value) : double.NaN : value => value;
        var (low, high) = logarithmic
            ? (Math.Log10(Math.Max(positive.Min(), Deepest * positive.Max())), Math.Log10(positive.Max()))
            : (Math.Min(0, values.Append(0).Min()), values.Append(0).Max());
        bool hasBest = best is { Count: > 0 };
        if (hasBest && values.Min() > 40) low = 10 * Math.Floor(values.Min() / 10 - 0.5);
        if (high - low < 1e-12) high = low + 1;
        double room = 0.05 * (high - low);
        var chart = Begin(epochs, inks, title, logarithmic ? low - room : low, hasBest ? Math.Min(104, high + 2 * room) : high + room);
        chart.Ticks(Epochs(epochs), logarithmic ? Ticks.Powers(low - room, high + room) : Ticks.Round(low, hasBest ? Math.Min(100, high + room) : high + room));
        int[] places = Places(epochs);
        double[] xs = [.. places.Select(place => place < 0 ? double.NaN : epochs[place].Epoch)];
        foreach (var curve in curves)
        {
            chart.Curve(xs, [.. places.Select(i => i < 0 ? double.NaN : place(curve.Values[i]))], curve.Color, curve.Width);
            if (curve.Name.Length > 0 && curve.Values.Any(double.IsFinite)) chart.Key(curve.Name, curve.Color);
        }
        if (hasBest)
        {
            foreach (var epoch in best!) chart.Ring(epoch.Epoch, 100 * epoch.ValidationAccuracy!.Value, inks.Text, 6);
            string told = string.Join(" and ", best.Select(epoch => $"{Percent.Format(epoch.ValidationAccuracy!.Value)}, epoch {epoch.Epoch}"));
            chart.Key($"best: {told}", inks.Text, KeyMark.Ring);
        }
        return chart.Plot;
    }

    /// <summary>The numbers of the epochs within the list, with a gap (-1) where a member begins anew.</summary>
    private static int[] Places(MemberEpochs epochs)
    {
        var places = new List<int>();
        int next = 0;
        foreach (var member in epochs.Members)
        {
            if (next > 0) places.Add(-1);
            for (int i = 0; i < member.Count; i++) places.Add(next++);
        }
        return [.. places];
    }

    private static Chart Begin(MemberEpochs epochs, Inks inks, string title, double low, double high)
    {
        var (first, last) = (epochs[0].Epoch, epochs[^1].Epoch);
        double room = first == last ? 0.5 : 0.02 * (last - first);
        string label = epochs.Members.Count > 1 ? "epoch (models one after another)" : "epoch";
        var chart = new Chart(inks) { Title = title, XLabel = label, LeastLabels = 40 }.Limits(first - room, last + room, low, high);
        foreach (double joint in epochs.Joints) chart.Rule(joint, low, joint, high, Inks.Mix(inks.Paper, inks.Text, 0.5), 1);
        return chart;
    }

    private static IReadOnlyList<AxisMark> Epochs(MemberEpochs epochs) => Ticks.Whole(epochs[0].Epoch, epochs[^1].Epoch);

    /// <summary>The weighted value of a part; no number where it has no weight.</summary>
    private static double Part(EpochReport epoch, string name) =>
        epoch.Loss.Parts.FirstOrDefault(part => part.Name == name) is { Weight: > 0 } part ? part.Value : double.NaN;
}
