using CsCheck;

namespace Mingling.Audio.Tests;

public class TranspositionTests
{
    [Fact]
    public void Rows_of_any_size_and_stride_become_columns_and_nothing_else_is_written() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 40], Gen.Int[1, 50], Gen.Int[0, 5]).Sample((rows, columns, stride, gap) =>
        {
            float[] source = [.. Enumerable.Range(0, (Math.Max(0, rows - 1) * stride) + columns).Select(i => (float)i)];
            int width = rows + gap;
            float[] destination = new float[(columns * width) + 1];
            Array.Fill(destination, -1);
            Transposition.Apply(source, stride, rows, columns, destination, width);
            for (int i = 0; i < destination.Length; i++)
            {
                bool isWritten = width > 0 && i < columns * width && i % width < rows;
                destination[i].ShouldBe(isWritten ? source[(i % width * stride) + (i / width)] : -1);
            }
        }, iter: 500);

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Should.Throw<IndexOutOfRangeException>(() => Transposition.Apply(new float[63], 8, 8, 8, new float[64], 8));
        Should.Throw<IndexOutOfRangeException>(() => Transposition.Apply(new float[64], 8, 8, 8, new float[63], 8));
    }
}
