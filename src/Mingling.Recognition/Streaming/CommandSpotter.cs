using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Mingling.Audio;

namespace Mingling.Recognition.Streaming;

/// <summary>
/// Hears commands in a stream: samples of any rate in pieces of any size in, events out. What is found does not depend on how the pieces
/// are cut. Allocates nothing per frame; an event is an object. For one thread at a time; one spotter for each stream.
/// </summary>
/// <example>
/// <code>
/// var spotter = new CommandSpotter(model, sampleRate: 48000);
/// spotter.Push(samples);
/// while (spotter.TryRead(out var heard)) Console.WriteLine($"{heard.Time:0.00} {heard.Word}");
/// </code>
/// </example>
public sealed class CommandSpotter
{
    private const int LongestRead = 4096;
    private readonly PosteriorStream _posteriors;
    private readonly DecisionStage _decisions;
    private readonly CommandThreshold[] _thresholds;
    private readonly Queue<CommandEvent> _events = new();

    /// <summary>Prepares a spotter.</summary>
    /// <inheritdoc cref="PosteriorStream(IPosteriorModel, int, SpotterSettings, PosteriorHandler)"/>
    /// <param name="model">The model; several spotters may share one that bears it.</param>
    /// <param name="sampleRate">The rate (Hz) of the samples that will be pushed, 1000 to 384,000; must be stated, because samples of another rate are nonsense that nobody can tell from sound.</param>
    /// <param name="settings">Pace, thresholds and gate; null means the defaults.</param>
    public CommandSpotter(IPosteriorModel model, int sampleRate, SpotterSettings? settings = null)
    {
        settings ??= new SpotterSettings();
        _posteriors = new PosteriorStream(model, sampleRate, settings, Decide);
        _decisions = new DecisionStage(model.Classes, settings.Decision, _posteriors.HopMs, _posteriors.WindowMs);
        _thresholds = [.. model.Classes.Select(settings.Decision.For)];
    }

    /// <summary>The rate of the samples (Hz).</summary>
    public int SampleRate => _posteriors.SampleRate;

    /// <summary>How much sound was pushed, in seconds.</summary>
    public double Duration => _posteriors.Duration;

    /// <summary>How often the model was asked.</summary>
    public long Evaluations => _posteriors.Evaluations;

    /// <summary>Takes the next samples.</summary>
    /// <inheritdoc cref="PosteriorStream.Push"/>
    public void Push(ReadOnlySpan<float> samples) => _posteriors.Push(samples);

    /// <summary>Takes a clip as the next samples.</summary>
    /// <param name="clip">A clip of the stream's rate.</param>
    /// <exception cref="SampleStreamException">The clip has another rate, or samples that are no sound.</exception>
    /// <exception cref="InvalidOperationException">The stream was completed.</exception>
    public void Push(AudioClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        CheckRate(clip.SampleRate);
        Push(clip.Samples);
    }

    /// <summary>Takes the next event from the queue.</summary>
    /// <param name="heard">The event, where there is one.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryRead([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out CommandEvent? heard) => _events.TryDequeue(out heard);

    /// <summary>Says that the stream has ended: judges what is left, with silence behind it.</summary>
    public void Complete() => _posteriors.Complete();

    /// <summary>Begins a new stream; samples, decisions and unread events are forgotten.</summary>
    public void Reset()
    {
        _posteriors.Reset();
        _decisions.Reset();
        _events.Clear();
    }

    /// <summary>Hears a source to its end.</summary>
    /// <param name="source">The source, of the stream's rate; what was pushed before comes before it.</param>
    /// <param name="cancellationToken">Ends the hearing.</param>
    /// <returns>The events, each as soon as it is decided; those of a source that breaks off come before the exception.</returns>
    /// <exception cref="SampleStreamException">The source has another rate, broke off, or holds what is no sound.</exception>
    public async IAsyncEnumerable<CommandEvent> ListenAsync(
        ISampleSource source, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        CheckRate(source.SampleRate);
        float[] buffer = new float[LongestRead];
        ExceptionDispatchInfo? broken = null;
        while (broken is null)
        {
            int read = 0;
            try
            {
                read = await ReadAsync(source, buffer, cancellationToken).ConfigureAwait(false);
            }
            catch (SampleStreamException e)
            {
                // What was said before is still to be heard.
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

    private async ValueTask<int> ReadAsync(ISampleSource source, float[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
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
