using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Mingling.Audio;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming.Decisions;
using Mingling.Recognition.Streaming.Sources;

namespace Mingling.Recognition.Streaming;

/// <summary>
/// Detects commands in a stream: samples of any rate in pieces of any size in, events out. How the samples are cut into pieces does not change
/// the result. Allocates nothing per frame; an event is an object. One spotter for each stream, for one thread at a time.
/// <see cref="Recognizer.OpenStream"/> makes one for a model file.
/// </summary>
/// <example>
/// <code>
/// using var spotter = recognizer.OpenStream(sampleRate: 48_000);
/// spotter.Push(samples);
/// while (spotter.TryRead(out var heard)) Console.WriteLine($"{heard.Time:0.00} {heard.Word}");
/// </code>
/// </example>
public sealed class CommandSpotter : IDisposable
{
    private const int LongestRead = 4096;
    private readonly PosteriorStream _posteriors;
    private readonly DecisionStage _decisions;
    private readonly CommandThreshold[] _thresholds;
    private readonly Queue<CommandEvent> _events = new();
    private readonly SpottingModel? _owned;

    /// <summary>
    /// Prepares a spotter for a model of one's own, or for one more stream of a <see cref="SpottingModel"/> that several streams share; its
    /// thresholds are in <see cref="SpottingModel.Settings"/>.
    /// </summary>
    /// <inheritdoc cref="PosteriorStream(IPosteriorModel, int, SpotterSettings, PosteriorHandler)"/>
    /// <param name="model">The model; several spotters may share one that allows it (<see cref="IPosteriorModel"/>). It stays the caller's.</param>
    /// <param name="sampleRate">The rate (Hz) of the samples that will be pushed, within <see cref="SampleRates"/>. There is no default, because a wrong rate cannot be detected: the spotter would only detect nothing.</param>
    /// <param name="settings">Interval, thresholds and gate. The thresholds of the model file are in them or are not used.</param>
    public CommandSpotter(IPosteriorModel model, int sampleRate, SpotterSettings settings)
    {
        _posteriors = new PosteriorStream(model, sampleRate, settings, Decide);
        _decisions = new DecisionStage(model.Classes, settings.Decision, _posteriors.HopMs, _posteriors.WindowMs);
        _thresholds = [.. model.Classes.Select(settings.Decision.For)];
        Settings = settings;
    }

    /// <summary>A spotter that disposes its model.</summary>
    internal CommandSpotter(int sampleRate, SpotterSettings settings, SpottingModel owned)
        : this(owned, sampleRate, settings) => _owned = owned;

    /// <summary>Interval, thresholds and gate.</summary>
    public SpotterSettings Settings { get; }

    /// <summary>The rate of the samples (Hz).</summary>
    public int SampleRate => _posteriors.SampleRate;

    /// <summary>How much sound was pushed, in seconds.</summary>
    public double Duration => _posteriors.Duration;

    /// <summary>The time between two windows in milliseconds.</summary>
    internal double HopMs => _posteriors.HopMs;

    /// <summary>How often the model was evaluated.</summary>
    public long Evaluations => _posteriors.Evaluations;

    /// <summary>Sees what the stream computes on the way to its decisions; null (default) for none.</summary>
    public IStreamObserver? Observer
    {
        get => _posteriors.Observer;
        set => _posteriors.Observer = value;
    }

    /// <summary>Adds the next samples.</summary>
    /// <inheritdoc cref="PosteriorStream.Push"/>
    public void Push(ReadOnlySpan<float> samples) => _posteriors.Push(samples);

    /// <summary>Adds a clip as the next samples.</summary>
    /// <param name="clip">A clip of the stream's rate.</param>
    /// <exception cref="SampleStreamException">The clip has another rate, or a sample that is not finite or is beyond ±256.</exception>
    /// <exception cref="InvalidOperationException">The stream was completed.</exception>
    public void Push(AudioClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        CheckRate(clip.SampleRate);
        Push(clip.Samples);
    }

    /// <summary>Removes the next event from the queue.</summary>
    /// <param name="heard">The event, where there is one.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryRead([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out CommandEvent? heard) => _events.TryDequeue(out heard);

    /// <summary>Ends the stream: adds the tail (<see cref="SpotterSettings.TailMs"/>) and evaluates the remaining windows.</summary>
    public void Complete() => _posteriors.Complete();

    /// <summary>Begins a new stream; discards samples, decisions and unread events.</summary>
    public void Reset()
    {
        _posteriors.Reset();
        _decisions.Reset();
        _events.Clear();
    }

    /// <summary>Detects the commands of a source until it ends.</summary>
    /// <param name="source">The source, of the stream's rate; it continues what was pushed before.</param>
    /// <param name="cancellationToken">Stops listening, also while the source waits for sound; it is not to be used for another reader then.</param>
    /// <returns>The events, each as soon as it is decided. Where the source breaks off, the events before that come first, then the exception.</returns>
    /// <exception cref="SampleStreamException">The source has another rate, broke off, or holds a sample that is not finite or is beyond ±256.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async IAsyncEnumerable<CommandEvent> ListenAsync(
        ISampleSource source, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        CheckRate(source.SampleRate);
        float[] buffer = new float[LongestRead];
        ExceptionDispatchInfo? broken = null;
        while (broken is null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = 0;
            try
            {
                read = await ReadAsync(source, buffer, cancellationToken).ConfigureAwait(false);
            }
            catch (SampleStreamException e)
            {
                // The windows before the break are still to be evaluated.
                broken = ExceptionDispatchInfo.Capture(e);
            }

            if (read == 0) break;
            Push(buffer.AsSpan(0, read));
            while (TryRead(out var heard)) yield return heard;
        }

        Complete();
        while (TryRead(out var heard)) yield return heard;
        broken?.Throw();
    }

    /// <summary>Frees the model where the spotter was made by <see cref="Recognizer.OpenStream"/>; a model that the caller gave stays open.</summary>
    public void Dispose() => _owned?.Dispose();

    private async ValueTask<int> ReadAsync(ISampleSource source, float[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            if (!cancellationToken.CanBeCanceled) return await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            // A source may neither look at its token nor give its thread back; what it reads later is for nobody.
            var read = Task.Run(() => source.ReadAsync(buffer, cancellationToken).AsTask(), CancellationToken.None);
            return await read.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new SampleStreamException($"The stream broke off after {Duration:0.00} s: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private void CheckRate(int rate)
    {
        if (rate != SampleRate)
            throw new SampleStreamException($"The sound has {rate} Hz where the stream was said to have {SampleRate}; state the rate that it has.");
    }

    private void Decide(PosteriorStep step, ReadOnlySpan<float> posteriors, ReadOnlySpan<float> embedding)
    {
        if (!_decisions.TryDecide(posteriors, out var decision)) return;
        var threshold = _thresholds[decision.Class];
        (double start, double end) = _posteriors.LoudestStretch();
        _events.Enqueue(new CommandEvent(
            threshold.Command, step.Time, start, Math.Min(end, step.Time), decision.Score, threshold.FalseAlarmsPerHour));
    }
}
