namespace Mingling.Recognition.Models;

/// <summary>Finds everything that is wrong with a card at once.</summary>
internal static class ModelCardCheck
{
    private const int MostValues = 1 << 24, MostPrototypes = 1000;

    /// <summary>One clause for each thing; none where the card can be used.</summary>
    public static IEnumerable<string> Problems(ModelCard card)
    {
        if (card.Format != ModelCard.CurrentFormat) yield return $"its format is {card.Format} instead of {ModelCard.CurrentFormat}";
        if (Front(card) is { } front) yield return front;
        if (card.Scores != "posteriors") yield return $"the scores are {card.Scores} instead of posteriors";
        if (!Enum.IsDefined(card.Head) || !Enum.IsDefined(card.Input)) yield return "the head or the input is of no known kind";
        if (card.Classes.Count < 2) yield return $"there must be at least 2 classes, not {card.Classes.Count}";
        if (card.Classes.Any(string.IsNullOrWhiteSpace)) yield return "a class has no name";
        if (card.Classes.Distinct(StringComparer.Ordinal).Count() != card.Classes.Count) yield return "two classes have the same name";
        bool knowsOthers = card.Cohort.Count > 0;
        if (!knowsOthers && !card.Classes.Any(word => word is not null && Vocabulary.IsCommand(word))) yield return "no class is a command";
        if (card.EmbeddingSize is < 1 or > 65_536) yield return $"the embedding must have 1 to 65,536 values, not {card.EmbeddingSize}";
        foreach (var (word, threshold) in card.Thresholds)
        {
            if (!card.Classes.Contains(word, StringComparer.Ordinal)) yield return $"there is a threshold for '{word}', which is no class";
            if (!(threshold is >= 0 and <= 1)) yield return $"the threshold of '{word}' must be 0 to 1, not {threshold}";
        }
        foreach (var enrolled in card.Enrolled)
            if (Enrolled(enrolled, card) is { } problem) yield return problem;
        foreach (string? twice in Twice(card.Enrolled.Select(enrolled => enrolled?.Word))) yield return $"'{twice}' is enrolled twice";
        foreach (string problem in CommandVerifier.Problems(card, card.Verifiers ?? [])) yield return problem;
        foreach (var (word, prototype) in card.Prototypes)
        {
            if (!card.Classes.Contains(word, StringComparer.Ordinal)) yield return $"there is a prototype of '{word}', which is no class";
            if (Direction(word, prototype, card.EmbeddingSize) is { } problem) yield return problem;
        }
        if (card.Cohort.FirstOrDefault(other => other?.Length != card.EmbeddingSize) is { } odd) yield return $"an embedding of the cohort has {odd.Length} values instead of {card.EmbeddingSize}";
        if (card.Cohort.Any(other => other is null || !other.All(float.IsFinite))) yield return "an embedding of the cohort holds what is no number";
        if (card.Geometry is { } geometry)
            foreach (string problem in geometry.Problems(card)) yield return problem;
        if (card.Background is { } background)
            foreach (string problem in background.Problems(card)) yield return problem;
        if (card.Calibration is { } calibration)
            foreach (string problem in CalibrationCheck.Problems(card, calibration)) yield return problem;
        if (card.Stream is { } steps)
            foreach (string problem in StreamStepsCheck.Problems(card, steps)) yield return problem;
        if (card.Training.Clips < 0 || card.Training.Epochs < 0) yield return "the numbers of clips and of epochs must be 0 or more";
        if (card.Training.ValidationAccuracy is not (null or (>= 0 and <= 1))) yield return $"the accuracy must be 0 to 1, not {card.Training.ValidationAccuracy}";
    }

    /// <summary>The names that come more than once.</summary>
    internal static IEnumerable<string?> Twice(IEnumerable<string?> names) =>
        names.Where(name => name is not null).GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key);

    private static string? Front(ModelCard card)
    {
        if (!(card.WindowSeconds is >= 0.1 and <= 10)) return $"the window must be 0.1 to 10 seconds, not {card.WindowSeconds}";
        try
        {
            card.Features.Validate();
        }
        catch (ArgumentException e)
        {
            return $"the front end cannot be used ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')})";
        }
        if (card.CountedSeconds is { } counted && !(counted > 0 && counted <= card.WindowSeconds))
            return $"what counts of the window must be above 0 and at most the window of {card.WindowSeconds} seconds, not {counted}";
        double frames = card.WindowSeconds * card.Features.SampleRate / card.Features.HopSamples;
        if (frames * card.Features.Bins > MostValues) return "the features of a window would fill too much memory";
        return card.ClipWindow().Frames < 1 ? "the window is shorter than a frame of the front end" : null;
    }

    private static string? Enrolled(EnrolledWord? enrolled, ModelCard card)
    {
        if (enrolled is null) return "an enrolled word is null";
        if (string.IsNullOrWhiteSpace(enrolled.Word)) return "an enrolled word has no name";
        if (!Vocabulary.IsCommand(enrolled.Word)) return $"'{enrolled.Word}' was enrolled, but underscores mark what is no command";
        if (card.Classes.Contains(enrolled.Word, StringComparer.Ordinal)) return $"'{enrolled.Word}' was enrolled, but is a class already";
        if (Direction(enrolled.Word, enrolled.Vector, card.EmbeddingSize) is { } problem) return problem;
        if (enrolled.Prototypes is { Count: 0 or > MostPrototypes }) return $"'{enrolled.Word}' has {enrolled.Prototypes.Count} prototypes instead of 1 to {MostPrototypes}";
        if (enrolled.Prototypes?.Select(prototype => Direction(enrolled.Word, prototype, card.EmbeddingSize)).FirstOrDefault(odd => odd is not null) is { } wrong) return wrong;
        if (enrolled.Count < 1) return $"'{enrolled.Word}' was enrolled from {enrolled.Count} examples instead of at least 1";
        return enrolled.Threshold is >= -1 and <= 1 ? null : $"the threshold of '{enrolled.Word}' must be −1 to 1, not {enrolled.Threshold}";
    }

    private static string? Direction(string word, float[]? prototype, int size)
    {
        if (prototype?.Length != size) return $"the prototype of '{word}' has {prototype?.Length ?? 0} values instead of {size}";
        double power = prototype.Sum(x => (double)x * x);
        return double.IsFinite(power) && power > 0 ? null : $"the prototype of '{word}' has no direction";
    }
}
