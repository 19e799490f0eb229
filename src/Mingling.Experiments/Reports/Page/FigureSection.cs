using Mingling.Experiments.Figures;

namespace Mingling.Experiments.Reports.Page;

/// <summary>A section of figures alone.</summary>
internal static class FigureSection
{
    public static Html Write(string id, string title, IReadOnlyList<Figure> figures) => figures.Count == 0 ? Html.Empty : Html.Format($"""
        <section id="{id}" aria-labelledby="{id}-h"><h3 id="{id}-h">{title}</h3>
        <div class="figures">{figures.Select(FigureImage.Write)}</div></section>

        """);
}
