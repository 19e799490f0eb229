using Mingling.Serving.Sound;
using Mingling.Serving.Tests.Support;

namespace Mingling.Serving.Tests.Sound;

public class PcmDecoderTests
{
    [Theory]
    [InlineData(1, new byte[] { 0x80, 0xFF, 0x7F }, new[] { -1f, -1 / 128f, 127 / 128f })]
    [InlineData(2, new byte[] { 0x00, 0x80, 0xFF, 0xFF, 0xFF, 0x7F }, new[] { -1f, -1 / 32768f, 32767 / 32768f })]
    [InlineData(3, new byte[] { 0x00, 0x00, 0x80, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x40 }, new[] { -1f, -1 / 8388608f, 0.5f })]
    [InlineData(4, new byte[] { 0x00, 0x00, 0x00, 0x80, 0x00, 0x00, 0x00, 0xC0, 0x00, 0x00, 0x00, 0x40 }, new[] { -1f, -0.5f, 0.5f })]
    public void Integers_of_all_widths_are_scaled_to_one(int width, byte[] bytes, float[] expected)
    {
        float[] samples = new float[3];
        PcmDecoder.Decode(new PcmFormat(16_000, width, 1), bytes, samples).ShouldBe(3);
        samples.ShouldBe(expected);
    }

    [Fact]
    public void Channels_become_their_mean_and_half_a_frame_is_left_out()
    {
        byte[] bytes = [0x00, 0x40, 0x00, 0x20, 0x00, 0xC0, 0x00, 0x40, 0x01];
        float[] samples = [9, 9, 9];
        PcmDecoder.Decode(new PcmFormat(16_000, 2, 2), bytes, samples).ShouldBe(2);
        samples.ShouldBe([0.375f, 0, 9]);
        Should.Throw<ArgumentException>(() => PcmDecoder.Decode(new PcmFormat(16_000, 2, 0), bytes, samples)).Message.ShouldContain("0 channels");
    }

    [Theory]
    [InlineData(16_000, 2)]
    [InlineData(44_100, 3)]
    public void What_a_client_encodes_is_what_is_decoded(int rate, int width)
    {
        float[] sound = Tones.Say("l", rate);
        float[] samples = new float[sound.Length];
        PcmDecoder.Decode(new PcmFormat(rate, width, 3), Tones.Pcm(sound, width, 3), samples).ShouldBe(sound.Length);
        samples.Zip(sound).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) <= 1f / (1 << ((8 * width) - 1)));
    }
}
