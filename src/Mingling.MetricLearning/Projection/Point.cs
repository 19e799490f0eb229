namespace Mingling.MetricLearning.Projection;

/// <summary>A place, or a step, in the plane.</summary>
internal readonly record struct Point(double X, double Y)
{
    internal double SquaredLength => X * X + Y * Y;

    public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y);

    public static Point operator -(Point a, Point b) => new(a.X - b.X, a.Y - b.Y);

    public static Point operator *(double factor, Point a) => new(factor * a.X, factor * a.Y);
}
