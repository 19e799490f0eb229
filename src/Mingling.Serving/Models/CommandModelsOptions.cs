using Mingling.Recognition;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;

namespace Mingling.Serving.Models;

/// <summary>How model files are kept up to date, and how their streams detect.</summary>
public sealed record CommandModelsOptions
{
    /// <summary>
    /// How often to look whether a model file was replaced. A changed file is loaded once it has stayed the same for one interval, so that one
    /// that is still being written is left alone. Range: 0.1 s to 1 day; <see cref="Timeout.InfiniteTimeSpan"/> never looks. Default: 2 s.
    /// </summary>
    public TimeSpan ReloadInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a stream that is open when a model is replaced goes on with the former one, so that a word under way is still heard; streams
    /// opened later use the new one at once. Range: 0 to 1 day; <see cref="Timeout.InfiniteTimeSpan"/> keeps the former model until the stream
    /// ends. Default: 30 s.
    /// </summary>
    public TimeSpan SwitchAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Changes the settings of the model file for all streams, for example another threshold; null (default) keeps them.</summary>
    public Func<ModelCard, SpotterSettings, SpotterSettings>? Adjust { get; init; }

    /// <summary>How models compute, and what memory and time a model file may take. Default: one thread, 1 GiB, 30 s.</summary>
    public RecognizerOptions Recognizer { get; init; } = new();

    /// <summary>What is wrong, each as a sentence; empty where nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (!IsWithin(ReloadInterval, TimeSpan.FromSeconds(0.1))) yield return $"{nameof(ReloadInterval)} is {ReloadInterval}; it must be 0.1 s to 1 day, or infinite.";
        if (!IsWithin(SwitchAfter, TimeSpan.Zero)) yield return $"{nameof(SwitchAfter)} is {SwitchAfter}; it must be 0 to 1 day, or infinite.";
        foreach (string problem in (Recognizer ?? new RecognizerOptions()).Problems()) yield return problem;
    }

    private static bool IsWithin(TimeSpan time, TimeSpan least) => time == Timeout.InfiniteTimeSpan || (time >= least && time <= TimeSpan.FromDays(1));
}
