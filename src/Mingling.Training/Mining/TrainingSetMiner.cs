using Mingling.Audio;
using Mingling.MetricLearning.Miners;
using Mingling.Training.Data;
using Mingling.Training.Models;
using Mingling.Training.Workers;
using static TorchSharp.torch;

namespace Mingling.Training.Mining;

/// <summary>Embeds the whole training set, without augmentation, by the present model: for mining, and for the mean of each class.</summary>
internal sealed class TrainingSetMiner(TrainingData data, int[] labels, ClipWindow window, WorkPool pool)
{
    private readonly ClipFeaturizer[] _featurizers = [.. Enumerable.Range(0, pool.Threads).Select(_ => new ClipFeaturizer(window))];

    /// <summary>Looks up confusions, and hard neighbours where a triplet loss wants them.</summary>
    /// <param name="model">The model, in evaluation.</param>
    /// <param name="offline">The miner of the loss that learns from offline triplets; null without one.</param>
    /// <param name="mined">Receives what was found.</param>
    public void Mine(CommandModel model, OfflineMiner? offline, MinedClips mined)
    {
        var outputs = Outputs(model);
        mined.Confusions = Confusions(outputs, model.Classes.Count);
        if (offline is not null) mined.Neighbors = Neighbors(outputs, offline);
        mined.Rounds++;
    }

    /// <summary>The mean of the unit embeddings of each class, [C, D]; the caller disposes it.</summary>
    public Tensor ClassMeans(CommandModel model)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var units = nn.functional.normalize(Embeddings(Outputs(model)), p: 2, dim: 1, eps: 1e-12);
        var sums = zeros(model.Classes.Count, model.Encoder.EmbeddingSize).index_add_(0, Labels(), units, 1);
        var counts = Labels().bincount(null, model.Classes.Count).unsqueeze(1);
        return (sums / counts).MoveToOuterDisposeScope();
    }

    /// <summary>What commands sound like to the model.</summary>
    public TypicalCommands Typical(CommandModel model) => new(Outputs(model), labels, model.Classes.Count);

    private IReadOnlyList<ClipOutput> Outputs(CommandModel model)
    {
        model.Evaluating();
        return model.Run(data.Train.Count, (worker, clip) => _featurizers[worker].Compute(data.Train[clip].Samples), pool);
    }

    private double[] Confusions(IReadOnlyList<ClipOutput> outputs, int classes)
    {
        double[] sums = new double[classes * classes];
        int[] counts = new int[classes];
        for (int i = 0; i < outputs.Count; i++)
        {
            counts[labels[i]]++;
            for (int c = 0; c < classes; c++) sums[labels[i] * classes + c] += outputs[i].Posteriors[c];
        }
        for (int i = 0; i < sums.Length; i++) sums[i] /= Math.Max(1, counts[i / classes]);
        return sums;
    }

    private long[] Neighbors(IReadOnlyList<ClipOutput> outputs, OfflineMiner miner)
    {
        using var scope = NewDisposeScope();
        var neighbors = miner.Mine(Embeddings(outputs), Labels());
        return [.. neighbors.SelectMany(n => new[] { n.FarthestPositive, n.NearestNegative })];
    }

    private Tensor Labels() => tensor(labels, ScalarType.Int64);

    private static Tensor Embeddings(IReadOnlyList<ClipOutput> outputs) =>
        tensor(outputs.SelectMany(output => output.Embedding).ToArray()).view(outputs.Count, -1);
}
