using Mingling.Training.Encoders;
using Mingling.Training.Models;

namespace Mingling.Training.Tests.Encoders;

[Collection(TorchRandom.Name)]
public class EncoderSizeTests
{
    /// <summary>Trainable values with a classifier of 12 classes, as the papers count them: some have a bias in the classifier.</summary>
    [Theory]
    [InlineData("tc-resnet8", 1.0, 40, false, 65_168)]
    [InlineData("tc-resnet8", 1.5, 40, false, 144_264)]
    [InlineData("tc-resnet14", 1.0, 40, false, 135_856)]
    [InlineData("tc-resnet14", 1.5, 40, false, 303_000)]
    [InlineData("tc-resnet8-stream", 1.0, 40, false, 65_168)]
    [InlineData("tc-resnet14-stream", 1.0, 40, false, 135_856)]
    [InlineData("resnet2d", 1.0, 40, false, 136_272 + 12 * 64)]
    [InlineData("resnet2d-s", 1.0, 40, false, 17_848 + 12 * 48)]
    [InlineData("resnet2d-l", 1.0, 40, false, 177_936 + 12 * 64)]
    [InlineData("bc-resnet-1", 1.0, 40, true, 9_232)]
    [InlineData("bc-resnet-1.5", 1.0, 40, true, 17_154)]
    [InlineData("bc-resnet-2", 1.0, 40, true, 27_284)]
    [InlineData("bc-resnet-3", 1.0, 40, true, 54_168)]
    [InlineData("bc-resnet-6", 1.0, 40, true, 187_812)]
    [InlineData("bc-resnet-8", 1.0, 40, true, 321_068)]
    [InlineData("ds-cnn-s", 1.0, 10, true, 23_180)]
    [InlineData("ds-cnn-m", 1.0, 10, true, 136_580)]
    [InlineData("ds-cnn-l", 1.0, 10, true, 413_736)]
    [InlineData("matchboxnet-3x1x64", 1.0, 64, true, 74_892)]
    [InlineData("matchboxnet-3x2x64", 1.0, 64, true, 90_444)]
    [InlineData("res8", 1.0, 40, true, 110_307)]
    [InlineData("res8-narrow", 1.0, 40, true, 19_905)]
    [InlineData("res15", 1.0, 40, true, 237_882)]
    [InlineData("res15-narrow", 1.0, 40, true, 42_648)]
    [InlineData("tenet6", 1.0, 40, true, 50_828)]
    [InlineData("tenet12", 1.0, 40, true, 94_220)]
    public void Encoder_with_twelve_classes_has_the_parameters_of_its_paper(string name, double width, int bins, bool bias, long expected)
    {
        const int Classes = 12;
        using var encoder = new EncoderCatalog().Create(new EncoderSettings { Name = name, Width = width, Bins = bins });
        using var head = new ClassHead(encoder.EmbeddingSize, Classes, 0.5);

        (encoder.ParameterCount + head.parameters().Sum(p => p.numel()) + (bias ? Classes : 0)).ShouldBe(expected);
    }

    [Fact]
    public void BcResNet_of_bins_that_do_not_divide_says_which_do() =>
        Should.Throw<ArgumentException>(() => new EncoderCatalog().Create(new EncoderSettings { Name = "bc-resnet-1", Bins = 64 }))
            .Message.ShouldStartWith("bc-resnet-1 normalises 5 stretches of the frequency axis and takes 40 or 80 feature bins, not 64.");
}
