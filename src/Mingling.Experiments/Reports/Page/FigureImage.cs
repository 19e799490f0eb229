using System.Text;
using Mingling.Experiments.Figures;

namespace Mingling.Experiments.Reports.Page;

/// <summary>A figure in the page, in the colours of the light and of the dark one.</summary>
internal static class FigureImage
{
    private const double Wide = 1.3;

    public static Html Write(Figure figure) => Html.Format($"""
        <figure class="figure{(figure.Width > Wide * figure.Height ? " wide" : "")}"><figcaption>{figure.Title}</figcaption>
        <div class="scroll">{Image(figure, Theme.Light)}{Image(figure, Theme.Dark)}</div></figure>

        """);

    private static Html Image(Figure figure, Theme theme) => Html.Format($"""
        <img class="on-{(theme == Theme.Light ? "light" : "dark")}" width="{figure.Width}" height="{figure.Height}" loading="lazy" decoding="async" alt="{figure.Alternative}" src="data:image/svg+xml;base64,{Svg(figure, theme)}">
        """);

    private static string Svg(Figure figure, Theme theme) => Convert.ToBase64String(Encoding.UTF8.GetBytes(figure.Svg(theme)));
}
