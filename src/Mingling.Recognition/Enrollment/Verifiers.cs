using Mingling.Recognition.Models;

namespace Mingling.Recognition.Enrollment;

/// <summary>Sets and removes the verifiers of a card; the card itself stays as it was.</summary>
public static class Verifiers
{
    /// <summary>
    /// The card with verifiers, in place of those that their words had. Calibrated thresholds of these words, which were measured without them,
    /// go; calibrate anew.
    /// </summary>
    /// <param name="card">The card.</param>
    /// <param name="verifiers">The verifiers.</param>
    /// <exception cref="ArgumentException">One is of a word that is no command of the model.</exception>
    public static ModelCard Set(ModelCard card, IReadOnlyList<CommandVerifier> verifiers)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(verifiers);
        foreach (var verifier in verifiers) CheckCommand(card, verifier.Word);
        var words = verifiers.Select(verifier => verifier.Word).ToHashSet(StringComparer.Ordinal);
        return WithoutThresholds(card, words) with { Verifiers = [.. (card.Verifiers ?? []).Where(verifier => !words.Contains(verifier.Word)), .. verifiers] };
    }

    /// <summary>The card without the verifier of a word, if it had one.</summary>
    /// <param name="card">The card.</param>
    /// <param name="word">The word.</param>
    public static ModelCard Remove(ModelCard card, string word)
    {
        ArgumentNullException.ThrowIfNull(card);
        CommandVerifier[] left = [.. (card.Verifiers ?? []).Where(verifier => verifier.Word != word)];
        return card with { Verifiers = left.Length == 0 ? null : left };
    }

    private static ModelCard WithoutThresholds(ModelCard card, HashSet<string> words) => card.Calibration is { } calibration
        ? card with { Calibration = calibration with { Commands = [.. calibration.Commands.Where(threshold => !words.Contains(threshold.Command))] } }
        : card;

    /// <exception cref="ArgumentException">The word is no command of the model.</exception>
    internal static void CheckCommand(ModelCard card, string word)
    {
        string[] commands = [.. card.Classes.Concat(card.Enrolled.Select(enrolled => enrolled.Word)).Where(Vocabulary.IsCommand)];
        if (commands.Contains(word, StringComparer.Ordinal)) return;
        throw new ArgumentException($"'{word}' is no command of the model, which has {(commands.Length == 0 ? "none" : string.Join(", ", commands))}.");
    }
}
