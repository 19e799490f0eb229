namespace Mingling.Experiments.Comparison;

/// <summary>What a run of a comparison is for.</summary>
public enum JobKind
{
    /// <summary>It learns all words and is judged by them.</summary>
    Main,

    /// <summary>It learns some of the words and is judged by the others, which it has not heard.</summary>
    Probe,
}

/// <summary>One training of a comparison.</summary>
/// <param name="Id">A hash of all that decides its result.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Variant">The loss.</param>
/// <param name="Fold">The fold whose speakers judge it, from 1.</param>
/// <param name="Seed">The seed of its training.</param>
public sealed record ComparisonJob(string Id, JobKind Kind, LossVariant Variant, int Fold, int Seed)
{
    /// <summary>The job in words.</summary>
    public override string ToString() => $"{Variant.Text} · fold {Fold} · seed {Seed}{(Kind == JobKind.Probe ? " · held-out words" : "")}";
}
