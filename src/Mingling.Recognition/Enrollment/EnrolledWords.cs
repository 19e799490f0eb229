using Mingling.Recognition.Models;

namespace Mingling.Recognition.Enrollment;

/// <summary>Adds, removes and renames the enrolled words of a card; the card itself stays as it was.</summary>
public static class EnrolledWords
{
    /// <summary>The card with one more word.</summary>
    /// <param name="card">The card.</param>
    /// <param name="word">The word.</param>
    /// <exception cref="ArgumentException">The name is taken, empty, or in underscores.</exception>
    public static ModelCard Add(ModelCard card, EnrolledWord word)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(word);
        CheckName(card, word.Word);
        return card with { Enrolled = [.. card.Enrolled, word] };
    }

    /// <summary>The card without a word; its calibrated threshold goes with it.</summary>
    /// <param name="card">The card.</param>
    /// <param name="word">The word.</param>
    /// <exception cref="ArgumentException">No word of that name was enrolled.</exception>
    public static ModelCard Remove(ModelCard card, string word)
    {
        Find(card, word);
        return card with
        {
            Enrolled = [.. card.Enrolled.Where(enrolled => enrolled.Word != word)],
            Calibration = card.Calibration is { } calibration
                ? calibration with { Commands = [.. calibration.Commands.Where(threshold => threshold.Command != word)] }
                : null,
        };
    }

    /// <summary>The card with another name for a word.</summary>
    /// <param name="card">The card.</param>
    /// <param name="word">The word.</param>
    /// <param name="name">Its new name.</param>
    /// <exception cref="ArgumentException">No word of that name was enrolled, or the new name is taken, empty, or in underscores.</exception>
    public static ModelCard Rename(ModelCard card, string word, string name)
    {
        Find(card, word);
        CheckName(card, name);
        return card with
        {
            Enrolled = [.. card.Enrolled.Select(enrolled => enrolled.Word == word ? enrolled with { Word = name } : enrolled)],
            Calibration = card.Calibration is { } calibration
                ? calibration with { Commands = [.. calibration.Commands.Select(threshold => threshold.Command == word ? threshold with { Command = name } : threshold)] }
                : null,
        };
    }

    internal static void CheckName(ModelCard card, string name)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new ArgumentException("The word has no name; give it one.");
        if (!Vocabulary.IsCommand(name)) throw new ArgumentException($"'{name}' is in underscores, which mark what is no command; give the word another name.");
        if (card.Classes.Contains(name, StringComparer.Ordinal)) throw new ArgumentException($"The model was trained with a word '{name}'; give the new one another name.");
        if (card.Enrolled.Any(enrolled => enrolled.Word == name)) throw new ArgumentException($"There is an enrolled word '{name}'; remove it first, or give the new one another name.");
    }

    private static void Find(ModelCard card, string word)
    {
        ArgumentNullException.ThrowIfNull(card);
        if (card.Enrolled.Any(enrolled => enrolled.Word == word)) return;
        string words = card.Enrolled.Count == 0 ? "none is" : string.Join(", ", card.Enrolled.Select(enrolled => $"'{enrolled.Word}'")) + (card.Enrolled.Count == 1 ? " is" : " are");
        throw new ArgumentException($"No word '{word}' is enrolled; {words}.");
    }
}
