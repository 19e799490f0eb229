namespace Mingling.Audio.Tests.Resampling;

/// <summary>The resampler against values of torchaudio.</summary>
public class ResamplerGoldenTests
{
    private const float Tolerance = 2e-6f;

    [Fact]
    public void Resampler_golden_cases_equal_torchaudio()
    {
        GoldenCase[] cases = [.. GoldenFiles.Cases("signal", "orig_freq", "new_freq", "lowpass_filter_width", "rolloff", "samples")];

        cases.Length.ShouldBeGreaterThan(0);
        foreach (var golden in cases)
        {
            var resampler = new Resampler(
                golden.Integer("orig_freq"), golden.Integer("new_freq"), golden.Integer("lowpass_filter_width"), golden.Number("rolloff"));
            float[] expected = golden.Numbers("samples");

            float[] actual = resampler.Process(golden.Signal.Samples);

            actual.Length.ShouldBe(expected.Length, golden.ToString());
            for (int i = 0; i < expected.Length; i++)
                actual[i].ShouldBe(expected[i], Tolerance, $"{golden}, sample {i}");
        }
    }
}
