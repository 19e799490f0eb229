using Mingling.Audio;
using Mingling.Recognition.Inference;
using Mingling.Recognition.Models;

namespace Mingling.Recognition.Streaming;

/// <summary>
/// A model file as a <see cref="CommandSpotter"/> needs it: the trained words and the enrolled ones, with their scores on one scale. Made by
/// <see cref="Recognizer.OpenSpottingModel"/>; serves any number of streams of one thread.
/// </summary>
/// <remarks>
/// Where the model file tells where its words lie, posteriors of commands are lowered by their distance (<see cref="EmbeddingGeometry"/>).
/// Where the model has learned what is no command, the scores are those of <see cref="BackgroundScore"/>.
/// An enrolled word has the score s = 1/(1 + exp(−κ(cos φ − θ))) with the angle φ between the embedding and its nearest prototype, the threshold θ of
/// its enrolment and κ = 12, so that s is 0.5 at the threshold. Where the best enrolled word reaches s ≥ 0.5, the posteriors of the trained
/// words are multiplied by 1 − s; otherwise they stay unchanged, so that streams and clips decide alike.
/// Last, commands with a verifier are looked at once more (<see cref="CommandVerifier"/>).
/// </remarks>
public sealed class SpottingModel : IStreamingModel, IDisposable
{
    private const double Sharpness = 12;
    private readonly ModelCard _card;
    private readonly ModelSession _session;
    private readonly StepSession? _steps;
    private readonly WordSimilarity[] _similarities;
    private readonly WordDistances? _distances;
    private readonly BackgroundScorer? _background;
    private readonly VerifiedScores? _verified;

    /// <exception cref="ModelException">The model cannot be used for streams; see <see cref="Check"/>.</exception>
    internal SpottingModel(ModelGraph graph)
    {
        _card = graph.Card;
        Check(_card);
        Settings = SpotterSettings.FromCard(_card);
        Classes = [.. _card.Classes, .. _card.Enrolled.Select(enrolled => enrolled.Word)];
        WindowSamples = graph.Window.Samples;
        _distances = _card.Geometry is { } geometry ? new WordDistances(_card, geometry) : null;
        _background = _card.Background is { } background ? new BackgroundScorer(_card, background) : null;
        _verified = _card.Verifiers is { } verifiers ? new VerifiedScores(Classes, verifiers) : null;
        _similarities = [.. _card.Enrolled.Select(enrolled => new WordSimilarity(enrolled))];
        _session = new ModelSession(graph, 1);
        _steps = _card.Stream is null ? null : new StepSession(graph);
    }

    /// <summary>What the model file says of the model.</summary>
    public ModelCard Card => _card;

    /// <summary>The settings for this model: thresholds of calibrated and enrolled words, and the interval and span that they hold for.</summary>
    public SpotterSettings Settings { get; }

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

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<float> features, Span<float> posteriors, Span<float> embedding)
    {
        features.CopyTo(_session.Input);
        _session.Run();
        Score(_session.Posteriors, _session.Embeddings, posteriors, embedding);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The model takes whole windows only.</exception>
    public void Step(ReadOnlySpan<float> features, Span<float> state, Span<float> posteriors, Span<float> embedding)
    {
        if (_steps is null) throw new InvalidOperationException("The model takes whole windows only; call Run.");
        _steps.Run(features, state);
        Score(_steps.Posteriors, _steps.Embedding, posteriors, embedding);
    }

    /// <summary>From the outputs of the graph to the scores of all words.</summary>
    private void Score(ReadOnlySpan<float> scores, ReadOnlySpan<float> pooled, Span<float> posteriors, Span<float> embedding)
    {
        pooled.CopyTo(embedding);
        scores.CopyTo(posteriors);
        _distances?.Apply(embedding, posteriors);
        _background?.Apply(posteriors);
        AddEnrolled(embedding, posteriors);
        _verified?.Apply(embedding, posteriors);
    }

    private void AddEnrolled(ReadOnlySpan<float> embedding, Span<float> posteriors)
    {
        float largest = 0;
        bool isAccepted = false;
        for (int i = 0; i < _similarities.Length; i++)
        {
            double similar = _similarities[i].Measure(embedding);
            float score = (float)(1 / (1 + Math.Exp(-Sharpness * (similar - _card.Enrolled[i].Threshold))));
            posteriors[_card.Classes.Count + i] = score;
            largest = Math.Max(largest, score);
            isAccepted |= similar >= _card.Enrolled[i].Threshold;
        }

        // An enrolled word below its threshold does not change the others, as with clips.
        if (!isAccepted) return;
        foreach (ref float posterior in posteriors[.._card.Classes.Count]) posterior *= 1 - largest;
    }

    /// <exception cref="ModelException">
    /// The graph takes samples, so that each window would compute all features again, or the front end is PCEN, whose features depend on all
    /// sound before the window.
    /// </exception>
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
