using Mingling.Audio;
using Mingling.Recognition.Streaming.Decisions;
using Mingling.Recognition.Streaming.Sources;

namespace Mingling.Recognition.Streaming.Evaluation;

/// <summary>
/// The posteriors of a whole stream, from which decisions at any thresholds can be made without evaluating the model again.
/// </summary>
public sealed class PosteriorTrack
{
    private const int Piece = 1 << 14;

    private readonly List<float> _posteriors = [];
    private readonly List<double> _times = [];
    private readonly List<bool> _isEvaluated = [];

    private PosteriorTrack(IReadOnlyList<string> classes) => Classes = classes;

    /// <summary>The class names, in the order of the posteriors.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The number of windows.</summary>
    public int Steps => _times.Count;

    /// <summary>The time from one window to the next in milliseconds.</summary>
    public double HopMs { get; private init; }

    /// <summary>The model's window in milliseconds.</summary>
    public double WindowMs { get; private init; }

    /// <summary>The length of the stream in seconds.</summary>
    public double Seconds { get; private set; }

    /// <summary>Records the posteriors of a clip, as a stream.</summary>
    /// <param name="model">The model.</param>
    /// <param name="clip">The stream.</param>
    /// <param name="settings">Interval and gate (<see cref="SpottingModel.Settings"/> for a model file); thresholds are not used.</param>
    /// <exception cref="SampleStreamException">A sample is not finite or is beyond ±256.</exception>
    public static PosteriorTrack Record(IPosteriorModel model, AudioClip clip, SpotterSettings settings)
    {
        ArgumentNullException.ThrowIfNull(clip);
        // A clip is in memory, so nothing is waited for.
        return RecordAsync(model, new ClipSource(clip), settings).GetAwaiter().GetResult();
    }

    /// <summary>Records the posteriors of a source until it ends; its samples are not kept.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">The stream.</param>
    /// <param name="settings">Interval and gate (<see cref="SpottingModel.Settings"/> for a model file); thresholds are not used.</param>
    /// <param name="cancellationToken">Stops the recording.</param>
    /// <exception cref="SampleStreamException">A sample is not finite or is beyond ±256, or the stream breaks off.</exception>
    public static async Task<PosteriorTrack> RecordAsync(
        IPosteriorModel model, ISampleSource source, SpotterSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(source);
        PosteriorTrack? track = null;
        var stream = new PosteriorStream(
            model, source.SampleRate, settings, (step, posteriors, _) => track!.Add(step, posteriors));
        track = new PosteriorTrack(model.Classes) { HopMs = stream.HopMs, WindowMs = stream.WindowMs };
        float[] piece = new float[Piece];
        while (await source.ReadAsync(piece, cancellationToken).ConfigureAwait(false) is var read and > 0) stream.Push(piece.AsSpan(0, read));
        stream.Complete();
        track.Seconds = stream.Duration;
        return track;
    }

    /// <summary>The posteriors of a step.</summary>
    /// <param name="step">The number of the step.</param>
    public ReadOnlySpan<float> this[int step] =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_posteriors).Slice(step * Classes.Count, Classes.Count);

    /// <summary>What is detected with these settings: the same as a <see cref="CommandSpotter"/> reports.</summary>
    /// <param name="settings">The decision settings.</param>
    public List<Detection> Detect(DecisionSettings settings)
    {
        var stage = new DecisionStage(Classes, settings, HopMs, WindowMs);
        var detections = new List<Detection>();
        for (int step = 0; step < Steps; step++)
        {
            if (stage.TryDecide(this[step], out var decision))
                detections.Add(new Detection(Classes[decision.Class], _times[step], decision.Score));
        }

        return detections;
    }

    /// <summary>How often a command is detected when all other posteriors are 0.</summary>
    internal int CountAlone(int @class, DecisionSettings settings)
    {
        var stage = new DecisionStage(Classes, settings, HopMs, WindowMs);
        float[] alone = new float[Classes.Count];
        int count = 0;
        for (int step = 0; step < Steps; step++)
        {
            alone[@class] = this[step][@class];
            if (stage.TryDecide(alone, out _)) count++;
        }

        return count;
    }

    /// <summary>When a step was decided, in seconds.</summary>
    internal double TimeOf(int step) => _times[step];

    /// <summary>Whether the model was evaluated in a step.</summary>
    internal bool IsEvaluated(int step) => _isEvaluated[step];

    /// <summary>The first step that was decided at a time or after it.</summary>
    internal int FirstStepFrom(double time)
    {
        int first = 0;
        for (int end = Steps; first < end;)
        {
            int middle = (first + end) / 2;
            if (_times[middle] >= time) end = middle;
            else first = middle + 1;
        }

        return first;
    }

    private void Add(PosteriorStep step, ReadOnlySpan<float> posteriors)
    {
        _times.Add(step.Time);
        _isEvaluated.Add(step.IsEvaluated);
        _posteriors.AddRange(posteriors);
    }
}
