using Mingling.MetricLearning.Losses;
using Mingling.Training.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training;

/// <summary>All that changes from step to step: the model, the centres and the optimiser. Saved whole, so that a training can go on.</summary>
internal sealed class TrainingState : IDisposable
{
    private readonly List<KeyValuePair<string, Parameter>> _trained;

    public TrainingState(TrainingRecipe recipe, CommandModel model)
    {
        Model = model;
        if (recipe.CenterWeight > 0) Center = new CenterLoss(model.Classes.Count, model.Encoder.EmbeddingSize, recipe.CenterRate);
        // Norms and biases are not decayed: shrinking a scale towards 0 regularises nothing.
        var all = model.NamedParameters().ToList();
        var decayed = all.Where(p => p.Value.dim() > 1).ToList();
        var kept = all.Where(p => p.Value.dim() <= 1).ToList();
        _trained = [.. decayed, .. kept];
        Optimizer = Create(recipe.Optimizer, [.. decayed.Select(p => p.Value)], [.. kept.Select(p => p.Value)]);
    }

    public CommandModel Model { get; }

    public CenterLoss? Center { get; }

    public OptimizerHelper Optimizer { get; }

    /// <summary>What is needed to use the model.</summary>
    public List<KeyValuePair<string, Tensor>> ModelTensors() =>
        [.. Model.NamedTensors(), .. Center is null ? [] : NamedState.Of("center", Center)];

    /// <summary>Saves what is needed to go on.</summary>
    public void Save(string path, IReadOnlyDictionary<string, string> metadata)
    {
        using var steps = tensor(Optimizer.state_dict().State.Select(StepsOf).ToArray());
        Safetensors.Write(path, [.. ModelTensors(), .. OptimizerTensors(), KeyValuePair.Create("optimizer.steps", steps)], metadata);
    }

    /// <summary>Goes back to a saved state.</summary>
    public void Restore(string path, SafetensorsFile file)
    {
        using var steps = zeros(_trained.Count, dtype: ScalarType.Int64);
        NamedState.Restore(path, file, [.. ModelTensors(), .. OptimizerTensors(), KeyValuePair.Create("optimizer.steps", steps)]);
        var states = Optimizer.state_dict().State;
        for (int i = 0; i < states.Count; i++)
            if (states[i] is AdamW.State adam) adam.step = steps[i].item<long>();
    }

    public void SetLearningRate(double rate)
    {
        foreach (var group in Optimizer.ParamGroups) group.LearningRate = rate;
    }

    public void Dispose()
    {
        Optimizer.Dispose();
        Center?.Dispose();
    }

    private static OptimizerHelper Create(OptimizerSettings settings, Parameter[] decayed, Parameter[] kept) => settings.Kind switch
    {
        OptimizerKind.AdamW => new AdamW(
            [new AdamW.ParamGroup(decayed, settings.LearningRate, 0.9, settings.Beta2, 1e-8, settings.WeightDecay),
             new AdamW.ParamGroup(kept, settings.LearningRate, 0.9, settings.Beta2, 1e-8, 0)],
            settings.LearningRate, 0.9, settings.Beta2, 1e-8, settings.WeightDecay),
        OptimizerKind.Sgd => new SGD(
            [new SGD.ParamGroup(decayed, settings.LearningRate, momentum: 0.9, weight_decay: settings.WeightDecay),
             new SGD.ParamGroup(kept, settings.LearningRate, momentum: 0.9)],
            settings.LearningRate, 0.9),
        _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Kind, "there is no such optimiser."),
    };

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
                sgd.momentum_buffer ??= zeros_like(_trained[i].Value);
                yield return KeyValuePair.Create($"optimizer.momentum.{name}", sgd.momentum_buffer);
            }
        }
    }

    private static long StepsOf(OptimizerState state) => state is AdamW.State adam ? adam.step : 0;
}
