using SkiaSharp;

namespace Mingling.Experiments.Figures;

/// <summary>The shape of a point; words whose colours are equal differ in it.</summary>
internal enum Stamp
{
    Disc,
    Triangle,
    Square,
    Diamond,
    Cross,
}

/// <summary>Outlines of <see cref="Stamp"/>s.</summary>
internal static class Stamps
{
    private const float Third = 1 / 3f;

    public static Stamp ByIndex(int i) => (Stamp)(i % 5);

    /// <summary>Draws a point of radius <paramref name="radius"/>; all have about the same area.</summary>
    public static void Draw(SKCanvas canvas, Stamp stamp, SKPoint place, float radius, params ReadOnlySpan<SKPaint> paints)
    {
        using var path = Path(stamp, radius);
        canvas.Save();
        canvas.Translate(place.X, place.Y);
        foreach (var paint in paints) canvas.DrawPath(path, paint);
        canvas.Restore();
    }

    private static SKPath Path(Stamp stamp, float r)
    {
        var path = new SKPath();
        switch (stamp)
        {
            case Stamp.Triangle:
                path.AddPoly([new(0, -1.25f * r), new(1.15f * r, 0.75f * r), new(-1.15f * r, 0.75f * r)]);
                break;
            case Stamp.Square:
                path.AddRect(new SKRect(-0.88f * r, -0.88f * r, 0.88f * r, 0.88f * r));
                break;
            case Stamp.Diamond:
                path.AddPoly([new(0, -1.3f * r), new(1.1f * r, 0), new(0, 1.3f * r), new(-1.1f * r, 0)]);
                break;
            case Stamp.Cross:
                float a = 1.2f * r, b = a * Third;
                path.AddPoly([new(-b, -a), new(b, -a), new(b, -b), new(a, -b), new(a, b), new(b, b),
                    new(b, a), new(-b, a), new(-b, b), new(-a, b), new(-a, -b), new(-b, -b)]);
                break;
            default:
                path.AddCircle(0, 0, r);
                break;
        }
        return path;
    }
}
