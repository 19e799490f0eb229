using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Mingling.Training.Reports.Figures;

/// <summary>Makes Skia's SVG small and fit for pages: every outline stands once, numbers are rounded, title and alternative are added.</summary>
internal static partial class SvgText
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Outlines shorter than this cost less than a reference to them.</summary>
    private const int ShortestShared = 24;

    public static string Of(Stream drawn, Figure figure, Theme theme)
    {
        var root = XDocument.Load(drawn).Root!;
        string own = Identifier(figure, theme);
        foreach (var attribute in root.DescendantsAndSelf().Attributes().ToList()) Shorten(attribute, own);
        var shared = Share(root, own);
        Group(root);
        root.SetAttributeValue("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {figure.Width} {figure.Height}"));
        root.SetAttributeValue("role", "img");
        root.AddFirst(
            new XElement(Svg + "title", Legal(figure.Title)),
            new XElement(Svg + "desc", Legal(figure.Alternative)),
            new XElement(Svg + "defs", shared));
        return root.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private static void Shorten(XAttribute attribute, string own)
    {
        if (attribute.IsNamespaceDeclaration) return;
        attribute.Value = attribute.Name.LocalName switch
        {
            "d" => Number().Replace(attribute.Value, match => Round(match.Value, 1)),
            "transform" => Number().Replace(attribute.Value, match => Round(match.Value, 3)),
            "id" => own + attribute.Value,
            "clip-path" => attribute.Value.Replace("url(#", "url(#" + own, StringComparison.Ordinal),
            _ when Number().Match(attribute.Value) is { Success: true } match && match.Length == attribute.Value.Length => Round(match.Value, 2),
            _ => attribute.Value,
        };
    }

    /// <summary>Replaces outlines that stand more than once by references, and returns them.</summary>
    private static List<XElement> Share(XElement root, string own)
    {
        var shared = new List<XElement>();
        foreach (var equal in root.Descendants(Svg + "path").GroupBy(path => (string)path.Attribute("d")!).ToList())
        {
            if (equal.Count() == 1 || equal.Key.Length < ShortestShared) continue;
            string id = $"{own}p{shared.Count}";
            shared.Add(new XElement(Svg + "path", new XAttribute("id", id), new XAttribute("d", equal.Key)));
            foreach (var path in equal)
                path.ReplaceWith(new XElement(Svg + "use", new XAttribute("href", "#" + id), path.Attributes().Where(attribute => attribute.Name != "d")));
        }
        return shared;
    }

    /// <summary>Says what neighbours have in common, such as the colour of the letters of a word, once for all of them.</summary>
    private static void Group(XElement root)
    {
        foreach (var parent in root.DescendantsAndSelf().Where(element => element.Elements().Skip(1).Any()).ToList())
        {
            var run = new List<XElement>();
            foreach (var child in parent.Elements().ToList())
            {
                if (run.Count > 0 && (child.HasElements || Style(child) != Style(run[0]))) Close(run);
                if (!child.HasElements && child.Name.LocalName is "use" or "path" && Style(child).Length > 0) run.Add(child);
            }
            Close(run);
        }
    }

    private static void Close(List<XElement> run)
    {
        if (run.Count > 1)
        {
            var group = new XElement(Svg + "g", run[0].Attributes().Where(IsStyle));
            run[0].AddBeforeSelf(group);
            foreach (var element in run)
            {
                element.Remove();
                element.Attributes().Where(IsStyle).Remove();
                group.Add(element);
            }
        }
        run.Clear();
    }

    private static string Style(XElement element) => string.Join(';', element.Attributes().Where(IsStyle).Select(attribute => attribute.ToString()));

    private static bool IsStyle(XAttribute attribute) =>
        attribute.Name.LocalName.StartsWith("fill", StringComparison.Ordinal) || attribute.Name.LocalName.StartsWith("stroke", StringComparison.Ordinal);

    private static string Round(string number, int digits) =>
        Math.Round(double.Parse(number, CultureInfo.InvariantCulture), digits).ToString("0.###", CultureInfo.InvariantCulture);

    private static string Legal(string text)
    {
        var legal = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value)) legal.Append(rune.ToString());
        return legal.ToString();
    }

    /// <summary>A short name that differs between figures and themes (FNV-1a).</summary>
    private static string Identifier(Figure figure, Theme theme)
    {
        uint hash = 2166136261;
        foreach (char c in $"{figure.Name} {theme}") hash = (hash ^ c) * 16777619;
        return $"f{hash:x8}"[..6];
    }

    [GeneratedRegex(@"-?\d+(?:\.\d+)?(?:e-?\d+)?")]
    private static partial Regex Number();
}
