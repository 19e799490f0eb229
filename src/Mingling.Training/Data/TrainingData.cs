using Mingling.Corpora;

namespace Mingling.Training.Data;

/// <summary>The recordings of a training, decoded at the front end's rate.</summary>
/// <param name="Classes">The class names; every clip's label is one of them.</param>
/// <param name="Train">Clips to learn from.</param>
/// <param name="Validation">Clips to measure on after each epoch; may be empty.</param>
/// <param name="Noise">Noise recordings to mix in; empty means noise made by the trainer.</param>
public sealed record TrainingData(
    IReadOnlyList<string> Classes, IReadOnlyList<LoadedClip> Train, IReadOnlyList<LoadedClip> Validation, IReadOnlyList<float[]> Noise)
{
    /// <summary>Sound in which no command is said, each recording as long as it is. Default empty: what the trainer makes of the commands.</summary>
    public IReadOnlyList<float[]> Negatives { get; init; } = [];

    /// <summary>The names of the first of <see cref="Negatives"/>, those that were given; the others are made.</summary>
    internal IReadOnlyList<string> NegativeNames { get; init; } = [];

    /// <summary>The same with the class <c>_unknown_</c>, which windows without a command learn.</summary>
    internal TrainingData WithUnknown() => Classes.Contains(CorpusClip.UnknownLabel)
        ? this
        : this with { Classes = [.. Classes.Append(CorpusClip.UnknownLabel).Order(StringComparer.Ordinal)] };
}
