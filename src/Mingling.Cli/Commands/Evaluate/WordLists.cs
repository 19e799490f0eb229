using Mingling.Cli.Host;
using Mingling.Experiments.Evaluation;

namespace Mingling.Cli.Commands;

/// <summary>The words that <c>--words</c> and <c>--unknown</c> name.</summary>
internal static class WordLists
{
    /// <summary>Reads the lists of <c>--words</c> and <c>--unknown</c>.</summary>
    /// <exception cref="UsageException">A word is on both.</exception>
    public static JudgedWords Read(string? words, string? unknown)
    {
        var asked = new JudgedWords(Names(words), Names(unknown));
        if (asked.Known.FirstOrDefault(asked.Unknown.Contains) is { } both)
            throw new UsageException($"'{both}' is in --words and in --unknown; a word is either known or unknown.");
        return asked;
    }

    /// <summary>Checks that a run can be judged by them on the words that it learned.</summary>
    /// <exception cref="UsageException">A word to recognise is none that the run learned, or one to refuse is.</exception>
    public static void CheckClasses(JudgedWords asked, IReadOnlyList<string> classes)
    {
        if (asked.Known.FirstOrDefault(word => !classes.Contains(word)) is { } strange)
        {
            throw new UsageException($"--words names '{strange}', which the run did not learn; {NearNames.Hint(strange, classes)} "
                + "With --few-shot it can be enrolled.");
        }
        if (asked.Unknown.FirstOrDefault(classes.Contains) is { } learned)
            throw new UsageException($"--unknown names '{learned}', which the run learned; name words that it did not learn.");
    }

    private static string[] Names(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() ?? [];
}
