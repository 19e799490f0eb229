using Mingling.Training.Data;
using Mingling.Training.Encoders;
using Mingling.Training.Encoders.Kernels;
using Mingling.Training.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Passes;

/// <summary>
/// The encoder of a model for one thread: it has the weights of the model, in the same memory, and batch norms of its own. What they measure of a micro-batch is
/// read after it.
/// </summary>
internal sealed class EncoderReplica : IDisposable
{
    /// <summary>Encoders from outside the library draw from libtorch's random state, which belongs to the process: one of them at a time.</summary>
    private static readonly object OneAtATime = new();

    private readonly Encoder _encoder;
    private readonly Tensor[] _weights;
    private readonly BatchNorm[] _norms;
    private readonly Generator _generator = new(0);
    private readonly bool _drawsFromLibTorch, _learns;

    /// <summary>Makes a replica. Draws from torch's random state, as every model does that is built.</summary>
    /// <param name="model">The model.</param>
    /// <param name="catalog">The encoders that can be named; null means those of the library.</param>
    public EncoderReplica(CommandModel model, EncoderCatalog? catalog)
    {
        using var quiet = no_grad();
        _encoder = (catalog ?? new EncoderCatalog()).Create(model.Window.Adapt(model.Recipe.Encoder));
        _drawsFromLibTorch = _encoder.GetType().Assembly != typeof(Encoder).Assembly;
        var weights = new List<Tensor>();
        foreach (var (own, shared) in _encoder.parameters().Zip(model.Encoder.parameters()))
        {
            _ = own.set_(shared);
            own.requires_grad = shared.requires_grad;
            if (shared.requires_grad) weights.Add(own);
        }
        _weights = [.. weights];
        _norms = [.. BatchStatisticsOf(_encoder)];
        _learns = model.Recipe.Optimizer.EncoderRate > 0;
        // In training the buffers of batch norms tell of one micro-batch; all else belongs to the model.
        var measured = _learns ? _norms.SelectMany(norm => norm.named_buffers().Select(buffer => buffer.buffer.Handle)).ToHashSet() : [];
        foreach (var (own, shared) in _encoder.buffers().Zip(model.Encoder.buffers()))
            if (!measured.Contains(own.Handle))
                _ = own.set_(shared);
        foreach (var norm in _norms) norm.momentum = 1;
        _encoder.train(_learns);
    }

    /// <summary>The number of trained values.</summary>
    public long Values => _weights.Sum(weight => weight.numel());

    /// <summary>The batch norms whose statistics are measured.</summary>
    public static IEnumerable<BatchNorm> BatchStatisticsOf(Encoder encoder) => encoder.modules().OfType<BatchNorm>().Where(norm => norm.running_mean is not null);

    /// <summary>Embeds clips as a training hears them.</summary>
    /// <param name="features">[n, 1, bins, frames].</param>
    /// <param name="heard">What is heard of them.</param>
    /// <param name="draws">What is drawn for the step.</param>
    /// <param name="index">The number of the micro-batch.</param>
    /// <returns>The embeddings of all decisions, the first clip's first, and the filtered features of each clip.</returns>
    public (Tensor Embeddings, Tensor? Filtered) Embed(Tensor features, HeardWindow heard, StepDraws draws, int index)
    {
        long seed = draws.EncoderSeed(index);
        if (!_drawsFromLibTorch)
        {
            _generator.manual_seed(seed);
            using var drawing = EncoderRandom.From(_generator);
            return Embed(_encoder, features, heard, draws);
        }
        lock (OneAtATime)
        {
            random.manual_seed(seed);
            return Embed(_encoder, features, heard, draws);
        }
    }

    /// <summary>Embeds clips with any encoder in the way in which a training hears them.</summary>
    public static (Tensor Embeddings, Tensor? Filtered) Embed(Encoder encoder, Tensor features, HeardWindow heard, StepDraws draws)
    {
        if (heard.Decisions == 1) return encoder.Embed(features);
        int frames = heard.Clip.Frames;
        if (draws.LastDecisionsAlone) features = features.narrow(3, features.shape[3] - frames, frames);
        return (((StreamingEncoder)encoder).EmbedWindows(features, frames), null);
    }

    /// <summary>Mean and variance of each channel of each batch norm, of the micro-batch that was embedded last.</summary>
    public float[] Statistics()
    {
        if (!_learns) return [];
        var values = new List<float>();
        foreach (var norm in _norms)
        {
            values.AddRange(Planes.Values(norm.running_mean!));
            values.AddRange(Planes.Values(norm.running_var!));
        }
        return [.. values];
    }

    /// <summary>The gradient of the weights, one after the other.</summary>
    /// <param name="outputs">What a micro-batch gave, with its graph.</param>
    /// <param name="slopes">The gradient of the loss with respect to it.</param>
    /// <param name="gradient">Receives it.</param>
    public void Gradient(IList<Tensor> outputs, IList<Tensor> slopes, Span<float> gradient)
    {
        using var scope = NewDisposeScope();
        var found = autograd.grad(outputs, _weights, slopes, retain_graph: false, create_graph: false, allow_unused: true);
        int at = 0;
        for (int i = 0; i < _weights.Length; i++)
        {
            var values = gradient.Slice(at, (int)_weights[i].numel());
            at += values.Length;
            // A weight that nothing depends on has none.
            if (found[i] is not { IsInvalid: false } tensor) values.Clear();
            else Planes.Values(tensor.contiguous()).CopyTo(values);
        }
    }

    public void Dispose()
    {
        _generator.Dispose();
        _encoder.Dispose();
    }
}
