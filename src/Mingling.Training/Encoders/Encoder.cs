using Mingling.Training.Graphs;
using Mingling.Training.Graphs.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders;

/// <summary>
/// Turns the features of a clip into one embedding: [B, 1, bins, frames] → [B, D]. A subclass says how the features are
/// pooled to one vector; the mean subtraction before it, the projection and the normalisation after it are the same for all.
/// </summary>
public abstract class Encoder : nn.Module<Tensor, Tensor>
{
    private readonly Linear? _projection;

    /// <summary>Sets up what all encoders share.</summary>
    /// <param name="settings">The settings; <see cref="EncoderSettings.Width"/> must be above 0 and sizes at least 1.</param>
    /// <param name="pooledSize">The size of the vector that <see cref="Pool"/> gives.</param>
    /// <param name="projectedSize">The size to project to when the settings name none; null means no projection.</param>
    /// <exception cref="ArgumentException">A size or the width is out of range; the message lists all that are.</exception>
    protected Encoder(EncoderSettings settings, int pooledSize, int? projectedSize = null) : base(settings.Name)
    {
        if (settings.Problems().ToArray() is { Length: > 0 } problems)
            throw new ArgumentException($"the encoder cannot be built: {string.Join("; ", problems)}.", nameof(settings));
        ArgumentOutOfRangeException.ThrowIfLessThan(pooledSize, 1);

        Settings = settings;
        if (settings.DynamicFilter)
        {
            Filter = new DynamicFilter(settings.Bins);
            register_module("filter", Filter);
        }
        int? size = settings.EmbeddingSize ?? projectedSize;
        EmbeddingSize = size ?? pooledSize;
        if (size is null) return;
        _projection = nn.Linear(pooledSize, EmbeddingSize, hasBias: settings.ProjectionBias);
        register_module("projection", _projection);
    }

    /// <summary>The settings that build this encoder again.</summary>
    public EncoderSettings Settings { get; }

    /// <summary>The size D of the embedding.</summary>
    public int EmbeddingSize { get; private protected init; }

    /// <summary>The dynamic filter in front; null without one.</summary>
    public DynamicFilter? Filter { get; }

    /// <summary>The linear layer that gives the embedding; null where it is the pooled vector itself.</summary>
    internal Linear? Projection => _projection;

    /// <summary>The number of trainable values.</summary>
    public long ParameterCount => parameters().Sum(p => p.numel());

    /// <summary>Embeds a batch.</summary>
    /// <param name="features">Features [B, 1, bins, frames], float32.</param>
    /// <returns>The embeddings [B, D]; the caller disposes them.</returns>
    /// <exception cref="ArgumentException">The features have another shape.</exception>
    public override Tensor forward(Tensor features)
    {
        var (embeddings, filtered) = Embed(features);
        filtered?.Dispose();
        return embeddings;
    }

    /// <summary>Embeds a batch, and gives what its dynamic filter makes of it.</summary>
    /// <param name="features">Features [B, 1, bins, frames], float32.</param>
    /// <returns>The embeddings [B, D], and the filter's pooled output [B, 2 · bins], null without a filter; the caller disposes both.</returns>
    /// <exception cref="ArgumentException">The features have another shape.</exception>
    public (Tensor Embeddings, Tensor? Filtered) Embed(Tensor features)
    {
        if (features.dim() != 4 || features.shape[1] != 1 || features.shape[2] != Settings.Bins)
            throw new ArgumentException(
                $"{Settings.Name} takes features [batch, 1, {Settings.Bins}, frames], not [{string.Join(", ", features.shape)}].", nameof(features));

        using var scope = NewDisposeScope();
        var x = Condition(features.alias());
        Tensor? filtered = null;
        if (Filter is not null) (x, filtered) = Filter.Filter(x);
        return (Finish(Pool(x)).MoveToOuterDisposeScope(), filtered?.MoveToOuterDisposeScope());
    }

    /// <summary>Projects and normalises what <see cref="Pool"/> gave, as the settings say. Runs inside a dispose scope.</summary>
    internal virtual Tensor Finish(Tensor x)
    {
        if (_projection is not null) x = _projection.call(x);
        return Settings.Normalize ? nn.functional.normalize(x, p: 2, dim: 1, eps: 1e-12) : x;
    }

    /// <summary>Raises the features to their floor and subtracts their means, as the settings say. Runs inside a dispose scope.</summary>
    private protected virtual Tensor Condition(Tensor x)
    {
        if (Settings.DynamicRangeDb is not null) x = x.maximum(x.amax([2, 3], keepdim: true) - Settings.DynamicRange);
        return Settings.SubtractMean ? x - x.mean([3], keepdim: true) : x;
    }

    /// <summary>Computes one vector for each clip: [B, 1, bins, frames] → [B, pooled]. Runs inside a dispose scope.</summary>
    protected abstract Tensor Pool(Tensor features);

    /// <summary>Writes what <see cref="Pool"/> computes in evaluation as nodes of a graph, so that the encoder can be exported.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="features">The features [B, 1, bins, frames].</param>
    /// <returns>[B, pooled].</returns>
    /// <exception cref="ExportException">The encoder does not override this.</exception>
    protected virtual GraphValue Export(GraphBuilder graph, GraphValue features) =>
        throw new ExportException($"the encoder {Settings.Name} cannot be exported; let it override {nameof(Encoder)}.{nameof(Export)}.");

    /// <summary>Writes the whole encoder, as <see cref="forward"/> computes it: [B, 1, bins, frames] → [B, D].</summary>
    internal GraphValue ExportAll(GraphBuilder graph, GraphValue x)
    {
        x = ExportCondition(graph, x);
        if (Filter is not null) x = Filter.Export(graph, x);
        return ExportFinish(graph, Export(graph, x));
    }

    /// <summary>Writes what <see cref="Finish"/> computes.</summary>
    internal virtual GraphValue ExportFinish(GraphBuilder graph, GraphValue x)
    {
        if (_projection is not null) x = graph.Linear(_projection, x);
        return Settings.Normalize ? graph.Normalize(x) : x;
    }

    /// <summary>Writes what <see cref="Condition"/> computes.</summary>
    private protected virtual GraphValue ExportCondition(GraphBuilder graph, GraphValue x)
    {
        if (Settings.DynamicRangeDb is not null)
        {
            var loudest = graph.Node("ReduceMax", [x], GraphAttribute.Create("axes", 2, 3), GraphAttribute.Create("keepdims", 1));
            x = graph.Node("Max", [x, graph.Node("Sub", [loudest, graph.Constant("range", [Settings.DynamicRange])])]);
        }
        return Settings.SubtractMean ? graph.Node("Sub", [x, graph.Mean(x, keepDimensions: true, 3)]) : x;
    }

    /// <summary>The channels of a layer: <paramref name="channels"/> times the width, at least 1.</summary>
    protected static int Widened(EncoderSettings settings, int channels) =>
        (int)Math.Clamp(Math.Round(channels * settings.Width, MidpointRounding.AwayFromZero), 1, 1 << 16);
}
