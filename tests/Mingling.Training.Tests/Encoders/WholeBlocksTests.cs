using Mingling.Training.Encoders;
using TorchSharp;
using static TorchSharp.torch;

namespace Mingling.Training.Tests.Encoders;

/// <summary>Single precision goes through oneDNN, double precision does not: the one is the twin of the other.</summary>
[Collection(TorchRandom.Name)]
public class WholeBlocksTests
{
    // The projection of an encoder for streams has two names, of which a conversion reaches one.
    public static TheoryData<string> Encoders => [.. new EncoderCatalog().Names.Where(name => !name.EndsWith("-stream", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Encoders))]
    public void Encoder_in_memory_full_of_what_is_no_number_computes_what_double_precision_does(string name)
    {
        using var scope = NewDisposeScope();
        using var encoder = new EncoderCatalog().Create(new EncoderSettings { Name = name });
        using var twin = new EncoderCatalog().Create(new EncoderSettings { Name = name });
        encoder.eval();
        twin.load_state_dict(encoder.state_dict());
        twin.to(float64);
        twin.eval();
        for (int round = 0; round < 3; round++)
        {
            var (features, wanted) = (randn(7, 1, 40, 104), randn(7, encoder.EmbeddingSize));
            var (embeddings, gradients) = Backward(encoder, features, wanted);
            var (expected, slopes) = Backward(twin, features.to(float64), wanted.to(float64));
            Distance(embeddings, expected).ShouldBeLessThan(1e-4, "embeddings");
            foreach (var (parameter, slope) in slopes) Distance(gradients[parameter], slope).ShouldBeLessThan(0.1, parameter);
        }
    }

    [Theory]
    [InlineData(40, 16, 3)]
    [InlineData(24, 24, 9)]
    [InlineData(48, 48, 3)]
    [InlineData(80, 32, 9)]
    [InlineData(19, 20, 3)]
    [InlineData(1, 20, 5)]
    [InlineData(16, 7, 1)]
    public void Convolution_of_any_channels_is_that_of_double_precision(int from, int to, int kernel)
    {
        using var scope = NewDisposeScope();
        var (x, weight, bias) = (randn(9, from, 33, requires_grad: true), randn(to, from, kernel), randn(to));
        Dirty();
        var y = WholeBlocks.Convolve(x, weight, bias, [2], [kernel / 2], [1]);
        var expected = nn.functional.conv1d(x.to(float64), weight.to(float64), bias.to(float64), stride: 2, padding: kernel / 2);
        Distance(y, expected).ShouldBeLessThan(1e-5);
        Distance(autograd.grad([y.sum()], [x])[0], autograd.grad([expected.sum()], [x])[0]).ShouldBeLessThan(1e-5);
    }

    private static (Tensor Embeddings, Dictionary<string, Tensor> Gradients) Backward(Encoder encoder, Tensor features, Tensor wanted)
    {
        encoder.zero_grad();
        Dirty();
        var embeddings = encoder.call(features);
        (embeddings * wanted).sum().backward();
        return (embeddings, encoder.named_parameters().Where(named => named.parameter.grad is not null).ToDictionary(named => named.name, named => named.parameter.grad!.clone()));
    }

    /// <summary>Leaves NaN in the memory that is handed out next.</summary>
    private static void Dirty()
    {
        foreach (long size in new long[] { 1 << 12, 1 << 15, 1 << 18, 1 << 20 })
        {
            Tensor[] blocks = [.. Enumerable.Range(0, 6).Select(_ => full([size], float.NaN))];
            foreach (var block in blocks) block.Dispose();
        }
    }

    /// <summary>The length of the difference as a share of the length. ReLUs that round to the other side of 0 make some percent of a gradient.</summary>
    private static double Distance(Tensor value, Tensor expected)
    {
        double distance = ((value.to(float64) - expected).norm() / (expected.norm() + 1e-9)).item<double>();
        return double.IsNaN(distance) ? double.PositiveInfinity : distance;
    }
}
