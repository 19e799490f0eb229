using CsCheck;
using Mingling.Tests.Shared;

namespace Mingling.Audio.Tests.Resampling;

public class ResamplerTests
{
    private static readonly (int From, int To)[] RatePairs =
        [(44100, 16000), (16000, 44100), (15000, 16000), (17600, 16000), (8000, 8000), (48000, 1000), (1000, 48000), (3, 2)];

    [Theory]
    [InlineData(44100, 16000, 6, 0.99)]
    [InlineData(15000, 16000, 6, 0.99)]
    [InlineData(17600, 16000, 6, 0.99)]
    [InlineData(8000, 16000, 16, 0.9)]
    [InlineData(48000, 8000, 1, 1.0)]
    [InlineData(3, 7, 2, 0.5)]
    public void Resampler_any_rates_equal_the_formula_in_double_precision(int from, int to, int width, double rolloff)
    {
        float[] samples = Signals.Noise(500, seed: 1);

        float[] actual = new Resampler(from, to, width, rolloff).Process(samples);

        double[] expected = Interpolate(samples, from, to, width, rolloff);
        actual.Length.ShouldBe(expected.Length);
        for (int i = 0; i < actual.Length; i++)
            ((double)actual[i]).ShouldBe(expected[i], 3e-5, $"sample {i}");
    }

    [Fact]
    public void Resampler_equal_rates_pass_samples_through()
    {
        float[] samples = Signals.Noise(1000, seed: 2);

        new Resampler(22050, 22050).Process(samples).ShouldBe(samples);
    }

    [Fact]
    public void Resampler_common_factor_of_the_rates_does_not_matter()
    {
        float[] samples = Signals.Noise(1000, seed: 3);

        new Resampler(44100, 16000).Process(samples).ShouldBe(new Resampler(441, 160).Process(samples));
    }

    [Fact]
    public void Resampler_tone_below_both_limits_keeps_its_frequency_and_strength()
    {
        float[] actual = new Resampler(44100, 16000).Process(Signals.Sine(1000, 44100, 44100));

        float[] expected = Signals.Sine(1000, 16000, 16000);
        for (int i = 100; i < actual.Length - 100; i++)
            actual[i].ShouldBe(expected[i], 2e-3f);
    }

    [Fact]
    public void Resampler_tone_above_the_new_limit_is_taken_away()
    {
        float[] actual = new Resampler(48000, 16000, filterWidth: 32).Process(Signals.Sine(10_000, 48000, 48000));

        Signals.Power(actual.AsSpan(200..^200)).ShouldBeLessThan(1e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Resampler_tiniest_clips_have_the_length_of_the_formula(int length)
    {
        new Resampler(44100, 16000).Process(new float[length]).Length.ShouldBe((int)Math.Ceiling(length * 160 / 441.0));
        new Resampler(8000, 48000).Process(new float[length]).Length.ShouldBe(6 * length);
    }

    [Fact]
    public void Resampler_absurd_rates_are_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Resampler(2_147_483_647, 2_147_483_629)).Message.ShouldContain("coefficients");

    [Theory]
    [InlineData(0, 16000, 6, 0.99)]
    [InlineData(16000, -1, 6, 0.99)]
    [InlineData(16000, 8000, 0, 0.99)]
    [InlineData(16000, 8000, 6, 0)]
    [InlineData(16000, 8000, 6, 1.1)]
    [InlineData(16000, 8000, 6, double.NaN)]
    public void Resampler_parameters_out_of_range_are_refused(int from, int to, int width, double rolloff) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Resampler(from, to, width, rolloff));

    [Fact]
    public void Resampler_result_longer_than_an_array_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Resampler(8000, 48000).OutputLength(2_000_000_000)).Message.ShouldContain("12000000000");

    [Fact]
    public void Resampler_short_destination_is_refused() =>
        Should.Throw<ArgumentException>(() => new Resampler(8000, 16000).Process(new float[10], new float[19])).Message.ShouldContain("takes 20");

    [Fact]
    public void Resampler_clip_at_the_wanted_rate_is_the_same_clip()
    {
        var clip = new AudioClip([1, 2, 3], 16000);

        Resampler.Resample(clip, 16000).ShouldBeSameAs(clip);
    }

    [Fact]
    public void ResamplerStream_however_cut_equals_the_whole_clip_bit_for_bit() =>
        Gen.Select(
            Gen.Int[0, RatePairs.Length - 1].Select(pair => RatePairs[pair]),
            Gen.Float[-1, 1].Array[0, 600],
            Gen.Int[0, 90].Array[1, 20],
            Gen.Int[1, 70])
        .Sample((rates, samples, cuts, readLength) =>
        {
            var resampler = new Resampler(rates.From, rates.To);

            float[] actual = Stream(resampler.CreateStream(), samples, cuts, readLength);

            actual.AsSpan().SequenceEqual(resampler.Process(samples)).ShouldBeTrue();
        });

    [Fact]
    public void ResamplerStream_steady_state_allocates_nothing()
    {
        var stream = new Resampler(44100, 16000).CreateStream();
        float[] piece = Signals.Noise(441, seed: 4);
        float[] output = new float[200];
        void Pass()
        {
            stream.Write(piece);
            while (stream.Read(output) > 0)
            {
            }
        }

        Allocations.Least(() =>
        {
            for (int i = 0; i < 1000; i++) Pass();
        }).ShouldBe(0);
    }

    [Fact]
    public void ResamplerStream_gives_samples_as_soon_as_their_input_is_there()
    {
        var stream = new Resampler(44100, 16000).CreateStream();

        stream.Write(new float[44100]);

        // All but those within 6/0.99 periods of 16 kHz of the end.
        stream.Available.ShouldBe(16000 - 6);
    }

    [Fact]
    public void ResamplerStream_write_after_completion_is_refused()
    {
        var stream = new Resampler(3, 2).CreateStream();
        stream.Complete();

        Should.Throw<InvalidOperationException>(() => stream.Write([1]));
        stream.Read(new float[1]).ShouldBe(0);
    }

    private static float[] Stream(ResamplerStream stream, float[] samples, int[] cuts, int readLength)
    {
        var output = new List<float>();
        float[] buffer = new float[readLength];
        int written = 0;
        for (int piece = 0; written < samples.Length && piece < 10_000; piece++)
        {
            int length = Math.Min(Math.Max(cuts[piece % cuts.Length], piece / 5000), samples.Length - written);
            stream.Write(samples.AsSpan(written, length));
            written += length;
            // Sometimes reading lags behind.
            if (piece % 3 != 2)
                output.AddRange(buffer[..stream.Read(buffer)]);
        }
        stream.Complete();
        for (int read; (read = stream.Read(buffer)) > 0;)
            output.AddRange(buffer[..read]);
        return [.. output];
    }

    /// <summary>The naive twin: every output sample as a sum over the whole clip.</summary>
    private static double[] Interpolate(float[] samples, int from, int to, int width, double rolloff)
    {
        double bandwidth = Math.Min(from, to) * rolloff;
        double[] output = new double[(int)Math.Ceiling((double)samples.Length * to / from)];
        for (int j = 0; j < output.Length; j++)
        {
            for (int k = 0; k < samples.Length; k++)
            {
                double t = bandwidth * ((double)k / from - (double)j / to);
                if (Math.Abs(t) >= width)
                    continue;
                double sinc = Math.Abs(t) < 1e-12 ? 1 : Math.Sin(Math.PI * t) / (Math.PI * t);
                output[j] += samples[k] * bandwidth / from * sinc * Math.Pow(Math.Cos(Math.PI * t / 2 / width), 2);
            }
        }
        return output;
    }
}
