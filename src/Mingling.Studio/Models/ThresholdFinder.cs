using System.Collections.Concurrent;
using Mingling.Audio;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Calibration;
using Mingling.Recognition.Streaming.Evaluation;
using Mingling.Studio.Folders;

namespace Mingling.Studio.Models;

/// <summary>A threshold common to all words, and the false alarms an hour that it would have given.</summary>
internal sealed record ThresholdPoint(double Threshold, double PerHour);

/// <summary>The thresholds for a wanted rate.</summary>
internal sealed record FoundThresholds(double Wanted, double Hours, int FalseAlarms, string Claim, IReadOnlyList<WordThreshold> Words, IReadOnlyList<ThresholdPoint> Curve);

/// <summary>The threshold of a word.</summary>
internal sealed record WordThreshold(string Word, double Threshold, int FalseAlarms, bool MeetsTarget);

/// <summary>Sets thresholds against false alarms an hour in the room, from the sound that was recorded there while no command was said.</summary>
internal sealed class ThresholdFinder(StudioFolder folder, ModelShelf models)
{
    private const int MostTracks = 2000;

    private readonly ConcurrentDictionary<(string Model, DateTime Changed, string File), PosteriorTrack> _tracks = new();

    /// <summary>How much sound there is, in seconds.</summary>
    public double BackgroundSeconds() => Files().Sum(path => Math.Max(0, new FileInfo(path).Length - 44) / 2.0 / BackgroundRecorder.Rate);

    public FoundThresholds Find(string? model, double wantedPerHour, bool isKept)
    {
        if (!(wantedPerHour is > 0 and <= 1000)) throw new StudioException("rate", "the rate of false alarms is above 0 and at most 1000 an hour.");
        string path = models.PathOf(model);
        string[] files = Files();
        if (files.Length == 0) throw new StudioException("no-background", "there is no sound of the room yet; record some while nobody says a command.");
        var recognizer = models.Load(model);
        using var spotting = recognizer.OpenSpottingModel();
        var settings = SpotterSettings.FromCard(recognizer.Card with { Calibration = null });
        var tracks = files.Select(file => Track(path, file, spotting, settings)).ToList();
        var found = ThresholdCalibration.Find(tracks, settings.Decision, wantedPerHour);
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
        return new FoundThresholds(wantedPerHour, found.Hours, found.FalseAlarms, found.Claim,
            [.. found.Commands.Select(command => new WordThreshold(command.Threshold.Command, command.Threshold.Threshold, command.FalseAlarms, command.MeetsTarget))], Curve(tracks, settings, found.Hours));
    }

    private static IReadOnlyList<ThresholdPoint> Curve(List<PosteriorTrack> tracks, SpotterSettings settings, double hours)
    {
        const int points = 20;
        return [.. Enumerable.Range(1, points - 1).Select(i => (double)i / points).Append(0.98).Select(threshold =>
        {
            var all = settings.Decision with { Threshold = threshold, Thresholds = [] };
            return new ThresholdPoint(threshold, tracks.Sum(track => track.Detect(all).Count) / hours);
        })];
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
