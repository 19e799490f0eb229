
using Mingling.Audio;
using Mingling.Recognition.Inference;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;

namespace Mingling.Recognition;

/// <summary>
/// Recognises the word in a clip with an exported model. Safe for any number of threads at once; they share the weights, and each
/// has memory of its own, which is kept for the next call. Needs ONNX Runtime only.
/// </summary>
public sealed class Recognizer : IDisposable
{
    private const int LargestBatch = 32;

    private readonly ModelGraph _graph;
    private readonly WordDecision _decision;
    private readonly ClipFeaturizer _featurizer;
    private readonly Stack<ClipPlace> _places = new();
    private readonly Lock _lock = new();
    private bool _isDisposed;

    private Recognizer(ModelGraph graph)
    {
        _graph = graph;
        _decision = new WordDecision(graph.Card);
        _featurizer = new ClipFeaturizer(graph.Window);
    }

    /// <summary>What the model says of itself.</summary>
    public ModelCard Card => _graph.Card;

    /// <summary>The rate of the samples in hertz.</summary>
    public int SampleRate => Card.Features.SampleRate;

    /// <summary>The stretch of sound that the model hears at once, and its features.</summary>
    public ClipWindow Window => _graph.Window;

    /// <summary>Loads a model, checks that the file is whole and that graph and card agree, and computes once on silence.</summary>
    /// <param name="path">A file made by <c>mingling export</c>.</param>
    /// <param name="options">How to compute; null for the defaults.</param>
    /// <exception cref="ModelException">The file cannot be used; the message says why.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Recognizer Load(string path, RecognizerOptions? options = null) => Load(path, ModelFile.Open(path), options);

    internal static Recognizer Load(string name, SealedModel model, RecognizerOptions? options = null)
    {
        options ??= new RecognizerOptions();
        if (options.IntraOpThreads is < 1 or > 256)
            throw new ArgumentOutOfRangeException(nameof(options), options.IntraOpThreads, "A computation takes 1 to 256 threads.");
        var recognizer = new Recognizer(new ModelGraph(name, model, options));
        try
        {
            recognizer.Recognize([]);
            return recognizer;
        }
        catch
        {
            recognizer.Dispose();
            throw;
        }
    }

    /// <summary>Recognises the word in a clip.</summary>
    /// <param name="samples">
    /// Samples at <see cref="SampleRate"/>, nominally −1…1, of any length: a shorter clip is centred in silence, of a longer one the
    /// loudest stretch is heard.
    /// </param>
    /// <exception cref="ModelException">A sample is not a number, or the samples are far out of range.</exception>
    /// <exception cref="ObjectDisposedException">The recogniser was disposed.</exception>
    public RecognizedClip Recognize(ReadOnlySpan<float> samples)
    {
        CheckNumbers(samples);
        var place = Rent();
        try
        {
            place.Write(0, samples);
            place.Session.Run();
            return Read(place.Session, 0);
        }
        finally
        {
            Return(place);
        }
    }

    /// <summary>Recognises the word in a clip of the model's rate.</summary>
    /// <exception cref="ModelException">The clip has another rate, or a sample is not a number.</exception>
    public RecognizedClip Recognize(AudioClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return clip.SampleRate == SampleRate
            ? Recognize(clip.Samples)
            : throw new ModelException($"the clip has {clip.SampleRate} Hz and {_graph.Name} hears {SampleRate} Hz; resample the clip.");
    }

    /// <summary>Recognises many clips, several in one computation.</summary>
    /// <param name="clips">The samples of each clip.</param>
    /// <returns>One result for each clip, in the same order.</returns>
    /// <exception cref="ModelException">A sample is not a number, or samples are far out of range.</exception>
    public IReadOnlyList<RecognizedClip> RecognizeAll(IReadOnlyList<float[]> clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var results = new List<RecognizedClip>(clips.Count);
        foreach (float[][] batch in clips.Chunk(LargestBatch))
        {
            using var place = new ClipPlace(_graph, _featurizer, batch.Length);
            for (int i = 0; i < batch.Length; i++)
            {
                CheckNumbers(batch[i]);
                place.Write(i, batch[i]);
            }
            place.Session.Run();
            for (int i = 0; i < batch.Length; i++) results.Add(Read(place.Session, i));
        }
        return results;
    }

    /// <summary>A place at the model for one thread that computes its own input, such as a stream; the caller disposes it, before or after the recogniser.</summary>
    /// <exception cref="ObjectDisposedException">The recogniser was disposed.</exception>
    public ModelSession OpenSession()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new ModelSession(_graph, 1);
    }

    /// <summary>The same for a stream that is heard step by step; null where the model hears whole windows only.</summary>
    internal StepSession? OpenSteps()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return Card.Stream is null ? null : new StepSession(_graph);
    }

    /// <summary>Ends the recogniser. Calls that are under way and open sessions still have the model, which is freed with the last of them.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            foreach (var place in _places) place.Dispose();
            _places.Clear();
        }
        _graph.Dispose();
    }

    private RecognizedClip Read(ModelSession session, int clip)
    {
        int classes = Card.Classes.Count, size = Card.EmbeddingSize;
        var posteriors = session.Posteriors.Slice(clip * classes, classes);
        var embedding = session.Embeddings.Slice(clip * size, size);
        var (best, score, believed, enrolled) = _decision.Decide(posteriors, embedding);
        return new RecognizedClip(believed && Vocabulary.IsCommand(best) ? best : null, best, score, enrolled, posteriors.ToArray(), embedding.ToArray());
    }

    private ClipPlace Rent()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_places.TryPop(out var place)) return place;
        }
        return new ClipPlace(_graph, _featurizer, 1);
    }

    private void Return(ClipPlace place)
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _places.Push(place);
                return;
            }
        }
        place.Dispose();
    }

    private static void CheckNumbers(ReadOnlySpan<float> samples)
    {
        if (SampleCheck.FirstWrong(samples) is >= 0 and var wrong)
            throw new ModelException($"sample {wrong} of the clip {SampleCheck.Problem(samples[wrong])}.");
    }
}
