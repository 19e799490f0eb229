using Mingling.Corpora;

namespace Mingling.Experiments.Evaluation;

/// <summary>How clips are read for an evaluation, and who is told what is worth knowing.</summary>
public sealed record EvaluationSettings
{
    /// <summary>Whether a recording that cannot be read ends the evaluation; otherwise it is named and left out. Default: false.</summary>
    public bool Strict { get; init; }

    /// <summary>Threads that decode and measure. Range: at least 1. Default: 1. Does not change the result.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Receives notes, one sentence each. Default: nobody.</summary>
    public Action<string> Note { get; init; } = _ => { };

    /// <summary>Receives the recordings that are left out. Default: nobody.</summary>
    public Action<IReadOnlyList<CorpusProblem>> Skipped { get; init; } = _ => { };
}
