using Mingling.Audio;
using Mingling.Recognition.Streaming.Calibration;
using Mingling.Recognition.Streaming.Evaluation;
using Mingling.Training.Data;
using Mingling.Training.Export;
using Mingling.Training.Models;
using Mingling.Training.Runs;

namespace Mingling.Training;

/// <summary>
/// Other speech by people that a training does not learn from, so that it can tell at which threshold its model keeps silent: an eighth of the
/// folders, which mostly are speakers, because a model takes far less of those it has heard for commands; where there are few folders, an
/// eighth of the recordings, and of long ones the last eighth. What was synthesized cannot tell: a model that has heard a synthesizer keeps
/// silent at any threshold when it speaks.
/// </summary>
/// <param name="SampleRate">The rate of all of it, in hertz.</param>
/// <param name="Sounds">The recordings.</param>
internal sealed record HeldBack(int SampleRate, IReadOnlyList<float[]> Sounds)
{
    /// <summary>For how many false alarms in an hour of other speech the threshold is estimated.</summary>
    public const double FalseAlarmsPerHour = 1;

    private const int Share = 8;

    /// <summary>As many folders tell speakers apart; a folder for each language or collection does not.</summary>
    private const int ManyFolders = 48;
    private const double LongSeconds = 60;

    /// <summary>Divides the other speech of a training.</summary>
    /// <param name="data">The recordings.</param>
    /// <param name="sampleRate">Their rate in hertz.</param>
    /// <returns>What is learned from, and what is held back.</returns>
    public static (TrainingData Data, HeldBack Back) Split(TrainingData data, int sampleRate)
    {
        int given = data.NegativeNames.Count;
        var learned = new List<float[]>(data.Negatives.Count);
        var names = new List<string>(given);
        var back = new List<float[]>();
        bool[] isBack = BackByFolder(data.NegativeNames);
        for (int i = 0; i < given; i++)
        {
            float[] sound = data.Negatives[i];
            int kept = isBack.Length > 0 ? isBack[i] ? 0 : sound.Length
                : sound.Length > LongSeconds * sampleRate ? sound.Length - sound.Length / Share
                : i % Share == Share - 1 ? 0 : sound.Length;
            if (kept < sound.Length) back.Add(kept == 0 ? sound : sound[kept..]);
            if (kept == 0) continue;
            learned.Add(kept == sound.Length ? sound : sound[..kept]);
            names.Add(data.NegativeNames[i]);
        }
        return (data with { Negatives = [.. learned, .. data.Negatives.Skip(given)], NegativeNames = names }, new HeldBack(sampleRate, back));
    }

    /// <summary>Which recordings lie in every eighth folder, of the least depth at which there are many; empty where there are never many.</summary>
    private static bool[] BackByFolder(IReadOnlyList<string> names)
    {
        string[][] parts = [.. names.Select(name => name.Split('/', '\\')[..^1])];
        int deepest = parts.Select(folders => folders.Length).DefaultIfEmpty().Max();
        for (int depth = 1; depth <= deepest; depth++)
        {
            string[] folders = [.. parts.Select(all => string.Join('/', all.Take(depth)))];
            string[] different = [.. folders.Distinct().Order(StringComparer.Ordinal)];
            if (different.Length < ManyFolders) continue;
            var back = different.Where((_, i) => i % Share == Share - 1).ToHashSet();
            return [.. folders.Select(back.Contains)];
        }
        return [];
    }

    /// <summary>The threshold of a model.</summary>
    /// <param name="model">The model, in evaluation.</param>
    /// <returns>The threshold; null where there is too little to tell.</returns>
    public StreamThreshold? Find(CommandModel model)
    {
        if (Sounds.Count == 0) return null;
        using var recognizer = ModelExporter.ToRecognizer(model, "the model");
        using var spotting = recognizer.OpenSpottingModel();
        PosteriorTrack[] tracks = [.. Sounds.Select(sound => PosteriorTrack.Record(spotting, new AudioClip(sound, SampleRate), spotting.Settings))];
        return ThresholdEstimate.Find(tracks, spotting.Settings.Decision, FalseAlarmsPerHour) is { } threshold
            ? new StreamThreshold(Math.Round(threshold, 3), FalseAlarmsPerHour, tracks.Sum(track => track.Seconds) / 3600)
            : null;
    }
}
