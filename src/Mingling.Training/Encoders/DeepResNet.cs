using Mingling.Training.Graphs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>
/// res8 and res15 (Tang and Lin 2018, "Deep residual learning for small-footprint keyword spotting"): dense 3x3 convolutions without strides, ReLU before the
/// sum, and batch norms without scale and shift behind it.
/// <code>
///               res8          res15                 channels (times the width)
/// conv 3x3      1             1                     45; narrow: 19
/// mean of       3 x 4         -                     bins x frames
/// blocks        3             6                     2 convolutions 3x3 each
/// further conv  -             1
/// dilation      1             2^⌊i/3⌋, i = 0 … 12   of the i-th 3x3 behind the first
/// mean          45            45
/// </code>
/// With 12 classes: res8 110,307, narrow 19,905; res15 237,882, narrow 42,648 trainable values, as in the paper.
/// </summary>
public sealed class DeepResNet : Encoder
{
    private readonly Conv2d first;
    private readonly AvgPool2d? pool;
    private readonly ModuleList<nn.Module<Tensor, Tensor>> convs = new(), norms = new();

    /// <summary>Builds the net with freshly drawn weights.</summary>
    /// <param name="settings">Bins, width and embedding.</param>
    /// <param name="layers">The 3x3 convolutions behind the first: 6 for res8, 13 for res15.</param>
    /// <param name="channels">Channels of all convolutions: 45, or 19 for the narrow nets.</param>
    /// <param name="dilated">Whether the dilation doubles with every third convolution and nothing is pooled, as in res15.</param>
    public DeepResNet(EncoderSettings settings, int layers, int channels, bool dilated) : base(settings, Widened(settings, channels))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        int width = Widened(settings, channels);
        first = nn.Conv2d(1, width, 3, padding: 1, bias: false);
        if (!dilated) pool = nn.AvgPool2d((3, 4), (3, 4));
        for (int i = 0; i < layers; i++)
        {
            int dilation = dilated ? 1 << i / 3 : 1;
            convs.Add(nn.Conv2d(width, width, 3, padding: dilation, dilation: dilation, bias: false));
            norms.Add(nn.BatchNorm2d(width, affine: false));
        }
        RegisterComponents();
    }

    /// <inheritdoc/>
    protected override Tensor Pool(Tensor features)
    {
        var x = nn.functional.relu(features.Through(first));
        if (pool is not null) x = pool.call(x);
        var skipped = x;
        for (int i = 0; i < convs.Count; i++)
        {
            x = nn.functional.relu(x.Through(convs[i]));
            if (i % 2 == 1) x = skipped = x + skipped;
            x = norms[i].call(x);
        }
        return x.mean([2, 3]);
    }

    /// <inheritdoc/>
    protected override GraphValue Export(GraphBuilder graph, GraphValue features)
    {
        var x = graph.Relu(graph.Convolution(first, norm: null, features));
        if (pool is not null) x = graph.Pool(pool, x);
        var skipped = x;
        for (int i = 0; i < convs.Count; i++)
        {
            x = graph.Relu(graph.Convolution((Conv2d)convs[i], norm: null, x));
            if (i % 2 == 1) x = skipped = graph.Add(x, skipped);
            x = graph.Norm((BatchNorm2d)norms[i], 2, x);
        }
        return graph.Mean(x, keepDimensions: false, 2, 3);
    }
}
