using Mingling.Recognition;
using Mingling.Serving.Models;

namespace Mingling.AspNetCore;

/// <summary>
/// What a program serves. Set by <c>AddMingling(options => …)</c>, or bound to a section of the configuration. Checked together when the program
/// starts.
/// </summary>
public sealed class MinglingOptions
{
    /// <summary>Model files (.onnx), no two with the same word. At least one. Default: none.</summary>
    public IList<string> Models { get; } = [];

    /// <summary>How often to look whether a model file was replaced; see <see cref="CommandModelsOptions.ReloadInterval"/>. Default: 2 s.</summary>
    public TimeSpan ReloadInterval { get; set; } = new CommandModelsOptions().ReloadInterval;

    /// <summary>How long an open stream goes on with a model that was replaced; see <see cref="CommandModelsOptions.SwitchAfter"/>. Default: 30 s.</summary>
    public TimeSpan SwitchAfter { get; set; } = new CommandModelsOptions().SwitchAfter;

    /// <summary>How models compute, and what memory and time a model file may take; see <see cref="CommandModelsOptions.Recognizer"/>. Default: one thread, 1 GiB, 30 s.</summary>
    public RecognizerOptions Recognizer { get; set; } = new();

    /// <summary>The threshold of all trained words, above 0 and at most 1, in place of those of the model files; enrolled words keep theirs. Default: null.</summary>
    public double? Threshold { get; set; }

    /// <summary>The largest recording in bytes that is taken by HTTP. Range: 1 kB to 1 GiB. Default: 10 MiB.</summary>
    public int LongestClip { get; set; } = 10 << 20;

    /// <summary>The longest recording in seconds that is taken by HTTP. Range: 0.1 to 3600. Default: 60.</summary>
    public double LongestClipSeconds { get; set; } = 60;

    /// <summary>The most streams by WebSocket at once. Range: 1 to 100,000. Default: 128.</summary>
    public int MostStreams { get; set; } = 128;

    /// <summary>How long a WebSocket may send nothing. Range: 0.01 s to 1 day. Default: 1 minute.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait for the client of a WebSocket to take what it is sent. Range: 0.01 s to 1 day. Default: 10 s.</summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What is wrong, each as a sentence; empty where nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (Models.Count == 0) yield return $"there is no model file; add one to {nameof(Models)}.";
        foreach (string problem in ToModelsOptions().Problems()) yield return problem;
        if (Threshold is not (null or (> 0 and <= 1))) yield return $"{nameof(Threshold)} is {Threshold}; it must be above 0 and at most 1.";
        if (LongestClip is < 1000 or > 1 << 30) yield return $"{nameof(LongestClip)} is {LongestClip}; it must be 1 kB to 1 GiB.";
        if (!(LongestClipSeconds is >= 0.1 and <= 3600)) yield return $"{nameof(LongestClipSeconds)} is {LongestClipSeconds}; it must be 0.1 to 3600.";
        if (MostStreams is < 1 or > 100_000) yield return $"{nameof(MostStreams)} is {MostStreams}; it must be 1 to 100000.";
        (string, TimeSpan)[] times = [(nameof(IdleTimeout), IdleTimeout), (nameof(WriteTimeout), WriteTimeout)];
        foreach (var (name, time) in times)
            if (time < TimeSpan.FromSeconds(0.01) || time > TimeSpan.FromDays(1)) yield return $"{name} is {time}; it must be 0.01 s to 1 day.";
    }

    internal CommandModelsOptions ToModelsOptions() => new()
    {
        ReloadInterval = ReloadInterval,
        SwitchAfter = SwitchAfter,
        Recognizer = Recognizer,
        Adjust = Threshold is { } threshold ? (card, settings) => settings.WithTrainedThreshold(card, threshold) : null,
    };
}
