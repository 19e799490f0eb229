using Mingling.Training.Encoders;
using static TorchSharp.torch;

namespace Mingling.Training.Tests.Encoders;

[Collection(TorchRandom.Name)]
public class EncoderTests
{
    [Theory]
    [InlineData("tc-resnet8", null, 48)]
    [InlineData("tc-resnet8", 20, 20)]
    [InlineData("resnet2d", null, 64)]
    [InlineData("resnet2d", 2, 2)]
    public void Encoder_embeds_any_number_of_frames_into_the_chosen_size(string name, int? size, int expected)
    {
        using var encoder = new EncoderCatalog().Create(new EncoderSettings { Name = name, EmbeddingSize = size });
        foreach (int frames in new[] { 8, 101, 150 })
        {
            using var features = randn(3, 1, 40, frames);
            using var embeddings = encoder.call(features);
            embeddings.shape.ShouldBe([3, expected]);
        }
        encoder.EmbeddingSize.ShouldBe(expected);
    }

    [Fact]
    public void Encoder_normalized_gives_unit_length()
    {
        using var encoder = new EncoderCatalog().Create(new EncoderSettings { Name = "tc-resnet8", Normalize = true });
        using var scope = NewDisposeScope();
        var lengths = encoder.call(randn(5, 1, 40, 101)).norm(1);
        for (int i = 0; i < 5; i++) lengths[i].item<float>().ShouldBe(1f, 1e-5f);
    }

    [Fact]
    public void Encoder_with_mean_subtraction_does_not_hear_the_color_of_the_microphone()
    {
        using var encoder = new EncoderCatalog().Create(new EncoderSettings { Name = "resnet2d", SubtractMean = true, DynamicRangeDb = null });
        encoder.eval();
        using var scope = NewDisposeScope();
        var features = randn(2, 1, 40, 101);
        var colored = features + randn(1, 1, 40, 1);
        encoder.call(colored).allclose(encoder.call(features), 1e-3, 1e-4).ShouldBeTrue();
    }

    [Fact]
    public void Encoder_with_a_dynamic_range_does_not_hear_digital_silence()
    {
        using var encoder = new EncoderCatalog().Create(new EncoderSettings { Name = "tc-resnet8", DynamicRangeDb = 30, SubtractMean = false });
        encoder.eval();
        using var scope = NewDisposeScope();
        var features = 3 * randn(2, 1, 40, 101);
        var loudest = features.amax([2, 3], keepdim: true);
        var embedding = encoder.call(features);

        // 30 dB are 6.9 in the natural logarithm of power: what lies lower may lie as low as it likes.
        var silenced = where(features < loudest - 6.91f, -40f * ones_like(features), features);
        silenced.Equals(features).ShouldBeFalse();
        encoder.call(silenced).allclose(embedding, 1e-2, 1e-3).ShouldBeTrue();
        encoder.call(where(features < loudest - 6f, -40f * ones_like(features), features)).allclose(embedding, 1e-3, 1e-4).ShouldBeFalse();
    }

    [Fact]
    public void Encoder_features_of_another_shape_are_refused_in_words()
    {
        using var encoder = new EncoderCatalog().Create(new EncoderSettings { Name = "tc-resnet8" });
        using var features = randn(2, 1, 64, 101);
        Should.Throw<ArgumentException>(() => encoder.call(features)).Message.ShouldStartWith("tc-resnet8 takes features [batch, 1, 40, frames], not [2, 1, 64, 101].");
    }

    [Fact]
    public void Encoder_every_weight_receives_a_gradient()
    {
        foreach (string name in new EncoderCatalog().Names)
        {
            using var encoder = new EncoderCatalog().Create(new EncoderSettings { Name = name, EmbeddingSize = 16, Width = 0.5 });
            using var scope = NewDisposeScope();
            encoder.call(randn(4, 1, 40, 50)).square().sum().backward();
            foreach (var (parameter, value) in encoder.named_parameters())
                value.grad!.abs().sum().item<float>().ShouldBeGreaterThan(0, $"{name}: {parameter}");
        }
    }

    [Fact]
    public void Encoder_call_leaves_nothing_but_its_result()
    {
        using var encoder = new EncoderCatalog().Create(new EncoderSettings { Name = "resnet2d" });
        using var features = randn(2, 1, 40, 101);
        LiveTensors.ShouldNotGrowWith(() => encoder.call(features).Dispose());
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    public void Encoder_width_out_of_range_is_refused(double width) =>
        Should.Throw<ArgumentException>(() => new EncoderCatalog().Create(new EncoderSettings { Name = "tc-resnet8", Width = width })).Message.ShouldContain("width");

    [Fact]
    public void Catalog_unknown_name_lists_the_known_ones() =>
        Should.Throw<ArgumentException>(() => new EncoderCatalog().Create(new EncoderSettings { Name = "resnet" }))
            .Message.ShouldStartWith("there is no encoder 'resnet'; there are bc-resnet-1, bc-resnet-1.5, ");
}
