using Mingling.Training.Encoders;
using Mingling.Training.Encoders.Kernels;
using static TorchSharp.torch;

namespace Mingling.Training.Tests.Encoders;

/// <summary>What BC-ResNet computes by itself is what libtorch computes.</summary>
[Collection(TorchRandom.Name)]
public class BcResNetKernelTests
{
    [Theory]
    [InlineData(4, 3, 5, 101, false)]
    [InlineData(4, 3, 5, 101, true)]
    [InlineData(1, 2, 1, 7, false)]
    [InlineData(1, 2, 1, 7, true)]
    [InlineData(2, 1, 1, 1, false)]
    public void Norm_its_gradients_and_statistics_are_those_of_lib_torch(int clips, int channels, int bins, int frames, bool relu)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(6);
        var (given, slope) = (3 * randn(clips, channels, bins, frames) + 5, randn(clips, channels, bins, frames));
        var results = new List<Tensor[]>();
        foreach (bool plain in new[] { false, true })
        {
            using var norm = new ChannelNorm(channels, relu) { UsesLibTorch = plain };
            using (no_grad()) norm.Plain.weight!.copy_(arange(1, channels + 1).to(float32));
            var x = given.detach().clone().requires_grad_();
            for (int step = 0; step < 2; step++)
            {
                x.grad = null;
                norm.zero_grad();
                var y = norm.call(x);
                y.backward([slope]);
                if (step == 1)
                    results.Add([y, x.grad!, norm.Plain.weight!.grad!.clone(), norm.Plain.bias!.grad!.clone(), norm.Plain.running_mean!.clone(), norm.Plain.running_var!.clone(),
                        norm.Plain.num_batches_tracked!.to(float32)]);
            }
        }
        foreach (var (actual, expected) in results[0].Zip(results[1])) ShouldBeClose(actual, expected);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sum_and_its_gradients_are_those_of_lib_torch(bool skipped)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(7);
        var (a, f, x, slope) = (randn(3, 4, 5, 21).requires_grad_(), randn(3, 4, 1, 21).requires_grad_(), randn(3, 4, 5, 21).requires_grad_(), randn(3, 4, 5, 21));
        // Each is used once more, so that gradients are added to each other.
        BroadcastSum.Compute(a, f, skipped ? x : null).backward([slope], retain_graph: true);
        (a.square().sum() + x.square().sum()).backward();
        Tensor[] actual = [.. new[] { a, f, x }.Where(v => v.grad is not null).Select(v => v.grad!.clone())];
        foreach (var variable in new[] { a, f, x }) variable.grad = null;
        nn.functional.relu(skipped ? a + f + x : a + f).backward([slope]);
        (a.square().sum() + x.square().sum()).backward();
        foreach (var (one, other) in actual.Zip(new[] { a, f, x }.Where(v => v.grad is not null).Select(v => v.grad!))) ShouldBeClose(one, other);
        ShouldBeClose(BroadcastSum.Compute(a, f, skipped ? x : null), nn.functional.relu(skipped ? a + f + x : a + f));
    }

    [Fact]
    public void Encoder_learns_from_the_gradients_that_lib_torch_computes()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(8);
        using var encoder = (BcResNet)new EncoderCatalog().Create(new EncoderSettings { Name = "bc-resnet-1" });
        foreach (var dropout in encoder.modules().OfType<SeededDropout>()) dropout.eval();
        var features = randn(4, 1, 40, 33);
        var results = new List<(Tensor Output, Tensor[] Gradients)>();
        foreach (bool everywhere in new[] { false, true })
        {
            encoder.UseLibTorch(everywhere);
            encoder.zero_grad();
            var output = encoder.call(features);
            output.square().sum().backward();
            results.Add((output.detach(), [.. encoder.parameters().Select(p => p.grad!.clone())]));
        }
        ShouldBeClose(results[0].Output, results[1].Output, 1e-4f);
        foreach (var (own, libtorch) in results[0].Gradients.Zip(results[1].Gradients)) ShouldBeClose(own, libtorch, 1e-3f);
    }

    private static void ShouldBeClose(Tensor actual, Tensor expected, float tolerance = 1e-5f)
    {
        actual.shape.ShouldBe(expected.shape);
        (actual - expected).abs().max().item<float>().ShouldBeLessThan(tolerance * Math.Max(1, expected.abs().max().item<float>()));
    }
}
