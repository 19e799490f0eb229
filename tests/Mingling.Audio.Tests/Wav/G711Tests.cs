namespace Mingling.Audio.Tests.Wav;

/// <summary>A-law and mu-law against the value formulas of ITU-T G.711, and against the steps of its segments.</summary>
public class G711Tests
{
    [Fact]
    public void G711_ALaw_codes_have_the_values_of_the_recommendation()
    {
        for (int code = 0; code < 256; code++)
        {
            // 13-bit values: ±(2m + 1) in the first segment, ±(2m + 33)·2^(e−1) in the others; even bits are inverted.
            int bits = code ^ 0b0101_0101;
            double m = bits % 16, e = bits / 16 % 8;
            double value = e == 0 ? 2 * m + 1 : (2 * m + 33) * Math.Pow(2, e - 1);

            G711.ALawValues[code].ShouldBe((float)((bits < 128 ? -value : value) / 4096));
        }
    }

    [Fact]
    public void G711_mu_law_codes_have_the_values_of_the_recommendation()
    {
        for (int code = 0; code < 256; code++)
        {
            // 14-bit values: ±((2m + 33)·2^e − 33); all bits are inverted.
            int bits = 255 - code;
            double m = bits % 16, e = bits / 16 % 8;
            double value = (2 * m + 33) * Math.Pow(2, e) - 33;

            G711.MuLawValues[code].ShouldBe((float)((bits < 128 ? value : -value) / 8192));
        }
    }

    [Fact]
    public void G711_every_16_bit_sample_gets_the_code_whose_interval_it_lies_in()
    {
        const int loudestMuLaw = 32635;
        for (int sample = short.MinValue; sample <= short.MaxValue; sample++)
        {
            byte aLaw = G711.EncodeALaw((short)sample);
            int aLawSegment = ((aLaw ^ 0b0101_0101) >> 4) & 7;
            double aLawStep = 16 * Math.Pow(2, Math.Max(0, aLawSegment - 1));
            Math.Abs(32768.0 * G711.ALawValues[aLaw] - sample).ShouldBeLessThanOrEqualTo(aLawStep / 2);

            byte muLaw = G711.EncodeMuLaw((short)sample);
            double muLawStep = 8 * Math.Pow(2, ((255 - muLaw) >> 4) & 7);
            Math.Abs(32768.0 * G711.MuLawValues[muLaw] - Math.Clamp(sample, -loudestMuLaw, loudestMuLaw)).ShouldBeLessThanOrEqualTo(muLawStep / 2);
        }
    }
}
