using Mingling.Audio;
using Mingling.Recognition.Inference;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;

namespace Mingling.Recognition;

/// <summary>
/// Recognises words with a model file: the word in a clip (<see cref="Recognize(AudioClip)"/>) and commands in a stream
/// (<see cref="OpenStream"/>). Safe for any number of threads at once; they share the weights, and each has memory of its own, which is kept
/// for the next call.
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

    /// <summary>The length of sound that the model takes at once, and the size of its features.</summary>
    public ClipWindow Window => _graph.Window;

    /// <summary>Loads a model, checks that the file is whole and that graph and card agree, and computes once on silence.</summary>
    /// <param name="path">A file made by <c>mingling export</c>.</param>
    /// <param name="options">How to compute; null for the defaults.</param>
    /// <exception cref="ModelException">The file cannot be used; the message says why.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Recognizer Load(string path, RecognizerOptions? options = null) => Load(path, ModelFile.Open(path), options);

    /// <summary>Loads a model from memory, with the same checks, for example a resource of the program.</summary>
    /// <param name="name">What to call the model in messages.</param>
    /// <param name="model">The bytes of a model file; not to be changed while the recogniser is in use.</param>
    /// <param name="options">How to compute; null for the defaults.</param>
    /// <inheritdoc cref="Load(string, RecognizerOptions)" path="/exception"/>
    public static Recognizer Load(string name, byte[] model, RecognizerOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(model);
        return Load(name, SealedModel.Open(name, model), options);
    }

    private static Recognizer Load(string name, SealedModel model, RecognizerOptions? options)
    {
        options ??= new RecognizerOptions();
        if (options.Problems().ToArray() is { Length: > 0 } problems) throw new ArgumentOutOfRangeException(nameof(options), string.Join(" ", problems));
        var recognizer = new Recognizer(new ModelGraph(name, model, new GraphLimits(options.IntraOpThreads, options.LongestLoad, options.LongestRun, options.LargestMemory, options.AllowLoops)));
        try
        {
            recognizer.ComputeOnce(options.LongestLoad);
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
    /// loudest stretch is used; both in the part of the window that counts (<see cref="ClipWindow.Fit"/>). A clip in which nothing can be heard (<see cref="ClipLevel.HasSound"/>) holds
    /// no word, whatever the model makes of it.
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
            return Read(place.Session, 0, ClipLevel.HasSound(samples, SampleRate));
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
            : throw new ModelException($"the clip has {clip.SampleRate} Hz and {_graph.Name} takes {SampleRate} Hz; resample the clip.");
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
            for (int i = 0; i < batch.Length; i++) results.Add(Read(place.Session, i, ClipLevel.HasSound(batch[i], SampleRate)));
        }
        return results;
    }

    /// <summary>
    /// Detects commands in a stream. The thresholds are those of the model file: calibrated ones (<c>mingling calibrate</c>), those of enrolled
    /// words, and the default for all others; interval and smoothing span are those that the calibration holds for.
    /// </summary>
    /// <param name="sampleRate">The rate (Hz) of the samples that will be pushed, within <see cref="SampleRates"/>. There is no default, because a wrong rate cannot be detected: the spotter would only detect nothing.</param>
    /// <param name="adjust">Changes the settings of the model file, for example <c>settings => settings with { Gate = null }</c>; null keeps them.</param>
    /// <returns>A spotter for one stream; the caller disposes it, before or after the recogniser.</returns>
    /// <exception cref="ModelException">The model cannot be used for streams: its graph takes samples instead of features, or its front end is PCEN.</exception>
    /// <exception cref="ArgumentException">The rate or the settings are out of range, or a threshold names no command of the model.</exception>
    /// <exception cref="ObjectDisposedException">The recogniser was disposed.</exception>
    public CommandSpotter OpenStream(int sampleRate, Func<SpotterSettings, SpotterSettings>? adjust = null)
    {
        var model = OpenSpottingModel();
        try
        {
            return new CommandSpotter(sampleRate, adjust is null ? model.Settings : adjust(model.Settings), owned: model);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The model for several streams of one thread, for enrolment, or for posteriors without decisions; the caller disposes it, before or after
    /// the recogniser. For one stream, <see cref="OpenStream"/> does it all.
    /// </summary>
    /// <exception cref="ModelException">The model cannot be used for streams: its graph takes samples instead of features, or its front end is PCEN.</exception>
    /// <exception cref="ObjectDisposedException">The recogniser was disposed.</exception>
    public SpottingModel OpenSpottingModel()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new SpottingModel(_graph);
    }

    /// <summary>The bare model of an encoder for streams, step by step, for one thread; the caller disposes it, before or after the recogniser.</summary>
    /// <exception cref="ModelException">The model takes whole windows only: its card has no <see cref="ModelCard.Stream"/>.</exception>
    /// <exception cref="ObjectDisposedException">The recogniser was disposed.</exception>
    public StepSession OpenStepSession()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new StepSession(_graph);
    }

    /// <summary>The bare model for one thread that computes its own input; the caller disposes it, before or after the recogniser.</summary>
    /// <exception cref="ObjectDisposedException">The recogniser was disposed.</exception>
    public ModelSession OpenSession()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new ModelSession(_graph, 1);
    }

    /// <summary>Closes the recogniser. Calls in progress, sessions and streams keep the model, which is freed with the last of them.</summary>
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

    /// <summary>Computes on silence, and stops what takes too long.</summary>
    private void ComputeOnce(TimeSpan longest)
    {
        var place = Rent();
        try
        {
            place.Write(0, []);
            place.Session.Run(longest);
        }
        catch
        {
            place.Dispose();
            throw;
        }
        Return(place);
    }

    private RecognizedClip Read(ModelSession session, int clip, bool hasSound)
    {
        int classes = Card.Classes.Count, size = Card.EmbeddingSize;
        var posteriors = session.Posteriors.Slice(clip * classes, classes);
        var embedding = session.Embeddings.Slice(clip * size, size);
        var (best, score, accepted, enrolled) = _decision.Decide(posteriors, embedding);
        return new RecognizedClip(hasSound && accepted && Vocabulary.IsCommand(best) ? best : null, best, score, enrolled, posteriors.ToArray(), embedding.ToArray());
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
