using Mingling.Corpora;
using Mingling.Recognition.Models;

namespace Mingling.Training.Export;

/// <summary>How a model is exported.</summary>
public sealed record ExportOptions
{
    /// <summary>What the graph takes. Default: features, which the recogniser computes bit for bit as the training did.</summary>
    public ModelInput Input { get; init; } = ModelInput.Features;

    /// <summary>Whether weights and activations become 8-bit integers. Default: no. Needs <see cref="Calibration"/>.</summary>
    public bool Int8 { get; init; }

    /// <summary>
    /// Clips that decide the scales of the integers, at the model's rate; 100 to 500 with all words are enough. Default: none.
    /// </summary>
    public IReadOnlyList<LoadedClip> Calibration { get; init; } = [];

    /// <summary>
    /// Clips that the exported model is compared on, at the model's rate, best those that it did not learn from. Default: none, which
    /// means sound made for the purpose, and no figures of accuracy.
    /// </summary>
    public IReadOnlyList<LoadedClip> Check { get; init; } = [];

    /// <summary>
    /// Clips of the words, at the model's rate, that tell the card where each word lies, for new words to be compared with. Default: none,
    /// which leaves <see cref="ModelCard.Prototypes"/> empty.
    /// </summary>
    public IReadOnlyList<LoadedClip> Examples { get; init; } = [];

    /// <summary>Embeddings of words that are no commands, for the card (<see cref="ModelCard.Cohort"/>). Default: none.</summary>
    public IReadOnlyList<float[]> Cohort { get; init; } = [];

    /// <summary>What the card says of the training.</summary>
    public TrainingNote Training { get; init; } = new();
}
