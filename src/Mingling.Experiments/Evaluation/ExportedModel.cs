using Mingling.Audio;
using Mingling.Recognition;
using Mingling.Training.Models;

namespace Mingling.Experiments.Evaluation;

/// <summary>
/// A model file to be judged by its trained words: the most probable one counts, whatever the thresholds of the card; enrolled words
/// are not asked.
/// </summary>
/// <param name="recognizer">The model; disposed with this.</param>
public sealed class ExportedModel(Recognizer recognizer) : IClipRecognizer
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Classes => recognizer.Card.Classes;

    /// <summary>Embeddings of other words that the model file carries; empty where it carries none.</summary>
    public IReadOnlyList<float[]> Cohort => recognizer.Card.Cohort;

    /// <inheritdoc/>
    public int SampleRate => recognizer.SampleRate;

    /// <inheritdoc/>
    public ClipWindow Window => recognizer.Window;

    /// <inheritdoc/>
    public IReadOnlyList<ClipOutput> Recognize(IReadOnlyList<float[]> clips) =>
        [.. recognizer.RecognizeAll(clips).Select(clip => new ClipOutput(clip.Posteriors, clip.Embedding))];

    /// <inheritdoc/>
    public void Dispose() => recognizer.Dispose();
}
