using Mingling.Cli.Host;
using Mingling.Experiments.Evaluation;

namespace Mingling.Cli.Display;

/// <summary>How the commands read clips for an evaluation: on all cores, with notes on the error output.</summary>
internal static class Reading
{
    /// <param name="strict">Whether a recording that cannot be read ends everything.</param>
    public static EvaluationSettings Settings(bool strict = false) => new()
    {
        Strict = strict,
        Threads = Environment.ProcessorCount,
        Note = sentence => CommandLine.Complain($"note: {sentence}"),
        Skipped = CorpusNotes.Print,
    };
}
