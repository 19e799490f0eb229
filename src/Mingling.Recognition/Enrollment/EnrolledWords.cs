using Mingling.Recognition.Models;

namespace Mingling.Recognition.Enrollment;

/// <summary>Adds, removes and renames the enrolled words of a card; the card itself stays as it was.</summary>
public static class EnrolledWords
{
    /// <summary>What outputs for people show where there is no word.</summary>
    private const string NoWord = "–";

    /// <summary>The card with one more word.</summary>
    /// <param name="card">The card.</param>
    /// <param name="word">The word.</param>
    /// <exception cref="ArgumentException">
    /// The name is empty, in underscores, cannot be shown, or is that of a word of the model but for case, blanks and the form of its letters.
    /// </exception>
    public static ModelCard Add(ModelCard card, EnrolledWord word)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(word);
        CheckName(card, word.Word);
        return card with { Enrolled = [.. card.Enrolled, word] };
    }

    /// <summary>The card without a word; its calibrated threshold and its verifier go with it.</summary>
    /// <param name="card">The card.</param>
    /// <param name="word">The word.</param>
    /// <exception cref="ArgumentException">No word of that name was enrolled.</exception>
    public static ModelCard Remove(ModelCard card, string word)
    {
        Find(card, word);
        return Verifiers.Remove(card, word) with
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
    /// <exception cref="ArgumentException">No word of that name was enrolled, or the new name cannot be given (<see cref="Add"/>).</exception>
    public static ModelCard Rename(ModelCard card, string word, string name)
    {
        Find(card, word);
        CheckName(card, name, renamed: word);
        return card with
        {
            Enrolled = [.. card.Enrolled.Select(enrolled => enrolled.Word == word ? enrolled with { Word = name } : enrolled)],
            Verifiers = card.Verifiers is { } verifiers ? [.. verifiers.Select(verifier => verifier.Word == word ? verifier with { Word = name } : verifier)] : null,
            Calibration = card.Calibration is { } calibration
                ? calibration with { Commands = [.. calibration.Commands.Select(threshold => threshold.Command == word ? threshold with { Command = name } : threshold)] }
                : null,
        };
    }

    /// <param name="card">The card.</param>
    /// <param name="name">The new name.</param>
    /// <param name="renamed">The word that gets it instead of its own; null for a new word.</param>
    internal static void CheckName(ModelCard card, string name, string? renamed = null)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new ArgumentException("The word has no name; give it one.");
        string shown = ShownText.OnOneLine(name);
        if (shown != name || name.Contains('\uFFFD')) throw new ArgumentException($"'{shown}' holds characters that cannot be shown or typed; give the word another name.");
        if (name != name.Trim()) throw new ArgumentException($"'{name}' begins or ends with a blank; leave it out.");
        if (name is NoWord) throw new ArgumentException($"'{name}' is the sign for no word; give the word another name.");
        if (!Vocabulary.IsCommand(name)) throw new ArgumentException($"'{name}' is in underscores, which mark what is no command; give the word another name.");
        string key = NameKey.Of(name);
        if (card.Classes.FirstOrDefault(word => NameKey.Of(word) == key) is { } trained) throw new ArgumentException($"The model was trained with a word '{trained}'; give the new one another name.");
        if (card.Enrolled.FirstOrDefault(enrolled => enrolled.Word != renamed && NameKey.Of(enrolled.Word) == key) is { } known)
            throw new ArgumentException($"There is an enrolled word '{known.Word}'; remove it first, or give the new one another name.");
    }

    private static void Find(ModelCard card, string word)
    {
        ArgumentNullException.ThrowIfNull(card);
        if (card.Enrolled.Any(enrolled => enrolled.Word == word)) return;
        string words = card.Enrolled.Count == 0 ? "none is" : string.Join(", ", card.Enrolled.Select(enrolled => $"'{enrolled.Word}'")) + (card.Enrolled.Count == 1 ? " is" : " are");
        throw new ArgumentException($"No word '{word}' is enrolled; {words}.");
    }
}
