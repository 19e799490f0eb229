using Mingling.Training.Encoders.Depthwise;
using Mingling.Training.Encoders.Kernels;
using Mingling.Training.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>
/// BC-ResNet-τ (Kim et al. 2021, "Broadcasted residual learning for efficient keyword spotting"): each block convolves over frequency, averages
/// over it, convolves the average over time and adds the result to every bin. b = 8τ, times the width.
/// <code>
/// layer                                   channels   bins of 40   time dilation
/// conv 5x5 stride (2, 1), BN, ReLU        2b         20
/// 2 blocks                                b          20           1
/// 2 blocks, first with stride (2, 1)      1.5b       10           2
/// 4 blocks, first with stride (2, 1)      2b         5            4
/// 4 blocks                                2.5b       5            8
/// depthwise 5x5, 1x1, BN, ReLU            4b         1
/// mean                                    4b
/// </code>
/// With 12 classes τ = 1, 1.5, 2, 3, 6 and 8 have 9,232, 17,154, 27,284, 54,168, 187,812 and 321,068 trainable values, as in the paper.
/// </summary>
public sealed class BcResNet : Encoder
{
    private const int Stretches = 5;

    // Blocks, channels in multiples of b, stride over frequency and dilation over time.
    private static readonly (int Blocks, double Channels, int Stride, int Dilation)[] Stages = [(2, 1, 1, 1), (2, 1.5, 2, 2), (4, 2, 2, 4), (4, 2.5, 1, 8)];

    private readonly Sequential layers;

    /// <summary>Builds the net with freshly drawn weights.</summary>
    /// <param name="settings">Bins, width and embedding; the bins must give a multiple of 5 in every stage, as 40 and 80 do.</param>
    /// <param name="tau">τ, above 0.</param>
    /// <exception cref="ArgumentException">The bins do not divide into 5 stretches.</exception>
    public BcResNet(EncoderSettings settings, double tau) : base(settings, Channels(settings, tau, 4))
    {
        if (!(tau > 0)) throw new ArgumentOutOfRangeException(nameof(tau), tau, "τ must be above 0.");
        int bins = Halved(settings.Bins), channels = Channels(settings, tau, 2);
        layers = nn.Sequential(
            ("conv", nn.Conv2d(1, channels, (5L, 5L), stride: (2, 1), padding: (2L, 2L), bias: false)),
            ("norm", new ChannelNorm(channels, relu: true)));
        for (int stage = 0; stage < Stages.Length; stage++)
        {
            var (blocks, width, stride, dilation) = Stages[stage];
            for (int block = 0; block < blocks; block++)
            {
                if (block == 0 && stride == 2) bins = Halved(bins);
                if (bins % Stretches != 0)
                    throw new ArgumentException($"{settings.Name} normalises 5 stretches of the frequency axis and takes 40 or 80 feature bins, not {settings.Bins}.", nameof(settings));
                int next = Channels(settings, tau, width);
                layers.append($"block{stage + 1}_{block + 1}", new BroadcastBlock(channels, next, bins, block == 0 ? stride : 1, dilation, transition: block == 0));
                channels = next;
            }
        }
        int last = Channels(settings, tau, 4);
        layers.append("depthwise", new DepthwiseConvolution(channels, (5, 5), padding: (0, 2)));
        layers.append("pointwise", new PointwiseConvolution(channels, last));
        layers.append("norm2", new ChannelNorm(last, relu: true));
        RegisterComponents();
    }

    /// <inheritdoc/>
    protected override Tensor Pool(Tensor features) => features.Through(layers).mean([2, 3]);

    /// <inheritdoc/>
    protected override GraphValue Export(GraphBuilder graph, GraphValue features) =>
        graph.Mean(graph.Layers(layers, features), keepDimensions: false, 2, 3);

    /// <summary>Lets libtorch compute everything, for comparisons, or not.</summary>
    internal void UseLibTorch(bool everywhere)
    {
        foreach (var module in modules())
        {
            if (module is DepthwiseConvolution convolution) convolution.UsesLibTorch = everywhere;
            if (module is PointwiseConvolution pointwise) pointwise.UsesLibTorch = everywhere;
            if (module is ChannelNorm norm) norm.UsesLibTorch = everywhere;
            if (module is BroadcastBlock block) block.UsesLibTorch = everywhere;
        }
    }

    private static int Channels(EncoderSettings settings, double tau, double multiple) => Math.Max(1, (int)(8 * tau * settings.Width * multiple));

    private static int Halved(int bins) => (bins + 1) / 2;

    /// <summary>
    /// a = [1x1 conv, BN, ReLU in a transition] → depthwise 3x1 over frequency → sub-spectral norm; f = mean of a over frequency → depthwise 1x3 over
    /// time → BN → SiLU → 1x1 conv → dropout of channels 0.1; ReLU(f + a [+ x outside a transition]).
    /// </summary>
    private sealed class BroadcastBlock : nn.Module<Tensor, Tensor>, IGraphModule
    {
        private readonly Sequential spectral, temporal;
        private readonly bool _transition;

        /// <summary>Whether libtorch computes the sum, for comparisons.</summary>
        public bool UsesLibTorch { get; set; }

        public BroadcastBlock(int from, int to, int bins, int stride, int dilation, bool transition) : base(nameof(BroadcastBlock))
        {
            _transition = transition;
            spectral = nn.Sequential();
            if (transition)
            {
                spectral.append("pointwise", new PointwiseConvolution(from, to));
                spectral.append("norm", new ChannelNorm(to, relu: true));
            }
            spectral.append("depthwise", new DepthwiseConvolution(to, (3, 1), stride: (stride, 1), padding: (1, 0)));
            spectral.append("subnorm", new SubSpectralNorm(to, Stretches) { Bins = bins });
            temporal = nn.Sequential(
                ("depthwise", new DepthwiseConvolution(to, (1, 3), padding: (0, dilation), dilation: (1, dilation))),
                ("norm", new ChannelNorm(to)),
                ("silu", nn.SiLU()),
                ("pointwise", new PointwiseConvolution(to, to)),
                ("dropout", new SeededDropout(0.1, channels: true)));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            var local = x.Through(spectral);
            var average = local.mean([2], keepdim: true).Through(temporal);
            if (!UsesLibTorch && Planes.Takes(local, average)) return BroadcastSum.Compute(local, average, _transition ? null : x).MoveToOuterDisposeScope();
            var sum = local + average;
            if (!_transition) sum = sum + x;
            return nn.functional.relu(sum).MoveToOuterDisposeScope();
        }

        public GraphValue Export(GraphBuilder graph, GraphValue x)
        {
            var local = graph.Layers(spectral, x);
            var sum = graph.Add(local, graph.Layers(temporal, graph.Mean(local, keepDimensions: true, 2)));
            return graph.Relu(_transition ? sum : graph.Add(sum, x));
        }
    }
}
