using System.Diagnostics;
using Mingling.MetricLearning;
using static TorchSharp.torch;

namespace Mingling.Benchmarks.Encoders;

/// <summary>
/// Depthwise convolutions as they occur in the encoders, forward and backward, in every formulation: the median over --rounds (9) rounds in which
/// they take turns, and how many times as fast as libtorch's own each is. --threads N (1), --batch N (64).
/// </summary>
internal static class DepthwiseBenchmark
{
    private sealed record Row(string Case, string Form, double ForwardMilliseconds, double BothMilliseconds, double ForwardSpeedUp, double BothSpeedUp, double LargestDifference);

    public static void Run(string[] args)
    {
        int rounds = Options.Number(args, "--rounds", 9), batch = Options.Number(args, "--batch", 64);
        TorchRuntime.Load();
        set_num_threads(Options.Number(args, "--threads", 1));
        DepthwiseCase[] cases =
        [
            new("bc-resnet-1, over frequency", batch, 8, 20, 101, (3, 1)),
            new("bc-resnet-1, last stage", batch, 20, 5, 101, (3, 1)),
            new("bc-resnet-1, over time", batch, 20, 1, 101, (1, 3), 8),
            new("ds-cnn-s", batch, 64, 20, 51, (3, 3)),
            new("matchboxnet, k 15", batch, 64, 1, 101, (1, 15)),
            new("tenet, k 9", batch, 96, 1, 51, (1, 9)),
        ];
        foreach (var form in cases) Compare(form, rounds);
    }

    private static void Compare(DepthwiseCase form, int rounds)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        var x = randn(form.Clips, form.Channels, form.Bins, form.Frames).requires_grad_();
        var weight = randn(form.Channels, 1, form.Kernel.Bins, form.Kernel.Frames).requires_grad_();
        var slope = randn_like(x);
        var forms = DepthwiseForms.Of(form).ToList();
        var expected = forms[0].Compute(x, weight).detach();
        var times = forms.Select(_ => (Forward: new List<double>(), Both: new List<double>())).ToList();
        for (int round = -2; round < rounds; round++)
            for (int i = 0; i < forms.Count; i++)
            {
                var (forward, both) = Once(forms[i].Compute, x, weight, slope);
                if (round >= 0) times[i].Forward.Add(forward);
                if (round >= 0) times[i].Both.Add(both);
            }
        for (int i = 0; i < forms.Count; i++)
        {
            double difference = (forms[i].Compute(x, weight).detach() - expected).abs().max().item<float>();
            JsonLines.Write(new Row(form.Name, forms[i].Name, Math.Round(Median(times[i].Forward), 3), Math.Round(Median(times[i].Both), 3),
                Math.Round(Median(times[0].Forward) / Median(times[i].Forward), 2), Math.Round(Median(times[0].Both) / Median(times[i].Both), 2), difference));
        }
    }

    /// <summary>Milliseconds of a forward pass without gradient, and of forward and backward.</summary>
    private static (double Forward, double Both) Once(Func<Tensor, Tensor, Tensor> compute, Tensor x, Tensor weight, Tensor slope)
    {
        using var scope = NewDisposeScope();
        var clock = Stopwatch.StartNew();
        using (no_grad()) compute(x, weight);
        double forward = clock.Elapsed.TotalMilliseconds;
        clock.Restart();
        compute(x, weight).backward([slope]);
        double both = clock.Elapsed.TotalMilliseconds;
        x.grad = null;
        weight.grad = null;
        return (forward, both);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
