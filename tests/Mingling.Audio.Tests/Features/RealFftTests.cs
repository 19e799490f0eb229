using Mingling.Tests.Shared;

namespace Mingling.Audio.Tests;

public class RealFftTests
{
    public static TheoryData<int> Sizes => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16, 25, 30, 31, 49, 64, 97, 100, 121, 127, 240, 256, 257, 320, 394, 400, 401, 441, 480, 512, 600, 1000, 1024, 2048];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void RealFft_of_any_size_equals_the_naive_transform(int size)
    {
        float[] signal = Noise(size, seed: size);
        foreach (bool vectorized in (bool[])[false, true])
        {
            var fft = new RealFft(size, vectorized);
            float[] real = new float[fft.Bins], imaginary = new float[fft.Bins];
            fft.Transform(signal, real, imaginary);
            double tolerance = 4e-7 * Math.Sqrt(size) * Math.Max(1, Math.Log2(size));
            for (int k = 0; k < fft.Bins; k++)
            {
                (double re, double im) = Naive(signal, k);
                ((double)real[k]).ShouldBe(re, tolerance, $"real part {k}");
                ((double)imaginary[k]).ShouldBe(im, tolerance, $"imaginary part {k}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void RealFft_of_several_signals_equals_each_alone_bit_for_bit(int size)
    {
        const int count = 21;
        float[] signals = Noise(count * size, seed: 1);
        var wide = new RealFft(size);
        var single = new RealFft(size, vectorized: false);
        float[] real = new float[count * wide.Bins], imaginary = new float[count * wide.Bins];
        wide.Transform(signals, real, imaginary);
        for (int s = 0; s < count; s++)
        {
            float[] re = new float[single.Bins], im = new float[single.Bins];
            single.Transform(signals.AsSpan(s * size, size), re, im);
            re.ShouldBe(real.AsSpan(s * wide.Bins, wide.Bins).ToArray());
            im.ShouldBe(imaginary.AsSpan(s * wide.Bins, wide.Bins).ToArray());
        }
    }

    [Fact]
    public void RealFft_allocates_nothing_when_it_transforms()
    {
        foreach (int size in (int[])[512, 400, 401])
        {
            var fft = new RealFft(size);
            float[] signals = Noise(9 * size, seed: 2), real = new float[9 * fft.Bins], imaginary = new float[9 * fft.Bins];
            Allocations.Least(() => fft.Transform(signals, real, imaginary)).ShouldBe(0);
        }
    }

    [Fact]
    public void RealFft_with_wrong_sizes_says_what_fits()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new RealFft(0));
        var fft = new RealFft(8);
        Should.Throw<ArgumentException>(() => fft.Transform(new float[9], new float[5], new float[5])).Message.ShouldContain("9 samples");
        Should.Throw<ArgumentException>(() => fft.Transform(new float[8], new float[4], new float[5])).Message.ShouldContain("5 places, not 4");
        Should.Throw<ArgumentException>(() => fft.Transform(new float[8], new float[5], new float[6])).Message.ShouldContain("5 places, not 6");
    }

    private static (double Real, double Imaginary) Naive(float[] signal, int k)
    {
        double real = 0, imaginary = 0;
        for (int n = 0; n < signal.Length; n++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * ((long)k * n % signal.Length) / signal.Length);
            real += signal[n] * cos;
            imaginary -= signal[n] * sin;
        }

        return (real, imaginary);
    }

    private static float[] Noise(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
    }
}
