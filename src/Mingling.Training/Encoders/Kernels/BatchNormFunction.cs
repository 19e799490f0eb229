using static TorchSharp.torch;

namespace Mingling.Training.Encoders.Kernels;

/// <summary>What a batch norm finds out about its batch, for its running statistics and its gradient.</summary>
internal sealed record BatchStatistics(BatchNormKernel Kernel, double Epsilon, bool Relu)
{
    public double[] Means { get; } = new double[Kernel.Channels];

    public double[] Variances { get; } = new double[Kernel.Channels];

    /// <summary>Factor and summand of each channel, as they were applied.</summary>
    public Gate[] Applied { get; } = new Gate[Kernel.Channels];

    public double Deviation(int channel) => Math.Sqrt(Variances[channel] + Epsilon);
}

/// <summary>
/// A batch norm in training, [B, C, …] with weight and bias [C], with or without a ReLU behind it, and its gradient. libtorch sums the statistics value after value on a CPU and takes several
/// times as long (docs/encoders.md).
/// </summary>
internal sealed class BatchNormFunction : autograd.SingleTensorFunction<BatchNormFunction>
{
    private const string StatisticsKey = "statistics";

    public override string Name => nameof(BatchNormFunction);

    /// <summary>Normalises a contiguous batch, inside a dispose scope.</summary>
    public static Tensor Normalize(Tensor x, Tensor weight, Tensor bias, BatchStatistics statistics) => apply(x, weight, bias, statistics);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, weight, bias, statistics) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (BatchStatistics)vars[3]);
        ctx.save_for_backward([x, weight]);
        ctx.save_data(StatisticsKey, statistics);
        var y = empty(x.shape);
        Planes.Split(statistics.Kernel.Channels, (first, last) =>
        {
            ReadOnlySpan<float> from = Planes.Values(x), scales = Planes.Values(weight), shifts = Planes.Values(bias);
            var to = Planes.Values(y);
            for (int channel = first; channel < last; channel++)
            {
                var (mean, variance) = (statistics.Means[channel], statistics.Variances[channel]) = statistics.Kernel.Statistics(from, channel);
                double scale = scales[channel] / Math.Sqrt(variance + statistics.Epsilon);
                var applied = statistics.Applied[channel] = new Gate((float)scale, (float)(shifts[channel] - mean * scale));
                statistics.Kernel.Apply(from, to, channel, applied.Scale, applied.Shift, statistics.Relu ? 0 : float.NegativeInfinity);
            }
        });
        return y;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var saved = ctx.get_saved_variables();
        var statistics = (BatchStatistics)ctx.get_data(StatisticsKey);
        var (x, weight, gradient) = (saved[0], saved[1], grad_output.contiguous());
        var (ofInput, ofWeight, ofBias) = (empty(x.shape), empty(weight.shape), empty(weight.shape));
        double count = (double)statistics.Kernel.Clips * statistics.Kernel.Row;
        Planes.Split(statistics.Kernel.Channels, (first, last) =>
        {
            ReadOnlySpan<float> from = Planes.Values(x), slopes = Planes.Values(gradient), scales = Planes.Values(weight);
            Span<float> toInput = Planes.Values(ofInput), toWeight = Planes.Values(ofWeight), toBias = Planes.Values(ofBias);
            for (int channel = first; channel < last; channel++)
            {
                double mean = statistics.Means[channel], deviation = statistics.Deviation(channel), scale = scales[channel] / deviation;
                var gate = statistics.Relu ? statistics.Applied[channel] : Gate.Open;
                var (sum, product) = statistics.Kernel.Products(from, slopes, channel, (float)mean, gate);
                toWeight[channel] = (float)(product / deviation);
                toBias[channel] = (float)sum;
                // γ/σ · (g − Σg/n − (x − μ) · Σg(x − μ)/(n σ²))
                double ofX = -scale * product / (count * deviation * deviation);
                statistics.Kernel.Apply(from, slopes, toInput, channel, (float)ofX, (float)scale, (float)(-scale * sum / count - ofX * mean), gate);
            }
        });
        return [ofInput.MoveToOuterDisposeScope(), ofWeight.MoveToOuterDisposeScope(), ofBias.MoveToOuterDisposeScope(), null!];
    }
}
