using Mingling.Training.Encoders;
using static TorchSharp.torch;

namespace Mingling.Training.Tests.Encoders;

[Collection(TorchRandom.Name)]
public class StreamingEncoderTests
{
    [Theory]
    [InlineData("tc-resnet8-stream", true)]
    [InlineData("tc-resnet8-stream", false)]
    [InlineData("tc-resnet14-stream", true)]
    [InlineData("resnet2d-stream", true)]
    public void EmbedSteps_hears_nothing_of_what_is_still_to_come(string name, bool subtractMean)
    {
        using var encoder = Make(name, subtractMean);
        using var scope = NewDisposeScope();
        var past = randn(1, 1, 40, 160);
        var expected = encoder.EmbedSteps(past, 101);
        var actual = encoder.EmbedSteps(cat([past, 5 * randn(1, 1, 40, 88)], 3), 101);
        actual.shape.ShouldBe([31, encoder.EmbeddingSize]);
        actual[..20].allclose(expected, 1e-5, 1e-6).ShouldBeTrue();
        actual[20].allclose(expected[19], 1e-2, 1e-3).ShouldBeFalse();
    }

    [Fact]
    public void EmbedSteps_after_a_clip_gives_what_the_clip_gives()
    {
        using var encoder = Make("tc-resnet8-stream", subtractMean: true);
        using var scope = NewDisposeScope();
        foreach (int frames in new[] { 96, 98, 101 })
        {
            var clip = randn(1, 1, 40, frames);
            var steps = encoder.EmbedSteps(clip, frames);
            steps[-1].allclose(encoder.call(clip)[0], 1e-5, 1e-6).ShouldBeTrue($"{frames} frames");
        }
    }

    [Fact]
    public void Pooled_frames_are_those_at_the_end_of_the_window()
    {
        using var whole = Make("resnet2d-stream", subtractMean: true);
        using var pooled = Make("resnet2d-stream", subtractMean: true, pooledFrames: 38);
        using var scope = NewDisposeScope();
        var features = randn(2, 1, 40, 160);
        // Five steps, whatever the length of a clip, unless it is shorter.
        var expected = whole.EmbedSteps(features[..1], 40);
        pooled.EmbedSteps(features[..1], 101).allclose(expected, 1e-5, 1e-6).ShouldBeTrue();
        pooled.EmbedSteps(features[..1], 24).allclose(whole.EmbedSteps(features[..1], 24), 1e-5, 1e-6).ShouldBeTrue();
        pooled.call(features[..1]).allclose(expected[-1], 1e-5, 1e-6).ShouldBeTrue();
        (pooled.PooledFrames(101), pooled.PooledFrames(24), whole.PooledFrames(101)).ShouldBe((40, 24, 101));

        var windows = pooled.EmbedWindows(features, 101);
        windows.shape[0].ShouldBe(2 * pooled.WindowsOf(160, 101));
        windows[..8].allclose(expected[12..], 1e-5, 1e-6).ShouldBeTrue();
    }

    /// <summary>What lies further back than the layers and the running mean reach has no weight at all: streams do not drift.</summary>
    [Fact]
    public void EmbedSteps_forgets_what_lies_beyond_its_reach()
    {
        using var encoder = Make("tc-resnet8-stream", subtractMean: true);
        using var scope = NewDisposeScope();
        // 171 frames for a column, 12 steps before the last of them, 15 more steps for the mean of the first frame.
        int reach = 171 + (12 + 15) * 8, known = (reach + 7) / 8 * 8;
        var recent = randn(1, 1, 40, known);
        var alone = encoder.EmbedSteps(cat([zeros(1, 1, 40, 160), recent], 3), 101);
        var loud = encoder.EmbedSteps(cat([50 * randn(1, 1, 40, 160), recent], 3), 101);
        loud[-1].allclose(alone[-1], 1e-5, 1e-6).ShouldBeTrue();
        loud[20].allclose(alone[20], 1e-2, 1e-3).ShouldBeFalse();
    }

    [Fact]
    public void EmbedSteps_with_a_running_mean_does_not_hear_the_color_of_the_microphone()
    {
        using var scope = NewDisposeScope();
        var features = randn(1, 1, 40, 240);
        var colored = features + randn(1, 1, 40, 1);
        using var deaf = Make("tc-resnet8-stream", subtractMean: true);
        deaf.EmbedSteps(colored, 101).allclose(deaf.EmbedSteps(features, 101), 1e-3, 1e-4).ShouldBeTrue();
        using var hearing = Make("tc-resnet8-stream", subtractMean: false);
        hearing.EmbedSteps(colored, 101).allclose(hearing.EmbedSteps(features, 101), 1e-3, 1e-4).ShouldBeFalse();
    }

    [Fact]
    public void StreamingEncoder_with_what_needs_a_whole_clip_is_refused_in_words()
    {
        Should.Throw<ArgumentException>(() => new EncoderCatalog().Create(new EncoderSettings { Name = "tc-resnet8-stream", DynamicRangeDb = 30 }))
            .Message.ShouldStartWith("tc-resnet8-stream listens to streams, where no frame is known to be the loudest; set dynamic-range-db to none or take another encoder.");
        Should.Throw<ArgumentException>(() => new EncoderCatalog().Create(new EncoderSettings { Name = "tc-resnet8-stream", DynamicFilter = true }))
            .Message.ShouldStartWith("tc-resnet8-stream listens to streams, and the dynamic filter looks at whole clips; leave the filter out or take another encoder.");
    }

    private static StreamingEncoder Make(string name, bool subtractMean, int? pooledFrames = null)
    {
        random.manual_seed(2);
        var encoder = (StreamingEncoder)new EncoderCatalog().Create(new EncoderSettings { Name = name, SubtractMean = subtractMean, PooledFrames = pooledFrames });
        encoder.eval();
        return encoder;
    }
}
