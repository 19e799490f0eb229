using Mingling.Training.Models;

namespace Mingling.Experiments.Evaluation;

/// <summary>Scores by the classifier that the model was trained with: the greatest posterior among the known words.</summary>
internal sealed class SoftmaxScores
{
    private readonly int[] _places;
    private readonly IReadOnlyList<string> _known;

    private SoftmaxScores(IReadOnlyList<string> known, int[] places) => (_known, _places) = (known, places);

    /// <summary>The scores, or why there are none.</summary>
    /// <param name="known">The words to recognise.</param>
    /// <param name="unknown">The words to refuse.</param>
    /// <param name="classes">The words of the posteriors.</param>
    public static (SoftmaxScores? Scores, string? Because) For(
        IReadOnlyList<string> known, IReadOnlyList<string> unknown, IReadOnlyList<string> classes)
    {
        if (classes.Count == 0) return (null, "the classes of the model were not given");
        var index = ClassNumbers.ByName(classes);
        if (known.FirstOrDefault(word => !index.ContainsKey(word)) is { } strange) return (null, $"'{strange}' is no class of the model");
        if (unknown.FirstOrDefault(index.ContainsKey) is { } learned) return (null, $"'{learned}' is unknown here, but a class of the model");
        return (new SoftmaxScores(known, [.. known.Select(word => index[word])]), null);
    }

    /// <summary>Judges a clip; one of an unknown word is never right.</summary>
    public ScoredClip Score(JudgedClip clip)
    {
        int best = _places.MaxBy(place => clip.Output.Posteriors[place]);
        return new ScoredClip(clip.Output.Posteriors[best], _known[Array.IndexOf(_places, best)] == clip.Word);
    }
}
