using Mingling.Recognition;
using Mingling.Recognition.Models;
using Mingling.Serving.Telemetry;

namespace Mingling.Serving.Models;

/// <summary>
/// Model files at work for any number of clips and streams at once. All streams share the weights and a few sessions of the runtime. A file
/// that is replaced is loaded anew, whole or not at all: where it cannot be used, the former model goes on, and <see cref="Problems"/>
/// says why. Safe for any number of threads.
/// </summary>
public sealed class CommandModels : IDisposable
{
    private readonly CommandModelsOptions _options;
    private readonly IModelObserver? _observer;
    private readonly Timer? _timer;
    private readonly Lock _reloading = new();
    private readonly FileStamp[] _stamps, _seen;
    private readonly string?[] _problems;
    private volatile ModelSet _set;
    private bool _isDisposed;

    private CommandModels(ModelSet set, FileStamp[] stamps, CommandModelsOptions options, ServingMetrics? metrics, IModelObserver? observer)
    {
        (_set, _stamps, _seen, _options, Metrics, _observer) = (set, stamps, [.. stamps], options, metrics, observer);
        _problems = new string?[stamps.Length];
        if (options.ReloadInterval == Timeout.InfiniteTimeSpan) return;
        _timer = new Timer(_ => ReloadSettled());
        _timer.Change(options.ReloadInterval, options.ReloadInterval);
    }

    /// <summary>The models in use, in the order of their files.</summary>
    public IReadOnlyList<LoadedModel> Models => _set.Models;

    /// <summary>All commands; each belongs to one model.</summary>
    public IReadOnlyList<string> Words => [.. _set.Words];

    /// <summary>Why replaced files are not in use, each as one sentence; empty where all are.</summary>
    public IReadOnlyList<string> Problems => [.. _problems.OfType<string>()];

    /// <summary>What is counted; null where nothing is.</summary>
    internal ServingMetrics? Metrics { get; }

    internal ModelSet Set => _set;

    /// <summary>How long a stream goes on with a model that was replaced, in milliseconds; −1 is until its end.</summary>
    internal double SwitchAfterMs => _options.SwitchAfter.TotalMilliseconds;

    /// <summary>Loads model files and begins to look after them.</summary>
    /// <param name="paths">At least one model file.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="metrics">Counts; null for none.</param>
    /// <param name="observer">Is told of replaced files; null for nobody.</param>
    /// <exception cref="ModelException">A file cannot be used, has no command, or two have the same word; the message says which.</exception>
    /// <exception cref="ArgumentException">There is no file, one is named twice, or the options are wrong.</exception>
    public static CommandModels Load(IReadOnlyList<string> paths, CommandModelsOptions? options = null, ServingMetrics? metrics = null, IModelObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        options ??= new CommandModelsOptions();
        if (options.Problems().ToArray() is { Length: > 0 } problems) throw new ArgumentException(string.Join(" ", problems), nameof(options));
        if (paths.Count == 0) throw new ArgumentException("There is no model file; name at least one.", nameof(paths));
        if (paths.CountBy(Path.GetFullPath).FirstOrDefault(count => count.Value > 1).Key is { } twice) throw new ArgumentException($"{twice} is named twice; name each model file once.", nameof(paths));
        var loaded = new List<LoadedModel>();
        try
        {
            // Before the files are read: what is replaced meanwhile is found later.
            FileStamp[] stamps = [.. paths.Select(FileStamp.Of)];
            foreach (string path in paths) loaded.Add(LoadedModel.Load(path, options));
            var set = new ModelSet([.. loaded], Environment.TickCount64);
            foreach (var model in loaded) metrics?.Loaded(model.Name, isLoaded: true);
            return new CommandModels(set, stamps, options, metrics, observer);
        }
        catch
        {
            foreach (var model in loaded) model.Shared.Release();
            throw;
        }
    }

    /// <summary>Recognises the word in a clip.</summary>
    /// <param name="samples">Samples at <paramref name="sampleRate"/>, nominally −1…1.</param>
    /// <param name="sampleRate">Their rate (Hz), within <see cref="Audio.SampleRates"/>.</param>
    /// <returns>What the first model that believes in a word says; where none does, what the first model says.</returns>
    /// <exception cref="ModelException">A sample is not a number, or the samples are far out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    public RecognizedClip Recognize(float[] samples, int sampleRate)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (!Audio.SampleRates.Include(sampleRate)) throw new ArgumentOutOfRangeException(nameof(sampleRate), sampleRate, $"A clip has a rate of {Audio.SampleRates.Range}.");
        RecognizedClip? first = null;
        var set = Lease();
        try
        {
            foreach (var model in set.Models)
            {
                int usable = Sound.UsableRate.Nearest(sampleRate, model.Recognizer.SampleRate);
                var clip = model.Recognizer.Recognize(Audio.Resampler.Resample(new Audio.AudioClip(samples, usable), model.Recognizer.SampleRate));
                first ??= clip;
                if (first.Word is null && clip.Word is not null) first = clip;
            }
        }
        finally
        {
            set.Release();
        }
        Metrics?.ClipRecognized(first!.Word);
        return first!;
    }

    /// <summary>Looks now whether files were replaced, and loads those that were.</summary>
    /// <returns>Whether a model was loaded anew.</returns>
    public bool ReloadChanged()
    {
        lock (_reloading) return Reload(onlySettled: false);
    }

    /// <summary>Stops looking after the files. Models are freed with the last stream.</summary>
    public void Dispose()
    {
        lock (_reloading)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            _timer?.Dispose();
            _set.Release();
        }
    }

    /// <summary>Shares the present set, which is to be released; one that is replaced at the same moment is passed over for the next.</summary>
    /// <exception cref="ObjectDisposedException">The models were disposed.</exception>
    internal ModelSet Lease()
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
            if (_set is var set && set.TryShare()) return set;
        }
    }

    /// <summary>Looks again; a look that takes longer than the interval leaves out the next ones.</summary>
    private void ReloadSettled()
    {
        if (!_reloading.TryEnter()) return;
        try
        {
            Reload(onlySettled: true);
        }
        finally
        {
            _reloading.Exit();
        }
    }

    private bool Reload(bool onlySettled)
    {
        bool any = false;
        for (int i = 0; i < _stamps.Length && !_isDisposed; i++)
        {
            var stamp = FileStamp.Of(_set.Models[i].Path);
            bool isSettled = stamp == _seen[i];
            _seen[i] = stamp;
            if (stamp == _stamps[i] || (onlySettled && !isSettled)) continue;
            _stamps[i] = stamp;
            any |= Replace(i);
        }
        return any;
    }

    private bool Replace(int index)
    {
        var former = _set.Models[index];
        LoadedModel? model = null;
        try
        {
            model = LoadedModel.Load(former.Path, _options);
            _set = new ModelSet([.. _set.Models.Select((other, i) => i == index ? model : other)], Environment.TickCount64);
        }
        catch (Exception e)
        {
            // Whatever is wrong with a file, those who are served go on.
            model?.Shared.Release();
            _problems[index] = e switch
            {
                MinglingException => e.Message,
                ArgumentException argument => ArgumentMessage.WithoutParameter(argument),
                _ => $"{former.Path} could not be loaded ({e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}).",
            };
            Metrics?.Loaded(former.Name, isLoaded: false);
            _observer?.Kept(former, _problems[index]!);
            return false;
        }
        _problems[index] = null;
        former.Shared.Release();
        Metrics?.Loaded(model.Name, isLoaded: true);
        _observer?.Reloaded(model);
        return true;
    }
}
