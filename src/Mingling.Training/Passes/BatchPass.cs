using System.Runtime.InteropServices;
using Mingling.MetricLearning.Losses;
using Mingling.Training.Data;
using Mingling.Training.Encoders;
using Mingling.Training.Encoders.Kernels;
using Mingling.Training.Models;
using Mingling.Training.Objectives;
using Mingling.Training.Ranks;
using Mingling.Training.Workers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Passes;

/// <summary>
/// Takes batches through the encoder and back, cut into micro-batches that threads and processes share. The embeddings of all micro-batches come together for the
/// joint loss, so that it sees the whole batch; gradients and statistics of batch norms are put together in the order of the micro-batches. The numbers of
/// threads and processes change no bit.
/// </summary>
internal sealed class BatchPass : IDisposable
{
    private readonly CommandModel _model;
    private readonly DistillationLoss? _distillation;
    private readonly WorkPool _pool;
    private readonly ProcessGroup _ranks;
    private readonly EncoderReplica[] _replicas;
    private readonly GradientSum _sum;
    private readonly BatchNorm[] _norms;
    private readonly Tensor? _gradient;
    private readonly float[][] _gradients;
    private readonly MicroBatch[] _own;
    private int _first, _count;
    private float[][] _statistics = [];

    /// <summary>Prepares the passes of a training. Draws from torch's random state, as every model does that is built.</summary>
    /// <param name="model">The model. The gradients of its encoder lie in memory of this object while it lives.</param>
    /// <param name="objective">The loss.</param>
    /// <param name="encoders">The encoders that can be named; null means those of the library.</param>
    /// <param name="pool">The threads.</param>
    /// <param name="ranks">The processes.</param>
    public BatchPass(CommandModel model, TrainingObjective objective, EncoderCatalog? encoders, WorkPool pool, ProcessGroup ranks)
    {
        (_model, _distillation, _pool, _ranks) = (model, objective.Distillation, pool, ranks);
        _replicas = [.. Enumerable.Range(0, pool.Threads).Select(_ => new EncoderReplica(model, encoders))];
        _sum = new GradientSum(pool, ranks);
        _norms = [.. EncoderReplica.BatchStatisticsOf(model.Encoder)];
        _own = [.. Enumerable.Range(0, MicroBatches.Most).Select(_ => new MicroBatch())];
        long values = _replicas[0].Values;
        _gradients = [.. Enumerable.Range(0, MicroBatches.Most).Select(_ => values > 0 ? new float[values] : [])];
        if (values > 0) _gradient = ShareGradient(values);
    }

    /// <summary>Takes a batch through the encoder, inside the dispose scope of its step.</summary>
    /// <param name="batch">The batch, with the features of the rows that this process computes.</param>
    /// <param name="draws">What is drawn for the step.</param>
    /// <param name="cancellation">Where several processes train together: ends all of them as soon as it is asked for in one.</param>
    public StepEmbeddings Forward(Batch batch, StepDraws draws, CancellationToken cancellation)
    {
        (_first, _count) = MicroBatches.Of(_ranks, batch.Count).GetOffsetAndLength(MicroBatches.CountOf(batch.Count));
        _pool.Run(_count, (worker, i) => Forward(_replicas[worker], _own[i], _first + i, batch, draws));
        var all = Gathered(cancellation);
        _statistics = [.. all.Select(part => part.Statistics)];
        return Joined(all, batch, draws);
    }

    /// <summary>Takes the gradient that the loss left in the embeddings back to the weights, and lets the batch norms of the model follow the batch.</summary>
    /// <param name="step">The step's embeddings, after backward.</param>
    public void Backward(StepEmbeddings step)
    {
        using var scope = NewDisposeScope();
        if (_gradient is not null)
        {
            var (ofEmbeddings, ofFiltered) = (step.Embeddings.grad, step.Filter?.Pooled.grad);
            _pool.Run(_count, (_, i) => Backward(_own[i], ofEmbeddings, ofFiltered, _gradients[i]));
            _sum.AddTo(_gradient, _gradients.AsSpan(0, _count).ToArray());
        }
        if (_statistics[0].Length > 0) Follow();
        Forget();
    }

    /// <summary>Lets go of the graphs of a batch that is not taken back.</summary>
    public void Forget()
    {
        foreach (var micro in _own) micro.Clear();
    }

    public void Dispose()
    {
        Forget();
        foreach (var replica in _replicas) replica.Dispose();
        if (_gradient is null) return;
        foreach (var parameter in _model.Encoder.parameters()) parameter.grad = null;
        _gradient.Dispose();
    }

    private void Forward(EncoderReplica replica, MicroBatch micro, int index, Batch batch, StepDraws draws)
    {
        using var scope = NewDisposeScope();
        using var quiet = _gradient is null ? no_grad() : null;
        var heard = batch.Heard;
        int[] rows = MicroBatches.RowsOf(index, batch.Count);
        var features = Features(batch, rows);
        if (draws.Mixes) features = features.lerp(Features(batch, draws.PartnersOf(index, rows)), tensor((float)(1 - draws.Share)));
        var (embeddings, filtered) = replica.Embed(features, heard, draws, index);
        int[] places = Places(batch, rows, draws);
        Tensor? decisions = null;
        if (heard.Decisions > 1 && !draws.LastDecisionsAlone)
        {
            // The first clip's decisions stand first: those that teach nothing are left out.
            long[] kept = [.. places.Select(place => (long)(Array.IndexOf(rows, place / heard.Decisions) * heard.Decisions + place % heard.Decisions))];
            decisions = tensor(kept);
            embeddings = Decided(embeddings);
        }
        micro.Replica = replica;
        micro.Result = new MicroBatchResult
        {
            Places = places,
            Labels = [.. places.Select(place => batch.Labels[place])],
            Embeddings = Values(embeddings),
            Filtered = Values(filtered),
            Taught = Values(_distillation?.Teach(encoder => Decided(EncoderReplica.Embed(encoder, features, heard, draws).Embeddings))),
            Statistics = replica.Statistics(),
        };
        if (_gradient is not null) micro.Outputs = filtered is null ? [embeddings.DetachFromDisposeScope()] : [embeddings.DetachFromDisposeScope(), filtered.DetachFromDisposeScope()];

        Tensor Decided(Tensor all) => decisions is null ? all : all.index_select(0, decisions);
    }

    private static void Backward(MicroBatch micro, Tensor? ofEmbeddings, Tensor? ofFiltered, float[] gradient)
    {
        using var scope = NewDisposeScope();
        var outputs = new List<Tensor>();
        var slopes = new List<Tensor>();
        Add(0, ofEmbeddings);
        Add(1, ofFiltered);
        if (outputs.Count > 0) micro.Replica!.Gradient(outputs, slopes, gradient);
        else Array.Clear(gradient);

        void Add(int output, Tensor? slope)
        {
            if (slope is null || output >= micro.Outputs.Length) return;
            outputs.Add(micro.Outputs[output]);
            var rows = empty(micro.Outputs[output].shape);
            Span<float> from = Planes.Values(slope), to = Planes.Values(rows);
            int size = to.Length / micro.Positions.Length;
            for (int i = 0; i < micro.Positions.Length; i++) from.Slice(micro.Positions[i] * size, size).CopyTo(to.Slice(i * size, size));
            slopes.Add(rows);
        }
    }

    private static Tensor Features(Batch batch, int[] rows)
    {
        var sound = batch.Heard.Sound;
        var features = empty(rows.Length, 1, sound.Bins, sound.Frames);
        var values = Planes.Values(features);
        for (int i = 0; i < rows.Length; i++) batch.FeaturesOf(rows[i]).CopyTo(values.Slice(i * sound.Values, sound.Values));
        return features;
    }

    /// <summary>The decisions of some rows that teach something.</summary>
    private static int[] Places(Batch batch, int[] rows, StepDraws draws)
    {
        int decisions = batch.Heard.Decisions;
        if (decisions == 1 || draws.LastDecisionsAlone) return [.. rows.Select(row => (row + 1) * decisions - 1)];
        return [.. rows.SelectMany(row => Enumerable.Range(row * decisions, decisions)).Where(place => batch.Labels[place] != HeardWindow.Ignored)];
    }

    /// <summary>The results of all micro-batches, in their order.</summary>
    private MicroBatchResult[] Gathered(CancellationToken cancellation)
    {
        var own = _own.AsSpan(0, _count).ToArray().Select(micro => micro.Result!);
        if (_ranks.Count == 1) return [.. own];
        var bytes = new List<byte> { cancellation.IsCancellationRequested ? (byte)1 : (byte)0 };
        foreach (var result in own) result.Write(bytes);
        var all = new List<MicroBatchResult>();
        byte[][] gathered = _ranks.Gather([.. bytes]);
        if (gathered.Any(theirs => theirs[0] == 1)) throw new OperationCanceledException(cancellation);
        foreach (byte[] theirs in gathered)
        {
            ReadOnlySpan<byte> rest = theirs.AsSpan(1);
            while (!rest.IsEmpty) all.Add(MicroBatchResult.Read(ref rest));
        }
        return [.. all];
    }

    /// <summary>Puts the results together in the order of the batch.</summary>
    private StepEmbeddings Joined(MicroBatchResult[] all, Batch batch, StepDraws draws)
    {
        var order = all.SelectMany(part => part.Places).Order().Select((place, position) => (place, position)).ToDictionary(pair => pair.place, pair => pair.position);
        int[][] positions = [.. all.Select(part => part.Places.Select(place => order[place]).ToArray())];
        for (int i = 0; i < _count; i++) _own[i].Positions = positions[_first + i];
        int count = order.Count;

        long[] labels = new long[count];
        for (int part = 0; part < all.Length; part++)
            for (int i = 0; i < positions[part].Length; i++) labels[positions[part][i]] = all[part].Labels[i];
        Tensor? others = null;
        if (draws.Mixes)
        {
            long[] mixed = new long[count];
            for (int part = 0; part < all.Length; part++)
            {
                int[] rows = MicroBatches.RowsOf(part, batch.Count), partners = draws.PartnersOf(part, rows);
                for (int i = 0; i < rows.Length; i++) mixed[positions[part][i]] = labels[order[partners[i]]];
            }
            others = tensor(mixed);
        }
        var embeddings = Rows(part => part.Embeddings)!;
        var filtered = Rows(part => part.Filtered);
        if (_gradient is not null)
        {
            embeddings.requires_grad = true;
            if (filtered is not null) filtered.requires_grad = true;
        }
        return new StepEmbeddings(embeddings, tensor(labels), others, filtered is null ? null : new FilterOutput(filtered, _model.Encoder.Filter!.Weights), Rows(part => part.Taught));

        Tensor? Rows(Func<MicroBatchResult, float[]> valuesOf)
        {
            int size = valuesOf(all[0]).Length / Math.Max(1, positions[0].Length);
            if (size == 0) return null;
            var rows = empty(count, size);
            var to = Planes.Values(rows);
            for (int part = 0; part < all.Length; part++)
            {
                float[] from = valuesOf(all[part]);
                for (int i = 0; i < positions[part].Length; i++) from.AsSpan(i * size, size).CopyTo(to.Slice(positions[part][i] * size, size));
            }
            return rows;
        }
    }

    /// <summary>Lets the running statistics follow the mean over the micro-batches.</summary>
    private void Follow()
    {
        using var quiet = no_grad();
        float[] mean = new float[_statistics[0].Length];
        foreach (float[] part in _statistics)
            for (int i = 0; i < mean.Length; i++) mean[i] += part[i];
        int at = 0;
        foreach (var norm in _norms)
        {
            if (norm.num_batches_tracked is { } steps) _ = steps.add_(1);
            double momentum = norm.momentum ?? 1.0 / norm.num_batches_tracked!.item<long>();
            foreach (var running in new[] { norm.running_mean!, norm.running_var! })
                foreach (ref float value in Planes.Values(running))
                    value = (float)((1 - momentum) * value + momentum * (mean[at++] / _statistics.Length));
        }
    }

    /// <summary>Lets the gradients of the weights lie one after the other in one tensor.</summary>
    private Tensor ShareGradient(long values)
    {
        var gradient = zeros(values).DetachFromDisposeScope();
        long at = 0;
        foreach (var parameter in _model.Encoder.parameters().Where(parameter => parameter.requires_grad))
        {
            using var part = gradient.narrow(0, at, parameter.numel()).view(parameter.shape);
            parameter.grad = part;
            at += parameter.numel();
        }
        return gradient;
    }

    private static float[] Values(Tensor? tensor)
    {
        if (tensor is null) return [];
        using var values = tensor.detach().contiguous();
        return MemoryMarshal.Cast<byte, float>(values.bytes).ToArray();
    }

    /// <summary>A micro-batch between forward and backward.</summary>
    private sealed class MicroBatch
    {
        public MicroBatchResult? Result { get; set; }

        /// <summary>Whose weights the graph has. Any thread may take the gradient, several at a time.</summary>
        public EncoderReplica? Replica { get; set; }

        /// <summary>Embeddings, and filtered features where there are some, with their graph.</summary>
        public Tensor[] Outputs { get; set; } = [];

        /// <summary>The place of each embedding in the whole batch.</summary>
        public int[] Positions { get; set; } = [];

        public void Clear()
        {
            foreach (var output in Outputs) output.Dispose();
            (Outputs, Result) = ([], null);
        }
    }
}
