using Mingling.Cli.Host;
using Mingling.Corpora;
using Mingling.Corpora.Inspection;
using Mingling.Training.Data;

namespace Mingling.Cli.Display;

/// <summary>What a user should know about a corpus before it is used, on the error output.</summary>
internal static class CorpusNotes
{
    private const int Named = 5;

    public static void Print(PreparedCorpus prepared, int sampleRate)
    {
        foreach (string warning in prepared.Splits.Warnings) CommandLine.Complain($"note: {warning}");
        var clips = SpeechWindow.Heard([.. prepared.Data.Train, .. prepared.Data.Validation]);
        foreach (var warning in InspectionWarnings.OfSound(clips, sampleRate)) CommandLine.Complain($"note: {warning}");
        Print(prepared.Problems);
    }

    public static void Print(IReadOnlyList<CorpusProblem> problems)
    {
        if (problems.Count == 0) return;
        CommandLine.Complain($"note: skipped what cannot be used, {problems.Count} in all ('mingling corpus inspect' names everything):");
        foreach (var problem in problems.Take(Named)) CommandLine.Continue($"  {problem}");
        if (problems.Count > Named) CommandLine.Continue($"  and {problems.Count - Named} more");
    }
}
