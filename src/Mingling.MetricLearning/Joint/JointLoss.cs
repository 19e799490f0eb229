using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Joint;

/// <summary>One loss of a joint loss.</summary>
/// <param name="Name">Its name in the expression, followed by -2, -3 … where it occurs again.</param>
/// <param name="Weight">Its weight.</param>
/// <param name="Loss">The loss. Owned by the joint loss.</param>
public sealed record JointLossPart(string Name, double Weight, EmbeddingLoss Loss);

/// <summary>
/// A weighted sum of losses of the same embeddings, for instance softmax + λ · center + μ · triplet. Each part reports its own value.
/// </summary>
public sealed class JointLoss : EmbeddingLoss
{
    private readonly JointLossPart[] _parts;

    /// <summary>Makes a joint loss of given parts.</summary>
    /// <param name="parts">The parts, at least one, with distinct names. The joint loss takes them over.</param>
    /// <exception cref="ArgumentException">There is no part, a weight is negative or not finite, or a name occurs twice.</exception>
    public JointLoss(params IReadOnlyList<JointLossPart> parts) : base(nameof(JointLoss), Reduction.Mean)
    {
        if (parts.Count == 0) throw new ArgumentException("A joint loss needs at least one part.", nameof(parts));
        foreach (var part in parts)
        {
            Check.Range(part.Weight, 0, double.PositiveInfinity, nameof(parts));
            if (parts.Count(other => other.Name == part.Name) > 1)
                throw new ArgumentException($"Two parts are called '{part.Name}'; names must differ.", nameof(parts));
            register_module(part.Name, part.Loss);
        }
        _parts = [.. parts];
    }

    /// <summary>The parts in their order, with their present weights.</summary>
    public IReadOnlyList<JointLossPart> Parts => _parts;

    /// <summary>Gives a part another weight, as schedules do.</summary>
    /// <param name="part">The name of the part.</param>
    /// <param name="weight">The weight, at least 0.</param>
    /// <exception cref="ArgumentException">There is no such part.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative or not finite.</exception>
    public void SetWeight(string part, double weight)
    {
        Check.Range(weight, 0, double.PositiveInfinity, nameof(weight));
        int index = Array.FindIndex(_parts, candidate => candidate.Name == part);
        if (index < 0) throw new ArgumentException($"There is no part '{part}'; {NearNames.HintWithList(part, [.. _parts.Select(p => p.Name)])}.", nameof(part));
        _parts[index] = _parts[index] with { Weight = weight };
    }

    /// <summary>Reads an expression, checks it and makes its losses.</summary>
    /// <param name="expression">The expression, for instance <c>softmax + 0.01 center(rate: 0.5)</c>.</param>
    /// <param name="context">The number of classes and features, and the seed.</param>
    /// <param name="catalog">The losses that can be named; null means those of the library.</param>
    /// <exception cref="LossExpressionException">The expression is wrong; the message shows where and says what would fit.</exception>
    public static JointLoss Parse(string expression, LossContext context, LossCatalog? catalog = null) =>
        LossExpression.Parse(expression, catalog).Build(context);

    /// <summary>What the most demanding part requires.</summary>
    public override BatchRequirement Batches => _parts.Select(part => part.Loss.Batches).MaxBy(requirement => requirement.Composition)!;

    /// <summary>Whether all parts accept mixtures.</summary>
    public override bool AcceptsMixtures => _parts.All(part => part.Loss.AcceptsMixtures);

    /// <summary>Whether a part looks at the filter.</summary>
    public override bool ReadsFilter => _parts.Any(part => part.Loss.ReadsFilter);

    /// <summary>The greatest of what the parts need.</summary>
    /// <inheritdoc/>
    public override int LeastDimension(int classes) => _parts.Max(part => part.Loss.LeastDimension(classes));

    /// <summary>Those of the first part that has learned some.</summary>
    public override ClassVectors? LearnedClassVectors() => _parts.Select(part => part.Loss.LearnedClassVectors()).FirstOrDefault(vectors => vectors is not null);

    /// <summary>That of the first part that learns from triplets.</summary>
    public override TripletCriterion? Triplets => _parts.Select(part => part.Loss.Triplets).FirstOrDefault(criterion => criterion is not null);

    /// <summary>Begins the draws of every part anew.</summary>
    /// <inheritdoc/>
    public override void Restart(long seed)
    {
        foreach (var part in _parts) part.Loss.Restart(seed);
    }

    /// <summary>The weighted sum and the value of each part, without weight.</summary>
    /// <param name="embeddings">Floating-point [B, D].</param>
    /// <param name="labels">The class of each row, int64 [B].</param>
    /// <param name="filter">What a dynamic filter made of the batch, for <c>filter</c> and <c>orthogonality</c>; null without one.</param>
    /// <returns>The report; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The tensors do not fit.</exception>
    public JointLossReport Evaluate(Tensor embeddings, Tensor labels, FilterOutput? filter = null)
    {
        Check.Batch(embeddings, labels);
        if (filter is not null) Check.Batch(filter.Pooled, labels);
        using var scope = NewDisposeScope();
        var batch = LossBatch.AtLeastSingle(embeddings, labels) with { Filter = filter };
        var values = Parts.Select(part => part.Loss.ComputeChecked(batch)).ToArray();
        var report = new JointLossReport([.. _parts], Sum(values).MoveToOuterDisposeScope(), stack(values.Select(value => value.detach())).MoveToOuterDisposeScope());
        return report;
    }

    /// <summary>Updates every part.</summary>
    /// <inheritdoc/>
    public override void Update(Tensor embeddings, Tensor labels)
    {
        foreach (var part in Parts) part.Loss.Update(embeddings, labels);
    }

    /// <inheritdoc/>
    protected override Tensor Compute(LossBatch batch) => Sum(Parts.Select(part => part.Loss.ComputeChecked(batch)));

    private Tensor Sum(IEnumerable<Tensor> values) => Parts.Zip(values, (part, value) => value * part.Weight).Aggregate((sum, value) => sum + value);
}
