using System.Globalization;
using System.Text;
using Mingling.Experiments.Evaluation;
using Mingling.Experiments.Figures;

namespace Mingling.Experiments.Reports.Page;

/// <summary>
/// A picture of embeddings as SVG: one path for each word, so that thousands of points cost little. A word has a colour and a shape of
/// its own, so that nobody needs the colours to tell words apart.
/// </summary>
internal sealed class MapDrawing
{
    private const int Width = 1000, LeastHeight = 560, GreatestHeight = 900;

    /// <summary>Without a common divisor with the eight colours of the figures, so that all combinations come up.</summary>
    private const int Shapes = 5;

    private const int Margin = 40, LabelGap = 24;
    private const double Ring = 11, Above = 0.2;

    private static readonly int Colors = Inks.For(Theme.Light).Series.Count;

    private readonly EmbeddingMap _map;
    private readonly int _height;

    public MapDrawing(EmbeddingMap map)
    {
        _map = map;
        double left = map.Points.Min(p => p.X), right = map.Points.Max(p => p.X), bottom = map.Points.Min(p => p.Y), top = map.Points.Max(p => p.Y);
        double wide = Scale(Width, right - left);
        _height = (int)Math.Clamp(wide * (top - bottom) + 2 * Margin, LeastHeight, GreatestHeight);
        double scale = Math.Min(wide, Scale(_height, top - bottom));
        Places = [.. map.Points.Select(p => (
            Math.Round(Width / 2.0 + scale * (p.X - (left + right) / 2), 1),
            Math.Round(_height / 2.0 - scale * (p.Y - (bottom + top) / 2), 1)))];
    }

    /// <summary>Where each point lies in the picture, from its upper left corner.</summary>
    public IReadOnlyList<(double X, double Y)> Places { get; }

    /// <summary>The picture.</summary>
    /// <param name="words">The words, in the order of the classes.</param>
    /// <param name="alternative">What it shows.</param>
    public Html Draw(IReadOnlyList<string> words, string alternative) => Html.Format($"""
        <svg role="img" aria-label="{alternative}" viewBox="0 0 {Width} {_height}">
        {words.Select((_, word) => Html.Format($"<path class=\"w c{word % Colors}\" data-word=\"{word}\" d=\"{Path(word)}\"/>\n"))}
        {Rings("outlier", point => point.IsOutlier && !point.IsSuspect, 1)}
        {Rings("suspect", point => point.IsSuspect, 2)}
        <g aria-hidden="true">{words.Select(Label)}</g>
        </svg>
        """);

    /// <summary>The colours of the words for the style sheet: those of the figures.</summary>
    public static Html Coloring() => Html.Join(Inks.For(Theme.Light).Series.Zip(Inks.For(Theme.Dark).Series)
        .Select((pair, i) => Html.Format($".c{i} {{ --colour: light-dark({pair.First.ToHex()}, {pair.Second.ToHex()}); }}\n")));

    /// <summary>The sign of a word, for the legend.</summary>
    public static Html Sign(int word) => Html.Format($"""
        <svg class="sign" aria-hidden="true" viewBox="-8 -8 16 16"><path class="w c{word % Colors}" d="{Mark(word, 0, 0)}"/></svg>
        """);

    private static double Scale(double room, double extent) => (room - 2 * Margin) / (extent > 0 ? extent : 1);

    private string Path(int word)
    {
        var path = new StringBuilder();
        for (int i = 0; i < Places.Count; i++)
            if (_map.Points[i].Class == word) path.Append(Mark(word, Places[i].X, Places[i].Y));
        return path.ToString();
    }

    private static string Mark(int word, double x, double y) => (word % Shapes) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"M{x - 5:0.#} {y:0.#}a5 5 0 1 0 10 0a5 5 0 1 0-10 0z"),
        1 => string.Create(CultureInfo.InvariantCulture, $"M{x - 4.5:0.#} {y - 4.5:0.#}h9v9h-9z"),
        2 => string.Create(CultureInfo.InvariantCulture, $"M{x:0.#} {y - 6:0.#}l5.5 10h-11z"),
        3 => string.Create(CultureInfo.InvariantCulture, $"M{x:0.#} {y - 6.5:0.#}l6 6.5l-6 6.5l-6-6.5z"),
        _ => string.Create(CultureInfo.InvariantCulture, $"M{x:0.#} {y + 6:0.#}l5.5-10h-11z"),
    };

    /// <summary>One ring around a point, or two.</summary>
    private Html Rings(string kind, Func<MapPoint, bool> chosen, int rings)
    {
        var circles = from pair in _map.Points.Zip(Places)
                      where chosen(pair.First)
                      from ring in Enumerable.Range(0, rings)
                      select Html.Format($"<circle class=\"{kind}\" data-ring=\"{pair.First.Class}\" cx=\"{pair.Second.X}\" cy=\"{pair.Second.Y}\" r=\"{Ring + 4 * ring}\"/>");
        return Html.Join(circles);
    }

    private Html Label(string word, int i)
    {
        var own = Places.Where((_, k) => _map.Points[k].Class == i).ToList();
        if (own.Count == 0) return Html.Empty;
        // Above the word's clips, but for a few that lie elsewhere.
        double x = Quantile(own.Select(place => place.X), 0.5), y = Quantile(own.Select(place => place.Y), Above) - LabelGap;
        return Html.Format($"<text class=\"label\" data-label=\"{i}\" x=\"{x:0.#}\" y=\"{y:0.#}\">{word}</text>");
    }

    private static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)(share * (sorted.Length - 1))];
    }
}
