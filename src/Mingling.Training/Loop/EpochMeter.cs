using Mingling.MetricLearning.Losses;
using Mingling.Training.Runs;
using static TorchSharp.torch;

namespace Mingling.Training.Loop;

/// <summary>Means over the steps of an epoch.</summary>
/// <param name="loss">The loss that is trained; where it learns from no triplets, those of a plain triplet loss are counted.</param>
internal sealed class EpochMeter(EmbeddingLoss loss)
{
    /// <summary>Gradients and triplets change slowly; looking at each step would cost more than it tells.</summary>
    public const int LookEvery = 8;

    /// <summary>Triplets are counted in a table of rows by rows; so many tell enough of a large batch.</summary>
    private const int MostRows = 1024;

    private readonly Dictionary<string, (double Weight, double Sum)> _parts = [];
    private double _total, _gradient, _spread;
    private long _right, _clips, _decisions, _looks, _triplets, _semiHard, _hard;
    private bool _judged = true;

    public long Clips => _clips;

    public double? Accuracy => _judged && _decisions > 0 ? (double)_right / _decisions : null;

    public double GradientNorm => _gradient / Math.Max(1, _looks);

    public double Spread => _spread / Math.Max(1, _looks);

    public TripletShares? Triplets => _triplets == 0 ? null
        : new((double)(_triplets - _semiHard - _hard) / _triplets, (double)_semiHard / _triplets, (double)_hard / _triplets);

    public LossParts Mean
    {
        get
        {
            double n = Math.Max(1, _clips);
            return new LossParts(_total / n, [.. _parts.Select(part => new LossPartValue(part.Key, part.Value.Weight, part.Value.Sum / n))]);
        }
    }

    /// <summary>Adds a step.</summary>
    /// <param name="values">Its loss.</param>
    /// <param name="right">How many of its decisions were right; null where nobody asked.</param>
    /// <param name="clips">Its clips.</param>
    /// <param name="decisions">Its decisions: one for each clip, or several.</param>
    public void Add(LossParts values, long? right, int clips, long decisions)
    {
        _total += values.Total * clips;
        foreach (var part in values.Parts)
            _parts[part.Name] = (part.Weight, _parts.GetValueOrDefault(part.Name).Sum + part.Value * clips);
        _judged &= right is not null;
        _right += right ?? 0;
        _clips += clips;
        _decisions += decisions;
    }

    /// <summary>Looks at the embeddings and the gradient of a step.</summary>
    public void Look(Tensor embeddings, Tensor labels, double gradientNorm)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        _looks++;
        _gradient += gradientNorm;
        var middle = nn.functional.normalize(embeddings, p: 2, dim: 1, eps: 1e-12).mean([0]);
        _spread += Math.Sqrt(Math.Max(0, 1 - middle.square().sum().item<float>()));
        int rows = (int)Math.Min(MostRows, embeddings.shape[0]);
        var statistics = (loss.Triplets ?? TripletCriterion.Default).Count(embeddings.narrow(0, 0, rows), labels.narrow(0, 0, rows));
        _triplets += statistics.Triplets;
        _semiHard += statistics.SemiHard;
        _hard += statistics.Hard;
    }
}
