using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Mingling.Experiments.Figures;

/// <summary>Makes Skia's SVG small and fit for pages: every outline stands once, numbers are rounded, title and alternative are added.</summary>
internal static partial class SvgText
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Outlines shorter than this cost less than a reference to them.</summary>
    private const int ShortestShared = 24;

    public static string Write(Stream drawn, Figure figure, Theme theme)
    {
        var root = XDocument.Load(drawn).Root!;
        string own = Identifier(figure, theme);
        foreach (var attribute in root.DescendantsAndSelf().Attributes().ToList()) Shorten(attribute);
        // Skia clears with a rectangle that it gives no colour.
        root.Elements().First().SetAttributeValue("fill", Inks.For(theme).Paper.ToHex());
        Clip(root, own);
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

    private static void Shorten(XAttribute attribute)
    {
        if (attribute.IsNamespaceDeclaration) return;
        attribute.Value = attribute.Name.LocalName switch
        {
            "d" => Number().Replace(attribute.Value, match => Round(match.Value, 1)),
            "transform" => Number().Replace(attribute.Value, match => Round(match.Value, 4)),
            _ when Number().Match(attribute.Value) is { Success: true } match && match.Length == attribute.Value.Length => Round(match.Value, 2),
            _ => attribute.Value,
        };
    }

    /// <summary>Keeps one of equal clips, joins neighbours that are clipped alike, and gives clips names of this file's own: Skia counts on and on.</summary>
    private static void Clip(XElement root, string own)
    {
        var names = new Dictionary<string, string>();
        foreach (var clip in root.Descendants(Svg + "clipPath").ToList())
        {
            string old = $"url(#{clip.Attribute("id")!.Value})", shape = string.Concat(clip.Elements());
            bool isNew = names.TryAdd(shape, $"{own}c{names.Count}");
            names[old] = names[shape];
            if (isNew) clip.SetAttributeValue("id", names[shape]);
            else clip.Remove();
        }
        XElement? before = null;
        foreach (var group in root.Descendants(Svg + "g").Where(group => group.Attribute("clip-path") is not null).ToList())
        {
            group.SetAttributeValue("clip-path", $"url(#{names[group.Attribute("clip-path")!.Value]})");
            if (before is not null && group.PreviousNode == before && before.Attributes().Select(Text).SequenceEqual(group.Attributes().Select(Text)))
            {
                before.Add(group.Elements());
                group.Remove();
            }
            else
            {
                before = group;
            }
        }

        static string Text(XAttribute attribute) => attribute.ToString();
    }

    /// <summary>Replaces outlines that stand more than once by references, and returns them.</summary>
    private static List<XElement> Share(XElement root, string own)
    {
        var shared = new List<XElement>();
        foreach (var equal in root.Descendants(Svg + "path").GroupBy(path => (string)path.Attribute("d")!).ToList())
        {
            if (equal.Count() == 1 || equal.Key.Length < ShortestShared) continue;
            string id = $"{own}{shared.Count}";
            shared.Add(new XElement(Svg + "path", new XAttribute("id", id), new XAttribute("d", equal.Key)));
            foreach (var path in equal)
                path.ReplaceWith(new XElement(Svg + "use", new XAttribute("href", "#" + id), path.Attributes().Where(attribute => attribute.Name != "d")));
        }
        return shared;
    }

    /// <summary>Says what neighbours have in common, such as the colour and size of the letters of a word, once for all of them.</summary>
    private static void Group(XElement root)
    {
        foreach (var parent in root.DescendantsAndSelf().Where(element => element.Elements().Any(SvgMark.Is)).ToList())
        {
            var run = new List<SvgMark>();
            foreach (var child in parent.Elements().ToList())
            {
                var mark = SvgMark.Is(child) ? SvgMark.Read(child) : null;
                if (run.Count > 0 && mark?.Kind != run[0].Kind) SvgMark.Join(run);
                if (mark is not null) run.Add(mark);
            }
            SvgMark.Join(run);
        }
    }

    internal static string Round(string number, int digits) => Round(double.Parse(number, CultureInfo.InvariantCulture), digits);

    internal static string Round(double number, int digits) =>
        (Math.Round(number, digits) + 0.0).ToString("0.####", CultureInfo.InvariantCulture);

    private static string Legal(string text)
    {
        var legal = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value)) legal.Append(rune.ToString());
        return legal.ToString();
    }

    /// <summary>A short name that differs between figures and themes (FNV-1a, in base 36).</summary>
    private static string Identifier(Figure figure, Theme theme)
    {
        uint hash = 2166136261;
        foreach (char c in $"{figure.Name} {theme}") hash = (hash ^ c) * 16777619;
        var name = new StringBuilder("f");
        for (; name.Length < 5; hash /= 36) name.Append("0123456789abcdefghijklmnopqrstuvwxyz"[(int)(hash % 36)]);
        return name.ToString();
    }

    [GeneratedRegex(@"-?\d+(?:\.\d+)?(?:e-?\d+)?")]
    internal static partial Regex Number();
}
