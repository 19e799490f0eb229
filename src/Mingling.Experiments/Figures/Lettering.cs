using System.Globalization;
using System.Text;
using ScottPlot;
using SkiaSharp;
using SkiaSharp.HarfBuzz;

namespace Mingling.Experiments.Figures;

/// <summary>
/// The letters of all figures, drawn as outlines so that a file looks the same wherever it is opened. The font is part of the library,
/// because a fresh machine may have none, and covers Latin, Greek, Cyrillic, kana and common Chinese characters; for other characters a
/// font of the system is taken where there is one. Scripts that join or run from right to left are shaped by HarfBuzz. Neither this nor
/// the fonts of ScottPlot may be used by two threads at once: whoever draws holds <see cref="Gate"/>.
/// </summary>
internal static class Lettering
{
    /// <summary>Held while a figure is drawn.</summary>
    public static readonly Lock Gate = new();

    /// <summary>Half the height of a capital, as a share of the font's: so far below a middle line the letters stand.</summary>
    public const float HalfCapital = 0.36f;

    /// <summary>Outlines are drawn at one size and scaled, so that a letter is the same path wherever it stands.</summary>
    private const float Em = 100;

    // The ellipsis of a Chinese font stands in the middle of the line.
    private const string Ellipsis = "...";

    private static readonly SKTypeface Own = Load();
    private static readonly Lazy<SKTypeface[]> Installed = new(OfSystem);
    private static readonly Dictionary<int, SKTypeface> Others = [];
    private static readonly Dictionary<SKTypeface, SKShaper> Shapers = [];

    /// <summary>The width of a text in points.</summary>
    /// <param name="text">The text, a single line.</param>
    /// <param name="size">The height of the font in points.</param>
    public static float Width(string text, float size) => Shape(text, null) * size / Em;

    /// <summary>The text, cut off with an ellipsis where it is wider than there is room.</summary>
    public static string Fit(string text, float size, float room)
    {
        if (Width(text, size) <= room) return text;
        int[] starts = StringInfo.ParseCombiningCharacters(text);
        for (int i = starts.Length - 1; i > 0; i--)
            if (Width(text[..starts[i]] + Ellipsis, size) <= room) return text[..starts[i]] + Ellipsis;
        return Ellipsis;
    }

    /// <summary>Draws a text.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="text">The text, a single line.</param>
    /// <param name="size">The height of the font in points.</param>
    /// <param name="x">The left end.</param>
    /// <param name="y">The line that the letters stand on.</param>
    /// <param name="paint">The colour.</param>
    public static void Draw(SKCanvas canvas, string text, float size, float x, float y, SKPaint paint) => Shape(text, (outline, place) =>
    {
        canvas.Save();
        canvas.Translate(x + place.X * size / Em, y + place.Y * size / Em);
        canvas.Scale(size / Em);
        canvas.DrawPath(outline, paint);
        canvas.Restore();
    });

    /// <summary>Draws the rim of a text, that many points wide on all sides together, so that what lies below does not touch it.</summary>
    public static void DrawRim(SKCanvas canvas, string text, float size, float x, float y, Color color, float width)
    {
        // The outlines are scaled, and their strokes with them.
        using var paint = Layer.Stroke(color, width * Em / size);
        Draw(canvas, text, size, x, y, paint);
    }

    private static float Shape(string text, Action<SKPath, SKPoint>? draw)
    {
        float x = 0;
        foreach (var run in TextRun.Split(text, FontFor))
        {
            using var font = new SKFont(run.Font, Em) { Hinting = SKFontHinting.None, Subpixel = true };
            if (!Shapers.TryGetValue(run.Font, out var shaper)) Shapers[run.Font] = shaper = new SKShaper(run.Font);
            var shaped = shaper.Shape(run.Text, font);
            for (int i = 0; draw is not null && i < shaped.Codepoints.Length; i++)
            {
                using var outline = shaped.Codepoints[i] == 0 ? Missing() : font.GetGlyphPath((ushort)shaped.Codepoints[i]);
                if (outline is { IsEmpty: false }) draw(outline, new SKPoint(x + shaped.Points[i].X, shaped.Points[i].Y));
            }
            x += shaped.Width;
        }
        return x;
    }

    /// <summary>The font for a character: the one before where that has it, ours, else what the system offers.</summary>
    private static SKTypeface FontFor(Rune character, SKTypeface? before)
    {
        if (before is not null && before != Own && before.GetGlyph(character.Value) != 0) return before;
        if (Own.GetGlyph(character.Value) != 0) return Own;
        if (!Others.TryGetValue(character.Value, out var other))
            Others[character.Value] = other = Installed.Value.FirstOrDefault(font => font.GetGlyph(character.Value) != 0) ?? Own;
        return other;
    }

    /// <summary>The fonts of the system, those without serifs first: Skia finds a font for a character only where it is built with fontconfig.</summary>
    private static SKTypeface[] OfSystem() =>
    [
        .. SKFontManager.Default.FontFamilies.Distinct().OrderBy(family => !family.Contains("Sans", StringComparison.OrdinalIgnoreCase))
            .ThenBy(family => family.Length).ThenBy(family => family, StringComparer.Ordinal)
            .Select(family => SKFontManager.Default.MatchFamily(family, SKFontStyle.Normal)).OfType<SKTypeface>(),
    ];

    /// <summary>An empty box for a character that no font has, so that a word without letters does not look like no word.</summary>
    private static SKPath Missing()
    {
        var box = new SKPath { FillType = SKPathFillType.EvenOdd };
        box.AddRect(new SKRect(8, -70, 48, 0));
        box.AddRect(new SKRect(13, -65, 43, -5));
        return box;
    }

    private static SKTypeface Load()
    {
        using var stream = typeof(Lettering).Assembly.GetManifestResourceStream("MinglingSans.ttf")!;
        return SKTypeface.FromStream(stream);
    }
}
