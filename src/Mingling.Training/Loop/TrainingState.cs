using System.Runtime.InteropServices;
using Mingling.Training.Data;
using Mingling.Training.Mining;
using Mingling.Training.Models;
using Mingling.Training.Objectives;
using Mingling.Training.Ranks;
using Mingling.Training.Recipes;
using Mingling.Training.Storage;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Loop;

/// <summary>
/// All that changes from step to step: the model, the loss, the averaged weights, what was mined and the optimiser. Saved whole, so that a
/// training can go on.
/// </summary>
internal sealed class TrainingState : IDisposable
{
    private const string Rounds = "mining.rounds", Confusions = "mining.confusions", Neighbors = "mining.neighbors", Negatives = "mining.negatives", Doubted = "mining.doubted";

    private readonly List<KeyValuePair<string, Parameter>> _trained;
    private readonly RatedParameters[] _groups;

    public TrainingState(TrainingRecipe recipe, CommandModel model, TrainingObjective objective, int clips)
    {
        (Model, Objective) = (model, objective);
        var encoder = model.Encoder.named_parameters().Select(p => KeyValuePair.Create("encoder." + p.name, p.parameter)).ToList();
        var others = objective.NamedParameters(model).ToList();
        // One rate for all is one group, so that nothing changes for trainings from nothing.
        double rate = recipe.Optimizer.EncoderRate;
        RatedParameters[] groups = rate == 1 ? [new(1, [.. encoder, .. others])] : rate == 0 ? [new(1, others)] : [new(rate, encoder), new(1, others)];
        if (rate == 0) foreach (var (_, parameter) in encoder) parameter.requires_grad = false;
        // Norms and biases are not decayed: shrinking a scale towards 0 regularises nothing.
        RatedParameters[] decayed = [.. groups.Select(group => group.Where(p => p.dim() > 1))], kept = [.. groups.Select(group => group.Where(p => p.dim() <= 1))];
        _groups = [.. decayed, .. kept];
        _trained = [.. _groups.SelectMany(group => group.Parameters)];
        Optimizer = Create(recipe.Optimizer, decayed, kept);
        if (recipe.AverageDecay > 0 || recipe.AverageLast > 1) Average = new WeightAverage(Learned());
        // Only what is mined is kept: of ten thousand words the confusions alone would be 800 MB.
        bool mines = objective.OfflineMeasure is not null || recipe.Batches.ConfusableShare > 0;
        int words = model.Classes.Count;
        bool minesNegatives = recipe.Negatives is { Ratio: > 0, HardShare: > 0 };
        Mined = mines ? new MinedClips { Confusions = new double[words * words], Neighbors = new long[2 * clips] } : new MinedClips();
        if (minesNegatives) (Mined.Hard.Places, Mined.Hard.Doubted) = (HardPlaces.None(), HardPlaces.NoneDoubted());
    }

    public CommandModel Model { get; }

    public TrainingObjective Objective { get; }

    public OptimizerHelper Optimizer { get; }

    public WeightAverage? Average { get; }

    public MinedClips Mined { get; }

    /// <summary>Everything that is trained.</summary>
    public IEnumerable<Parameter> Parameters => _trained.Select(p => p.Value);

    /// <summary>What is needed to use the model.</summary>
    public List<KeyValuePair<string, Tensor>> Learned() => [.. Model.NamedTensors(), .. NamedState.List("loss", Objective.Loss)];

    /// <summary>Saves what is needed to go on, and to use the model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="exchanged">Where weights are averaged: the averages stand in their place.</param>
    /// <param name="metadata">What the file says of itself.</param>
    public void Save(string path, WeightAverage.Exchange? exchanged, IReadOnlyDictionary<string, string> metadata)
    {
        using var scope = NewDisposeScope();
        var counters = Counters(tensor(Optimizer.state_dict().State.Select(StepsOf).ToArray()), tensor((long)Mined.Rounds),
            tensor(Mined.Confusions), tensor(Mined.Neighbors), tensor(Mined.Hard.Places), tensor(Mined.Hard.Doubted));
        Safetensors.Write(path, [.. Learned(), .. exchanged?.NamedWeights() ?? [], .. OptimizerTensors(), .. counters], metadata);
    }

    /// <summary>Goes back to a saved state.</summary>
    public void Restore(string path, SafetensorsFile file)
    {
        using var scope = NewDisposeScope();
        Tensor steps = zeros(_trained.Count, dtype: ScalarType.Int64), rounds = zeros([], dtype: ScalarType.Int64);
        Tensor confusions = zeros(Mined.Confusions.Length, dtype: ScalarType.Float64), neighbors = zeros(Mined.Neighbors.Length, dtype: ScalarType.Int64);
        Tensor negatives = zeros(Mined.Hard.Places.Length, dtype: ScalarType.Int64), doubted = zeros(Mined.Hard.Doubted.Length, dtype: ScalarType.Int64);
        NamedState.Restore(path, file, [.. Learned(), .. OptimizerTensors(), .. Counters(steps, rounds, confusions, neighbors, negatives, doubted)]);
        if (Average is not null)
        {
            Average.TakeLoaded();
            NamedState.Restore(path, file, [.. Average.NamedWeights()]);
        }
        Model.Head.ReadScale();
        var states = Optimizer.state_dict().State;
        for (int i = 0; i < states.Count; i++)
            if (states[i] is AdamW.State adam) adam.step = steps[i].item<long>();
        Mined.Rounds = (int)rounds.item<long>();
        Mined.Confusions = confusions.data<double>().ToArray();
        Mined.Neighbors = neighbors.data<long>().ToArray();
        Mined.Hard.Places = negatives.data<long>().ToArray();
        Mined.Hard.Doubted = doubted.data<long>().ToArray();
    }

    /// <summary>Takes over what the first process has.</summary>
    /// <param name="ranks">The processes.</param>
    public void Agree(ProcessGroup ranks)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        foreach (var (_, value) in (KeyValuePair<string, Tensor>[])[.. Learned(), .. OptimizerTensors()])
        {
            byte[] bytes = ranks.Broadcast(value.contiguous().bytes.ToArray());
            if (ranks.IsFirst) continue;
            var theirs = empty_like(value).contiguous();
            bytes.CopyTo(theirs.bytes);
            _ = value.copy_(theirs);
        }
        Mined.Rounds = BitConverter.ToInt32(ranks.Broadcast(BitConverter.GetBytes(Mined.Rounds)));
        Mined.Confusions = Shared(Mined.Confusions);
        Mined.Neighbors = Shared(Mined.Neighbors);
        Mined.Hard.Places = Shared(Mined.Hard.Places);
        Mined.Hard.Doubted = Shared(Mined.Hard.Doubted);

        T[] Shared<T>(T[] own) where T : unmanaged => MemoryMarshal.Cast<byte, T>(ranks.Broadcast(MemoryMarshal.AsBytes(own.AsSpan()).ToArray())).ToArray();
    }

    public void SetLearningRate(double rate)
    {
        foreach (var (group, rated) in Optimizer.ParamGroups.Zip(_groups)) group.LearningRate = rate * rated.Rate;
    }

    public void Dispose()
    {
        Optimizer.Dispose();
        Average?.Dispose();
    }

    private static KeyValuePair<string, Tensor>[] Counters(Tensor steps, Tensor rounds, Tensor confusions, Tensor neighbors, Tensor negatives, Tensor doubted) =>
    [
        KeyValuePair.Create("optimizer.steps", steps), KeyValuePair.Create(Rounds, rounds),
        KeyValuePair.Create(Confusions, confusions), KeyValuePair.Create(Neighbors, neighbors),
        .. negatives.numel() > 0 ? [KeyValuePair.Create(Negatives, negatives), KeyValuePair.Create(Doubted, doubted)] : Array.Empty<KeyValuePair<string, Tensor>>(),
    ];

    private static OptimizerHelper Create(OptimizerSettings settings, RatedParameters[] decayed, RatedParameters[] kept)
    {
        return settings.Kind switch
        {
            OptimizerKind.AdamW => new AdamW([.. decayed.Select(group => Adam(group, settings.WeightDecay)), .. kept.Select(group => Adam(group, 0))],
                settings.LearningRate, 0.9, settings.Beta2, 1e-8, settings.WeightDecay),
            OptimizerKind.Sgd => new SGD([.. decayed.Select(group => Descent(group, settings.WeightDecay)), .. kept.Select(group => Descent(group, 0))],
                settings.LearningRate, 0.9),
            _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Kind, "there is no such optimiser."),
        };

        AdamW.ParamGroup Adam(RatedParameters group, double decay) => new(group.Values, settings.LearningRate, 0.9, settings.Beta2, 1e-8, decay);

        SGD.ParamGroup Descent(RatedParameters group, double decay) => new(group.Values, settings.LearningRate, momentum: 0.9, weight_decay: decay);
    }

    /// <summary>Parameters whose learning rate is a share of the schedule's.</summary>
    private sealed record RatedParameters(double Rate, IReadOnlyList<KeyValuePair<string, Parameter>> Parameters)
    {
        public Parameter[] Values => [.. Parameters.Select(p => p.Value)];

        public RatedParameters Where(Func<Parameter, bool> holds) => this with { Parameters = [.. Parameters.Where(p => holds(p.Value))] };
    }

    private IEnumerable<KeyValuePair<string, Tensor>> OptimizerTensors()
    {
        var states = Optimizer.state_dict().State;
        for (int i = 0; i < states.Count; i++)
        {
            string name = _trained[i].Key;
            if (states[i] is AdamW.State adam)
            {
                yield return KeyValuePair.Create($"optimizer.average.{name}", adam.exp_avg);
                yield return KeyValuePair.Create($"optimizer.square.{name}", adam.exp_avg_sq);
            }
            else if (states[i] is SGD.State sgd)
            {
                // The first step copies the gradient; a buffer of zeros gives the same, as 0.9 · 0 + gradient = gradient.
                sgd.momentum_buffer ??= zeros_like(_trained[i].Value).DetachFromDisposeScope();
                yield return KeyValuePair.Create($"optimizer.momentum.{name}", sgd.momentum_buffer);
            }
        }
    }

    private static long StepsOf(OptimizerState state) => state is AdamW.State adam ? adam.step : 0;
}
