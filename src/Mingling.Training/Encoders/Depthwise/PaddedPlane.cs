namespace Mingling.Training.Encoders.Depthwise;

/// <summary>
/// A plane with zeros around it and to the right of each row, so that a kernel needs no look at the edges and vectors may run over the end
/// of a row. What lies outside the plane stays 0 from one plane to the next.
/// </summary>
/// <param name="height">Rows with the zeros.</param>
/// <param name="width">Columns with the zeros.</param>
internal sealed class PaddedPlane(int height, int width)
{
    /// <summary>The most columns by which a vector may run over the end of a row.</summary>
    public const int Slack = 32;

    private readonly float[] _values = new float[height * (width + Slack) + Slack];

    /// <summary>From one row to the next.</summary>
    public int Pitch { get; } = width + Slack;

    /// <summary>All values.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Copies a plane in.</summary>
    /// <param name="plane">[rows, columns].</param>
    /// <param name="columns">Columns of the plane.</param>
    /// <param name="y">Where its first row lies.</param>
    /// <param name="x">Where its first column lies.</param>
    /// <param name="strideY">From one of its rows to the next; between them are zeros.</param>
    /// <param name="strideX">From one of its columns to the next; between them are zeros.</param>
    public void Fill(ReadOnlySpan<float> plane, int columns, int y, int x, int strideY = 1, int strideX = 1)
    {
        for (int row = 0; row * columns < plane.Length; row++)
        {
            var from = plane.Slice(row * columns, columns);
            var to = _values.AsSpan((y + row * strideY) * Pitch + x);
            if (strideX == 1) from.CopyTo(to);
            else for (int i = 0; i < columns; i++) to[i * strideX] = from[i];
        }
    }
}
