using Mingling.Training.Graphs;
using Mingling.Training.Graphs.Onnx;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>
/// An encoder that can listen to a stream and compute every frame once: no value depends on a later frame, and what a value needs of
/// earlier ones can be carried from step to step. A step of <see cref="StepFrames"/> frames gives one column; the embedding is the mean of
/// the last columns, as many as a clip has, or as <see cref="EncoderSettings.PooledFrames"/> have. In front of its first frame a signal is zero at every layer, and where its frames are no
/// whole number of steps, the first is repeated until they are, so that the last frame ends a step.
/// </summary>
/// <remarks>
/// Means are subtracted as they run: from the frames of a step the mean of that step and of the <see cref="MeanSteps"/> − 1 before it, or of
/// as many as there were. A floor below the loudest frame of the clip is not possible. In training, a share of the batches hears each clip
/// behind another one, because in a stream there is always something before.
/// </remarks>
public abstract class StreamingEncoder : Encoder
{
    /// <summary>How many steps the running mean of a bin counts, the present one included: 1.28 s with steps of 80 ms.</summary>
    public const int MeanSteps = 16;

    /// <summary>Sets up what all streaming encoders share.</summary>
    /// <param name="settings">The settings; <see cref="EncoderSettings.DynamicRangeDb"/> must be null.</param>
    /// <param name="columnSize">The channels of a column.</param>
    /// <param name="stepFrames">The frames that give one column, at least 1.</param>
    /// <param name="projectedSize">The size to project to when the settings name none; null (default) means no projection.</param>
    /// <exception cref="ArgumentException">A size or the width is out of range, or there is a dynamic range.</exception>
    protected StreamingEncoder(EncoderSettings settings, int columnSize, int stepFrames, int? projectedSize = null)
        : base(settings, columnSize, projectedSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stepFrames, 1);
        if (settings.DynamicRangeDb is not null)
            throw new ArgumentException($"{settings.Name} listens to streams, where no frame is known to be the loudest; set dynamic-range-db to none or take another encoder.", nameof(settings));
        if (settings.DynamicFilter)
            throw new ArgumentException($"{settings.Name} listens to streams, and the dynamic filter looks at whole clips; leave the filter out or take another encoder.", nameof(settings));
        (ColumnChannels, StepFrames) = (columnSize, stepFrames);
    }

    /// <summary>The share of training batches in which each clip follows another one. Range: 0 to 1. Default: 0.5.</summary>
    protected virtual double FollowingShare => 0.5;

    /// <summary>The frames of a step, which give one column.</summary>
    public int StepFrames { get; }

    /// <summary>The channels of a column.</summary>
    internal int ColumnChannels { get; }

    /// <summary>Computes columns of whole steps: [B, bins, steps · <see cref="StepFrames"/>] → [B, channels, steps]. Column i depends on no frame behind step i.</summary>
    protected abstract Tensor Columns(Tensor frames);

    /// <summary>Writes what <see cref="Columns"/> computes in evaluation, with <see cref="GraphBuilder.WithPast"/> where it looks back.</summary>
    protected abstract GraphValue ExportColumns(GraphBuilder graph, GraphValue frames);

    /// <summary><see cref="Columns"/>, for an ensemble that this encoder is a member of.</summary>
    internal Tensor MemberColumns(Tensor frames) => Columns(frames);

    /// <summary><see cref="ExportColumns"/>, for an ensemble that this encoder is a member of.</summary>
    internal GraphValue ExportMemberColumns(GraphBuilder graph, GraphValue frames) => ExportColumns(graph, frames);

    /// <summary>
    /// Embeds a whole signal at once as a stream does step by step: row i is the embedding after step i, of the last columns, where those before
    /// the beginning are zero.
    /// </summary>
    /// <param name="features">One signal from its beginning, [1, 1, bins, frames].</param>
    /// <param name="clipFrames">The frames of a clip.</param>
    /// <returns>The embeddings [steps, D]; the caller disposes them.</returns>
    public Tensor EmbedSteps(Tensor features, int clipFrames)
    {
        using var scope = NewDisposeScope();
        int steps = PooledSteps(clipFrames);
        var columns = nn.functional.pad(ColumnsOf(features), [steps - 1, 0]);
        return Finish(columns.unfold(2, steps, 1).mean([3]).squeeze(0).t()).MoveToOuterDisposeScope();
    }

    /// <summary>Embeds stretches of sound at each step at which a whole window lies behind.</summary>
    /// <param name="features">Features [B, 1, bins, frames].</param>
    /// <param name="clipFrames">The frames of a clip, no more than there are.</param>
    /// <returns>[B · S, D], the S = steps − those of a clip + 1 embeddings of the first signal first; the caller disposes them.</returns>
    internal Tensor EmbedWindows(Tensor features, int clipFrames)
    {
        using var scope = NewDisposeScope();
        int steps = PooledSteps(clipFrames), before = StepsOf(clipFrames) - steps;
        var columns = ColumnsOf(features);
        var pooled = nn.functional.avg_pool1d(columns.narrow(2, before, columns.shape[2] - before), steps, stride: 1);
        return Finish(pooled.transpose(1, 2).reshape(-1, pooled.shape[1])).MoveToOuterDisposeScope();
    }

    /// <summary>The frames at the end of a clip whose columns make its embedding, no more than it has.</summary>
    internal int PooledFrames(int clipFrames) => Math.Min(clipFrames, PooledSteps(clipFrames) * StepFrames);

    /// <summary>How many embeddings <see cref="EmbedWindows"/> gives for each signal.</summary>
    internal int WindowsOf(int frames, int clipFrames) => StepsOf(frames) - StepsOf(clipFrames) + 1;

    /// <inheritdoc/>
    protected sealed override Tensor Pool(Tensor features)
    {
        int steps = PooledSteps((int)features.shape[3]);
        if (training && rand(1, generator: EncoderRandom.Present).item<float>() < FollowingShare) features = cat([features.roll(1, 0), features], 3);
        var columns = ColumnsOf(features);
        return columns.narrow(2, columns.shape[2] - steps, steps).mean([2]);
    }

    /// <inheritdoc/>
    protected sealed override GraphValue Export(GraphBuilder graph, GraphValue features)
    {
        var x = graph.StreamedClipFrames is null ? ExportLead(graph, features) : features;
        x = Settings.SubtractMean ? ExportMean(graph, x) : graph.Node("Squeeze", [x, graph.Indices("axes", 1)]);
        x = ExportColumns(graph, x);
        if (graph.StreamedClipFrames is { } frames)
        {
            int steps = PooledSteps(frames);
            x = graph.Last(graph.WithPast("columns", x, ColumnChannels, steps - 1), steps);
        }
        else if (Settings.PooledFrames is { } pooled)
        {
            // A clip of fewer columns has all of them.
            x = graph.Last(x, StepsOf(pooled));
        }
        return graph.Mean(x, keepDimensions: false, 2);
    }

    private protected sealed override Tensor Condition(Tensor x) => x;

    private protected sealed override GraphValue ExportCondition(GraphBuilder graph, GraphValue x) => x;

    private Tensor ColumnsOf(Tensor features)
    {
        var x = features.squeeze(1);
        long lacking = StepsOf(x.shape[2]) * StepFrames - x.shape[2];
        if (lacking > 0) x = cat([x.narrow(2, 0, 1).expand(-1, -1, lacking), x], 2);
        return Columns(Settings.SubtractMean ? x - RunningMean(x) : x);
    }

    private Tensor RunningMean(Tensor x)
    {
        long steps = x.shape[2] / StepFrames;
        var all = TorchSharp.torch.ones(steps, steps);
        // [from, to]: whether one step counts for the mean of another.
        var counted = all.triu() - all.triu(MeanSteps);
        var means = x.reshape(x.shape[0], x.shape[1], steps, StepFrames).mean([3]).matmul(counted / counted.sum([0L], keepdim: true));
        return means.repeat_interleave(StepFrames, 2);
    }

    /// <summary>
    /// A channel of ones beside the mean of each step counts the steps: before the beginning both are zero, so that sums over the past
    /// divided by counts are the mean of the steps that there were. [B, 1, bins, frames] → [B, bins, frames].
    /// </summary>
    private GraphValue ExportMean(GraphBuilder graph, GraphValue x)
    {
        int bins = Settings.Bins;
        x = graph.Node("Reshape", [x, graph.Indices("steps", 0, bins, -1, StepFrames)]);
        var means = graph.Node("Pad", [graph.Mean(x, keepDimensions: false, 3), graph.Indices("count", 0, 0, 0, 0, 1, 0), graph.Constant("one", [1])]);
        means = graph.Node("AveragePool", [graph.WithPast("means", means, bins + 1, MeanSteps - 1)], GraphAttribute.Create("kernel_shape", [MeanSteps]));
        means = graph.Node("Div", [Channels(0, bins), Channels(bins, bins + 1)]);
        x = graph.Node("Sub", [x, graph.Node("Unsqueeze", [means, graph.Indices("axes", 3)])]);
        return graph.Node("Reshape", [x, graph.Indices("frames", 0, bins, -1)]);

        GraphValue Channels(int from, int to) => graph.Node("Slice", [means, graph.Indices("from", from), graph.Indices("to", to), graph.Indices("channels", 1)]);
    }

    /// <summary>Repeats the first frame until the frames are whole steps.</summary>
    private GraphValue ExportLead(GraphBuilder graph, GraphValue x)
    {
        var frames = graph.Node("Shape", [x], GraphAttribute.Create("start", 3));
        var lacking = graph.Node("Mod", [graph.Node("Neg", [frames]), graph.Indices("step", StepFrames)]);
        var pads = graph.Node("Concat", [graph.Indices("none", 0, 0, 0), lacking, graph.Indices("none", 0, 0, 0, 0)], GraphAttribute.Create("axis", 0));
        return graph.Node("Pad", [x, pads], GraphAttribute.Create("mode", "edge"));
    }

    private int PooledSteps(int clipFrames) => Math.Min(StepsOf(clipFrames), StepsOf(Settings.PooledFrames ?? clipFrames));

    private int StepsOf(long frames) => (int)((frames + StepFrames - 1) / StepFrames);
}
