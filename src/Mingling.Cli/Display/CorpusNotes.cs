using Mingling.Training;

namespace Mingling.Cli.Display;

/// <summary>What a user should know about a corpus before it is used, on the error output.</summary>
internal static class CorpusNotes
{
    private const int Named = 5;

    public static void Print(PreparedCorpus prepared)
    {
        foreach (string warning in prepared.Splits.Warnings) CommandLine.Complain($"note: {warning}");
        if (prepared.Problems.Count == 0) return;
        CommandLine.Complain($"note: {prepared.Problems.Count} of the recordings cannot be used and are skipped ('mingling corpus inspect' names all):");
        foreach (var problem in prepared.Problems.Take(Named)) Console.Error.WriteLine($"  {problem}");
    }
}
