namespace Mingling.MetricLearning.Evaluation;

/// <summary>How many queries were given the right class.</summary>
/// <param name="Right">The number of queries given their own class.</param>
/// <param name="Queries">The number of queries that could be right.</param>
/// <param name="LeftOut">The number of queries left out because nothing to compare with is of their class.</param>
public sealed record ClassificationAccuracy(int Right, int Queries, int LeftOut)
{
    /// <summary>The share of right queries, 0 … 1; null where there was none.</summary>
    public double? Share => Queries == 0 ? null : (double)Right / Queries;

    internal static ClassificationAccuracy Count(QueryOutcome[] outcomes) => new(
        outcomes.Count(o => o == QueryOutcome.Right),
        outcomes.Count(o => o != QueryOutcome.LeftOut),
        outcomes.Count(o => o == QueryOutcome.LeftOut));
}

/// <summary>What became of one query.</summary>
internal enum QueryOutcome
{
    LeftOut,
    Wrong,
    Right,
}
