using Mingling.Training.Encoders.Depthwise;
using TorchSharp;
using static TorchSharp.torch;

namespace Mingling.Training.Tests.Encoders;

[Collection(TorchRandom.Name)]
public class DepthwiseConvolutionTests
{
    /// <summary>Kernel, stride, padding, dilation over bins and frames, and the plane.</summary>
    [Theory]
    [InlineData(3, 1, 1, 1, 1, 0, 1, 1, 20, 101)]
    [InlineData(3, 1, 2, 1, 1, 0, 1, 1, 20, 101)]
    [InlineData(3, 1, 1, 1, 0, 0, 1, 1, 7, 33)]
    [InlineData(3, 1, 1, 1, 3, 0, 2, 1, 9, 12)]
    [InlineData(3, 1, 2, 1, 1, 0, 2, 1, 9, 5)]
    [InlineData(5, 1, 1, 1, 2, 0, 1, 1, 2, 40)]
    [InlineData(3, 1, 3, 1, 0, 0, 1, 1, 11, 16)]
    [InlineData(1, 3, 1, 1, 0, 8, 1, 8, 1, 101)]
    [InlineData(5, 5, 1, 1, 0, 2, 1, 1, 5, 33)]
    [InlineData(3, 3, 2, 2, 1, 1, 1, 1, 10, 25)]
    [InlineData(3, 3, 2, 3, 1, 0, 2, 2, 11, 40)]
    [InlineData(3, 3, 1, 1, 1, 1, 1, 1, 1, 1)]
    [InlineData(2, 4, 1, 2, 1, 3, 1, 1, 3, 5)]
    [InlineData(1, 9, 1, 2, 0, 4, 1, 1, 1, 51)]
    [InlineData(1, 29, 1, 1, 0, 28, 1, 2, 1, 64)]
    public void Convolution_and_its_gradients_are_those_of_lib_torch(
        int bins, int frames, int strideY, int strideX, int padY, int padX, int dilationY, int dilationX, int height, int width)
    {
        random.manual_seed(height + width);
        using var scope = NewDisposeScope();
        using var own = new DepthwiseConvolution(6, (bins, frames), (strideY, strideX), (padY, padX), (dilationY, dilationX));
        var x = randn(3, 6, height, width).requires_grad_();

        var actual = own.call(x);
        var slope = randn_like(actual);
        actual.backward([slope]);
        var (ofInput, ofWeight) = (x.grad!.clone(), own.Plain.weight!.grad!.clone());
        _ = x.grad.zero_();
        own.zero_grad();
        own.UsesLibTorch = true;
        var expected = own.call(x);
        expected.backward([slope]);

        ShouldBeClose(actual, expected);
        ShouldBeClose(ofInput, x.grad);
        ShouldBeClose(ofWeight, own.Plain.weight.grad!);
    }

    [Fact]
    public void Convolution_over_time_alone_is_that_of_lib_torch()
    {
        random.manual_seed(2);
        using var scope = NewDisposeScope();
        using var own = new DepthwiseConvolution(5, 15, stride: 2, padding: 7);
        var x = randn(4, 5, 50).requires_grad_();
        var actual = own.call(x);
        actual.square().sum().backward();
        var ofWeight = own.Plain.weight!.grad!.clone();
        own.zero_grad();
        own.UsesLibTorch = true;
        var expected = own.call(x);
        expected.square().sum().backward();
        ShouldBeClose(actual, expected);
        ShouldBeClose(ofWeight, own.Plain.weight.grad!);
    }

    [Fact]
    public void Convolution_of_planes_that_lie_apart_is_the_same()
    {
        random.manual_seed(3);
        using var scope = NewDisposeScope();
        using var own = new DepthwiseConvolution(4, (3, 3), padding: (1, 1));
        var x = randn(2, 9, 30, 4).permute(0, 3, 1, 2);
        ShouldBeClose(own.call(x), own.call(x.contiguous()));
    }

    [Fact]
    public void Convolution_on_several_threads_gives_the_same_bits()
    {
        random.manual_seed(4);
        using var scope = NewDisposeScope();
        using var own = new DepthwiseConvolution(7, (3, 3), padding: (1, 1));
        var x = randn(5, 7, 12, 40).requires_grad_();
        int threads = get_num_threads();
        var results = new List<Tensor[]>();
        try
        {
            foreach (int count in new[] { 1, 3 })
            {
                set_num_threads(count);
                if (x.grad is not null) x.grad = null;
                own.zero_grad();
                var y = own.call(x);
                y.square().sum().backward();
                results.Add([y.detach(), x.grad!.clone(), own.Plain.weight!.grad!.clone()]);
            }
        }
        finally
        {
            set_num_threads(threads);
        }
        foreach (var (one, three) in results[0].Zip(results[1])) one.Equals(three).ShouldBeTrue();
    }

    [Fact]
    public void Convolution_of_doubles_is_left_to_lib_torch()
    {
        using var scope = NewDisposeScope();
        using var own = new DepthwiseConvolution(3, (3, 3), padding: (1, 1));
        own.to(float64);
        own.call(randn(2, 3, 5, 5, dtype: float64)).dtype.ShouldBe(ScalarType.Float64);
    }

    [Fact]
    public void Convolution_training_leaves_nothing_behind()
    {
        using var own = new DepthwiseConvolution(3, (3, 3), padding: (1, 1));
        using var x = randn(2, 3, 20, 20);
        LiveTensors.ShouldNotGrowWith(() =>
        {
            using var scope = NewDisposeScope();
            own.call(x).square().sum().backward();
        });
    }

    [Theory]
    [InlineData(3, 4, 10, "takes [batch, 3, …], not [2, 4, 10, 10]")]
    [InlineData(3, 3, 2, "does not fit into [2, 3, 2, 2]")]
    public void Convolution_of_another_shape_is_refused_in_words(int channels, int given, int size, string message)
    {
        using var own = new DepthwiseConvolution(channels, (3, 3));
        using var x = randn(2, given, size, size);
        Should.Throw<ArgumentException>(() => own.call(x)).Message.ShouldContain(message);
    }

    [Fact]
    public void Convolution_with_more_padding_than_kernel_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new DepthwiseConvolution(3, 3, padding: 3)).ParamName.ShouldBe("padding");

    private static void ShouldBeClose(Tensor actual, Tensor expected)
    {
        actual.shape.ShouldBe(expected.shape);
        float scale = Math.Max(1, expected.abs().max().item<float>());
        (actual - expected).abs().max().item<float>().ShouldBeLessThan(1e-5f * scale);
    }
}
