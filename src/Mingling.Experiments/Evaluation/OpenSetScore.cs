using System.Text.Json.Serialization;

namespace Mingling.Experiments.Evaluation;

/// <summary>How well one way of scoring recognises known words and refuses unknown ones.</summary>
public sealed record OpenSetScore
{
    /// <summary>The name of the way of scoring: <c>enrolled</c>, <c>class-mean</c>, <c>knn</c> or <c>softmax</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The share of known clips given the right word, all accepted.</summary>
    public required Estimate Accuracy { get; init; }

    /// <summary>The area under the curve of known against unknown clips; null where there are no unknown words.</summary>
    public Estimate? Auroc { get; init; }

    /// <summary>The equal error rate; null where there are no unknown words.</summary>
    public Estimate? Eer { get; init; }

    /// <summary>
    /// The share of known clips rejected at each false-acceptance rate of <see cref="OpenSetFigures.Rates"/>; null where there are no
    /// unknown words.
    /// </summary>
    public IReadOnlyDictionary<double, Estimate>? Frr { get; init; }

    /// <summary>The share of known clips both right and accepted at 5 % false acceptances; null where there are no unknown words.</summary>
    public Estimate? AccuracyAtFar5 { get; init; }

    /// <summary>The figures of each repetition in order: with equal clips, options and seed those of two models can be paired.</summary>
    [JsonIgnore]
    public IReadOnlyList<OpenSetFigures> Repetitions { get; init; } = [];

    /// <summary>The means over repetitions.</summary>
    internal static OpenSetScore OfRepetitions(string name, IReadOnlyList<OpenSetFigures> figures) =>
        Average(name, figures, figure => Estimate.OfMean([.. figures.Select(figure)])) with { Repetitions = figures };

    /// <summary>One measurement with the intervals of its bootstrap replicates.</summary>
    internal static OpenSetScore OfReplicates(string name, OpenSetFigures measured, IReadOnlyList<OpenSetFigures> replicates) =>
        Average(name, [measured], figure => Estimate.OfReplicates(figure(measured), [.. replicates.Select(figure)]));

    private static OpenSetScore Average(string name, IReadOnlyList<OpenSetFigures> figures, Func<Func<OpenSetFigures, double>, Estimate> estimate)
    {
        var score = new OpenSetScore { Name = name, Accuracy = estimate(f => f.Accuracy) };
        return figures[0].Refusal is null ? score : score with
        {
            Auroc = estimate(f => f.Refusal!.Auroc),
            Eer = estimate(f => f.Refusal!.Eer),
            Frr = OpenSetFigures.Rates.ToDictionary(rate => rate, rate => estimate(f => f.Refusal!.Frr[rate])),
            AccuracyAtFar5 = estimate(f => f.Refusal!.AccuracyAtFar5),
        };
    }
}
