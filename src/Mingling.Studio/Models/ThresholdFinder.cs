using System.Collections.Concurrent;
using Mingling.Audio;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Calibration;
using Mingling.Recognition.Streaming.Decisions;
using Mingling.Recognition.Streaming.Evaluation;
using Mingling.Studio.Folders;

namespace Mingling.Studio.Models;

/// <summary>A threshold common to all words, and the false alarms an hour that it would have given.</summary>
internal sealed record ThresholdPoint(double Threshold, double PerHour);

/// <summary>The thresholds for a wanted rate.</summary>
internal sealed record FoundThresholds(double Wanted, double Hours, int FalseAlarms, PageRemark Claim, IReadOnlyList<WordThreshold> Words, IReadOnlyList<ThresholdPoint> Curve);

/// <summary>The threshold of a word.</summary>
/// <param name="Word">The word.</param>
/// <param name="Threshold">Its threshold.</param>
/// <param name="FalseAlarms">What it took for the word in the sound of the room, alone.</param>
/// <param name="MeetsTarget">Whether that is within the word's share of the rate.</param>
/// <param name="Counts">The false alarms at each threshold of the curve, so that a hand that slides sees what it does.</param>
internal sealed record WordThreshold(string Word, double Threshold, int FalseAlarms, bool MeetsTarget, IReadOnlyList<int> Counts);

/// <summary>Sets thresholds against false alarms an hour in the room, from the sound that was recorded there while no command was said.</summary>
internal sealed class ThresholdFinder(StudioFolder folder, ModelShelf models)
{
    private const int MostTracks = 2000;

    /// <summary>Where the curves are counted: evenly, and closer where most models decide.</summary>
    private static readonly double[] Thresholds = [.. Enumerable.Range(1, 18).Select(i => i / 20.0), 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99, 1];

    private readonly Lock _curving = new();
    private ((string, DateTime, int, double) Key, IReadOnlyList<ThresholdCalibration> Points) _curve = (default, []);

    private readonly ConcurrentDictionary<(string Model, DateTime Changed, string File), PosteriorTrack> _tracks = new();

    /// <summary>How much sound there is, in seconds.</summary>
    public double BackgroundSeconds() => Files().Sum(path => Math.Max(0, new FileInfo(path).Length - 44) / 2.0 / BackgroundRecorder.Rate);

    /// <param name="model">The model.</param>
    /// <param name="wantedPerHour">The rate of false alarms that is aimed at.</param>
    /// <param name="chosen">The thresholds that somebody chose by hand; null to find those for the rate.</param>
    /// <param name="isKept">Whether they are written into the model file.</param>
    public FoundThresholds Find(string? model, double wantedPerHour, IReadOnlyDictionary<string, double>? chosen, bool isKept)
    {
        if (!(wantedPerHour is > 0 and <= 1000)) throw new StudioException("rate", "the rate of false alarms is above 0 and at most 1000 an hour.");
        string path = models.PathOf(model);
        string[] files = Files();
        if (files.Length == 0) throw new StudioException("no-background", "there is no sound of the room yet; record some while nobody says a command.");
        var recognizer = models.Load(model);
        using var spotting = recognizer.OpenSpottingModel();
        var settings = SpotterSettings.FromCard(recognizer.Card with { Calibration = null });
        var tracks = files.Select(file => Track(path, file, spotting, settings)).ToList();
        if (chosen?.FirstOrDefault(word => !(word.Value is > 0 and <= 1)) is { Key: { } wrong }) throw new StudioException("threshold", $"the threshold of '{wrong}' is above 0 and at most 1.", wrong);
        var found = chosen is null ? ThresholdCalibration.Find(tracks, settings.Decision, wantedPerHour)
            : ThresholdCalibration.Measure(tracks, settings.Decision, [.. chosen.Select(word => new CommandThreshold(word.Key, word.Value))], wantedPerHour);
        if (isKept)
        {
            ModelFile.Update(path, card => card with
            {
                Calibration = new Calibration(wantedPerHour, found.Hours, $"{files.Length} recordings of a studio")
                {
                    Commands = [.. found.Thresholds.Where(threshold => card.Classes.Concat(card.Enrolled.Select(word => word.Word)).Contains(threshold.Command))],
                    HopMs = settings.HopMs,
                    SmoothingMs = settings.Decision.SmoothingMs,
                },
            });
        }
        var curve = Curve(path, tracks, settings.Decision, found, wantedPerHour);
        return new FoundThresholds(wantedPerHour, found.Hours, found.FalseAlarms, PageRemark.Of(found.Remark),
            [.. found.Commands.Select((command, i) => new WordThreshold(command.Threshold.Command, command.Threshold.Threshold, command.FalseAlarms, command.MeetsTarget, [.. curve.Select(point => point.Commands[i].FalseAlarms)]))],
            [.. curve.Zip(Thresholds, (point, threshold) => new ThresholdPoint(threshold, point.FalseAlarms / found.Hours))]);
    }

    /// <summary>All words at each of the thresholds; the same until the model or the sound is another.</summary>
    private IReadOnlyList<ThresholdCalibration> Curve(string path, List<PosteriorTrack> tracks, DecisionSettings decision, ThresholdCalibration found, double wantedPerHour)
    {
        var key = (path, File.GetLastWriteTimeUtc(path), tracks.Count, found.Hours);
        lock (_curving)
        {
            if (_curve.Key == key) return _curve.Points;
            var common = decision with { Thresholds = [] };
            ThresholdCalibration[] points = [.. Thresholds.Select(threshold =>
                ThresholdCalibration.Measure(tracks, common, [.. found.Commands.Select(command => new CommandThreshold(command.Threshold.Command, threshold))], wantedPerHour))];
            _curve = (key, points);
            return points;
        }
    }

    private PosteriorTrack Track(string model, string file, SpottingModel spotting, SpotterSettings settings)
    {
        // Only what changes the scores; thresholds do not.
        var key = (model, File.GetLastWriteTimeUtc(model), file);
        if (_tracks.TryGetValue(key, out var known)) return known;
        if (_tracks.Count >= MostTracks) _tracks.Clear();
        return _tracks[key] = PosteriorTrack.Record(spotting, AudioFile.Read(file), settings);
    }

    private string[] Files() => Directory.Exists(folder.Background) ? [.. Directory.EnumerateFiles(folder.Background, "*.wav").Order(StringComparer.Ordinal)] : [];
}
