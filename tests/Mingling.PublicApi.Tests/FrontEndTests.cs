using Mingling.Audio;

namespace Mingling.PublicApi.Tests;

public class FrontEndTests
{
    [Fact]
    public void Features_of_a_stream_are_those_of_the_whole_clip()
    {
        float[] samples = new float[16000];
        var random = new Random(1);
        for (int i = 0; i < samples.Length; i++) samples[i] = random.NextSingle() - 0.5f;
        float[] whole = new FeatureExtractor(FeatureSettings.LogMel40).Compute(samples);

        var stream = new FeatureStream(FeatureSettings.LogMel40);
        var frames = new List<float>();
        float[] frame = new float[stream.Bins];
        for (int at = 0; at < samples.Length; at += 333)
        {
            stream.Write(samples.AsSpan(at, Math.Min(333, samples.Length - at)));
            while (stream.TryRead(frame)) frames.AddRange(frame);
        }
        stream.Complete();
        while (stream.TryRead(frame)) frames.AddRange(frame);

        frames.ShouldBe(whole);
        frames.Count.ShouldBe(101 * 40);
    }
}
