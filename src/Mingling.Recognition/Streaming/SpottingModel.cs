
using Mingling.Audio;
using Mingling.Recognition.Inference;
using Mingling.Recognition.Models;

namespace Mingling.Recognition.Streaming;

/// <summary>
/// An exported model in a stream, for one spotter: its trained words and the words that were enrolled.
/// An enrolled word has the score s = 1/(1 + exp(−κ(cos φ − θ))) with the angle φ of the embedding to its prototype, the threshold θ of
/// its enrolment and κ = 12: one half at the threshold. Where the most similar enrolled word is believed, s ≥ 0.5, the posteriors of the trained
/// words share what it leaves, 1 − s; otherwise they stay as they are, so that streams and clips decide alike.
/// </summary>
public sealed class SpottingModel : IStreamingModel, IDisposable
{
    private const double Sharpness = 12, EnrolledThreshold = 0.5;
    private readonly ModelCard _card;
    private readonly ModelSession _session;
    private readonly StepSession? _steps;
    private readonly float[][] _directions;

    /// <summary>Opens a place at a model.</summary>
    /// <param name="recognizer">The model.</param>
    /// <exception cref="ModelException">The graph takes samples instead of features, so that each window would compute all features anew, or the front end is PCEN, whose features of a window depend on all sound before it.</exception>
    public SpottingModel(Recognizer recognizer)
    {
        ArgumentNullException.ThrowIfNull(recognizer);
        _card = recognizer.Card;
        Check(_card);
        Classes = [.. _card.Classes, .. _card.Enrolled.Select(enrolled => enrolled.Word)];
        WindowSamples = recognizer.Window.Samples;
        _directions = [.. _card.Enrolled.Select(enrolled => Direction.Of(enrolled.Vector))];
        _session = recognizer.OpenSession();
        _steps = recognizer.OpenSteps();
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes { get; }

    /// <inheritdoc/>
    public FeatureSettings Features => _card.Features;

    /// <inheritdoc/>
    public int WindowSamples { get; }

    /// <inheritdoc/>
    public int EmbeddingSize => _card.EmbeddingSize;

    /// <inheritdoc/>
    public int StepFrames => _card.Stream?.Frames ?? 0;

    /// <inheritdoc/>
    public int StateSize => _steps?.StateSize ?? 0;

    /// <summary>The settings that the model was calibrated for, or the defaults; enrolled words that were not calibrated have the threshold of their enrolment.</summary>
    /// <param name="card">The model's card.</param>
    public static SpotterSettings SettingsFor(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var calibrated = card.Calibration?.Commands ?? [];
        var enrolled = card.Enrolled
            .Where(word => !calibrated.Any(threshold => threshold.Command == word.Word))
            .Select(word => new CommandThreshold(word.Word, EnrolledThreshold));
        var defaults = new SpotterSettings();
        return calibrated.Count == 0
            ? defaults with { Decision = defaults.Decision with { Thresholds = [.. enrolled] } }
            : defaults with
            {
                HopMs = card.Calibration!.HopMs,
                Decision = defaults.Decision with
                {
                    SmoothingMs = card.Calibration.SmoothingMs,
                    MaximumMs = Math.Max(defaults.Decision.MaximumMs, card.Calibration.SmoothingMs),
                    Thresholds = [.. calibrated, .. enrolled],
                },
            };
    }

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<float> features, Span<float> posteriors, Span<float> embedding)
    {
        features.CopyTo(_session.Input);
        _session.Run();
        Judge(_session.Posteriors, _session.Embeddings, posteriors, embedding);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The model hears whole windows only.</exception>
    public void Step(ReadOnlySpan<float> features, Span<float> state, Span<float> posteriors, Span<float> embedding)
    {
        if (_steps is null) throw new InvalidOperationException("The model hears whole windows only; call Run.");
        _steps.Run(features, state);
        Judge(_steps.Posteriors, _steps.Embedding, posteriors, embedding);
    }

    /// <summary>Adds the enrolled words to what the graph gave.</summary>
    private void Judge(ReadOnlySpan<float> scores, ReadOnlySpan<float> pooled, Span<float> posteriors, Span<float> embedding)
    {
        pooled.CopyTo(embedding);
        scores.CopyTo(posteriors);
        float largest = 0;
        bool isBelieved = false;
        for (int i = 0; i < _directions.Length; i++)
        {
            double cosine = Direction.Cosine(_directions[i], embedding);
            float score = (float)(1 / (1 + Math.Exp(-Sharpness * (cosine - _card.Enrolled[i].Threshold))));
            posteriors[_card.Classes.Count + i] = score;
            largest = Math.Max(largest, score);
            isBelieved |= cosine >= _card.Enrolled[i].Threshold;
        }

        // A word that is not believed takes nothing from the others, as with clips.
        if (!isBelieved) return;
        foreach (ref float posterior in posteriors[.._card.Classes.Count]) posterior *= 1 - largest;
    }

    internal static void Check(ModelCard card)
    {
        if (card.Input != ModelInput.Features)
            throw new ModelException("this model has the front end within its graph, which a stream cannot use; export it with features as its input.");
        if (card.Features.Compression == FeatureCompression.Pcen)
            throw new ModelException("this model has a front end that normalises energy through time (PCEN), which in a stream remembers what came before the window and so gives other features than with clips; train it with another front end.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _steps?.Dispose();
    }
}
