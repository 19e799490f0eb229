using System.Globalization;
using System.Xml.Linq;

namespace Mingling.Experiments.Figures;

/// <summary>An outline in an SVG file, or a reference to one, with its place.</summary>
/// <param name="Element">The element.</param>
/// <param name="Kind">What it has in common with others of its kind: colours, and how it is scaled and turned.</param>
/// <param name="Matrix">a b c d e f of its transformation.</param>
internal sealed record SvgMark(XElement Element, string Kind, double[] Matrix)
{
    /// <summary>Whether an element is one.</summary>
    public static bool Is(XElement element) => element.Name.LocalName is "use" or "path" && !element.HasElements;

    public static SvgMark Read(XElement element)
    {
        string transform = (string?)element.Attribute("transform") ?? "";
        double[] numbers = [.. SvgText.Number().Matches(transform).Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture))];
        double[] matrix = numbers.Length switch { 6 => numbers, 2 when transform.StartsWith('t') => [1, 0, 0, 1, .. numbers], _ => [1, 0, 0, 1, 0, 0] };
        // A path cannot be moved but by a transformation of its own, which is part of its kind then.
        string place = element.Name.LocalName == "use" ? string.Join(' ', matrix[..4]) : transform.Length > 0 ? "path" + transform : "1 0 0 1";
        return new SvgMark(element, $"{place};{string.Join(';', Common(element))}", matrix);
    }

    /// <summary>Puts marks of one kind that follow one another into a group, and forgets them.</summary>
    public static void Join(List<SvgMark> marks)
    {
        if (marks.Count == 0) return;
        var (first, m) = (marks[0].Element, marks[0].Matrix);
        bool scaled = first.Name.LocalName == "use" && !m.AsSpan(0, 4).SequenceEqual([1, 0, 0, 1]);
        if (marks.Count > 1)
        {
            var group = new XElement(first.Name.Namespace + "g", Common(first));
            if (scaled) group.SetAttributeValue("transform", $"matrix({string.Join(' ', m.Select((value, i) => SvgText.Round(value, i < 4 ? 4 : 2)))})");
            first.AddBeforeSelf(group);
            foreach (var mark in marks)
            {
                mark.Element.Remove();
                Common(mark.Element).Remove();
                mark.Move(scaled ? m : [1, 0, 0, 1, 0, 0]);
                group.Add(mark.Element);
            }
        }
        else if (!scaled)
        {
            marks[0].Move([1, 0, 0, 1, 0, 0]);
        }
        marks.Clear();
    }

    private static IEnumerable<XAttribute> Common(XElement element) =>
        element.Attributes().Where(attribute => attribute.Name.LocalName is not ("href" or "d" or "transform"));

    /// <summary>Gives the place of a reference by x and y instead of a transformation, as seen in the group's own coordinates.</summary>
    private void Move(double[] group)
    {
        if (Element.Name.LocalName != "use") return;
        var (dx, dy, determinant) = (Matrix[4] - group[4], Matrix[5] - group[5], group[0] * group[3] - group[1] * group[2]);
        string x = SvgText.Round((group[3] * dx - group[2] * dy) / determinant, 1), y = SvgText.Round((group[0] * dy - group[1] * dx) / determinant, 1);
        Element.SetAttributeValue("transform", null);
        if (x != "0") Element.SetAttributeValue("x", x);
        if (y != "0") Element.SetAttributeValue("y", y);
    }
}
