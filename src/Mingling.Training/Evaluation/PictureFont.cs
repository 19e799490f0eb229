using System.Globalization;
using ScottPlot;
using SkiaSharp;

namespace Mingling.Training.Evaluation;

/// <summary>
/// The font of all pictures. It is part of the library, because a fresh machine may have no font at all, and covers Latin, Greek,
/// Cyrillic, kana and common Chinese characters; for words in other scripts a font of the system is taken where there is one.
/// </summary>
internal sealed class PictureFont : IFontResolver
{
    private const string Name = "Mingling Sans";
    private static readonly Lock Gate = new();
    private static SKTypeface? _embedded;

    /// <summary>Makes it the font of the plot's title, axes and ticks.</summary>
    /// <returns>The name of the font, for other texts.</returns>
    public static string Use(Plot plot, IEnumerable<string> texts)
    {
        lock (Gate)
        {
            if (_embedded is null)
            {
                using var stream = typeof(PictureFont).Assembly.GetManifestResourceStream("MinglingSans.ttf")!;
                _embedded = SKTypeface.FromStream(stream);
                Fonts.FontResolvers.Insert(0, new PictureFont());
            }
        }
        string family = Family(texts);
        plot.Font.Set(family);
        return family;
    }

    /// <summary>Our font where it has every character, else the system's font for the first one that it lacks.</summary>
    private static string Family(IEnumerable<string> texts)
    {
        foreach (string text in texts)
            for (var elements = StringInfo.GetTextElementEnumerator(text); elements.MoveNext();)
            {
                int character = char.ConvertToUtf32(elements.GetTextElement(), 0);
                if (_embedded!.GetGlyph(character) == 0 && SKFontManager.Default.MatchCharacter(character) is { } other)
                    return other.FamilyName;
            }
        return Name;
    }

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing width) => fontName == Name ? _embedded : null;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? _embedded : null;
}
