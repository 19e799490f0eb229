using System.Diagnostics;
using Mingling.Audio;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Sources;
using Mingling.Serving.Models;
using Mingling.Serving.Sound;

namespace Mingling.Serving.Streams;

/// <summary>
/// A stream of one client: samples in, commands out, as <see cref="CommandSpotter"/> detects them, by all models that have a wanted word. Keeps
/// to the model that it began with until that is replaced and <see cref="CommandModelsOptions.SwitchAfter"/> is over; then, between two pieces, it
/// ends the former stream, whose last events still come, and goes on with the new model. One for each stream, for one thread at a time.
/// </summary>
public sealed class CommandStream : IDisposable
{
    private const int LongestShownName = 100;

    private readonly CommandModels _models;
    private readonly Queue<CommandEvent> _events = new();
    private readonly List<CommandEvent> _found = [];
    private Ear?[] _ears = [];
    private ModelSet _set;
    private HashSet<string>? _words;
    private IReadOnlyList<string>? _names;
    private long _received;
    private bool _isComplete, _isDisposed;

    /// <summary>Begins a stream.</summary>
    /// <param name="models">The models.</param>
    /// <param name="sampleRate">The rate of the samples (Hz), within <see cref="SampleRates"/>.</param>
    /// <param name="words">The commands to detect, at least one of them known; null for all. Case, blanks and underscores do not matter.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    /// <exception cref="ServingException">No model has any of the words.</exception>
    /// <exception cref="ObjectDisposedException">The models were disposed.</exception>
    public CommandStream(CommandModels models, int sampleRate, IReadOnlyList<string>? words = null)
    {
        ArgumentNullException.ThrowIfNull(models);
        if (!SampleRates.Include(sampleRate)) throw new ArgumentOutOfRangeException(nameof(sampleRate), sampleRate, $"A stream has a rate of {SampleRates.Range}.");
        (_models, SampleRate, _set) = (models, sampleRate, models.Set);
        Detect(words);
        models.Metrics?.StreamOpened();
    }

    /// <summary>The rate of the samples (Hz).</summary>
    public int SampleRate { get; }

    /// <summary>How much sound was pushed, in seconds.</summary>
    public double Duration => (double)_received / SampleRate;

    /// <summary>Chooses the commands to detect from now on, and switches to models that were replaced.</summary>
    /// <param name="words">The commands, at least one of them known; null for all. Case, blanks and underscores do not matter.</param>
    /// <exception cref="ServingException">No model has any of the words; the stream detects what it did before.</exception>
    public void Detect(IReadOnlyList<string>? words)
    {
        var set = _models.Lease();
        try
        {
            var chosen = Choose(set, words);
            (_set, _names, _words) = (set, words, chosen);
            Arrange();
        }
        finally
        {
            set.Release();
        }
    }

    /// <summary>Adds the next samples.</summary>
    /// <param name="samples">Any number of samples at <see cref="SampleRate"/>, in −1…1.</param>
    /// <exception cref="SampleStreamException">A sample is not finite or is beyond ±256.</exception>
    /// <exception cref="ModelException">The model gives no numbers for this sound.</exception>
    /// <exception cref="ServingException">The model was replaced by one that has none of the words.</exception>
    /// <exception cref="InvalidOperationException">The stream was completed.</exception>
    public void Push(ReadOnlySpan<float> samples)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_isComplete) throw new InvalidOperationException("The stream is complete; begin another one.");
        SwitchIfDue();
        bool isCounted = _models.Metrics?.CountsWork == true;
        long began = isCounted ? Stopwatch.GetTimestamp() : 0;
        foreach (var ear in _ears) ear?.Spotter.Push(samples);
        _received += samples.Length;
        Collect();
        _models.Metrics?.Received((double)samples.Length / SampleRate);
        if (isCounted) _models.Metrics!.Worked(Stopwatch.GetElapsedTime(began));
    }

    /// <summary>Ends the stream; the last commands can be read after it.</summary>
    public void Complete()
    {
        if (_isComplete || _isDisposed) return;
        _isComplete = true;
        foreach (var ear in _ears) ear?.Spotter.Complete();
        Collect();
    }

    /// <summary>Removes the next command from the queue. Times are in seconds since the stream began.</summary>
    /// <param name="heard">The command, where there is one.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryRead([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out CommandEvent? heard) => _events.TryDequeue(out heard);

    /// <summary>Gives the models back.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        foreach (var ear in _ears) ear?.Model.Shared.Release();
        _models.Metrics?.StreamClosed();
    }

    /// <summary>Checks that words could be detected, without a stream.</summary>
    /// <exception cref="ServingException">No model has any of the words.</exception>
    internal static void Check(CommandModels models, IReadOnlyList<string>? words) => Choose(models.Set, words);

    private static HashSet<string>? Choose(ModelSet set, IReadOnlyList<string>? names)
    {
        if (names is null) return null;
        HashSet<string> words = [.. names.Select(set.Find).OfType<string>()];
        if (words.Count > 0) return words;
        string first = names.Count > 0 ? names[0] : "";
        if (first.Length > LongestShownName) throw new ServingException($"there is no word '{first[..LongestShownName]}…'; there are {string.Join(", ", set.Words)}.");
        throw new ServingException($"there is no word '{first}'; {NearNames.Hint(first, [.. set.Words])}");
    }

    private void SwitchIfDue()
    {
        if (_set == _models.Set || _models.SwitchAfterMs < 0 || Environment.TickCount64 - _models.Set.ChangedAt < _models.SwitchAfterMs) return;
        Detect(_names);
    }

    /// <summary>Opens a spotter for each model that has a wanted word, and closes those of other models; the present set is leased meanwhile.</summary>
    private void Arrange()
    {
        var ears = new Ear?[_set.Models.Count];
        for (int i = 0; i < ears.Length; i++)
        {
            var model = _set.Models[i];
            var former = i < _ears.Length ? _ears[i] : null;
            bool isWanted = _words is null || model.Words.Any(_words.Contains);
            if (former is not null && former.Model == model && isWanted)
            {
                ears[i] = former;
                continue;
            }
            if (former is not null) Close(former);
            if (isWanted) ears[i] = Open(model);
        }
        _ears = ears;
        Order();
    }

    private Ear Open(LoadedModel model)
    {
        // The set is leased, so that nobody can have given the model back.
        model.Shared.TryShare();
        int rate = UsableRate.Nearest(SampleRate, model.Card.Features.SampleRate);
        try
        {
            return new Ear(model, new CommandSpotter(model.Shared, rate, model.Settings), (double)rate / SampleRate, Duration);
        }
        catch
        {
            model.Shared.Release();
            throw;
        }
    }

    private void Close(Ear ear)
    {
        ear.Spotter.Complete();
        Collect(ear);
        ear.Model.Shared.Release();
    }

    private void Collect()
    {
        foreach (var ear in _ears)
            if (ear is not null) Collect(ear);
        Order();
    }

    private void Collect(Ear ear)
    {
        while (ear.Spotter.TryRead(out var heard))
        {
            if (_words?.Contains(heard.Word) == false) continue;
            _found.Add(ear.InStream(heard));
            _models.Metrics?.Detected(heard.Word, ear.Model.Name);
        }
    }

    /// <summary>Puts what several models found in the order of time.</summary>
    private void Order()
    {
        if (_found.Count == 0) return;
        foreach (var heard in _found.OrderBy(heard => heard.Time)) _events.Enqueue(heard);
        _found.Clear();
    }

    /// <summary>A spotter, and how its time becomes that of the stream.</summary>
    private sealed record Ear(LoadedModel Model, CommandSpotter Spotter, double Scale, double Offset)
    {
        public CommandEvent InStream(CommandEvent heard) => Scale == 1 && Offset == 0
            ? heard
            : heard with { Time = At(heard.Time), Start = At(heard.Start), End = At(heard.End) };

        private double At(double seconds) => Offset + (seconds * Scale);
    }
}
