using Mingling.Audio;
using Mingling.Recognition;
using Mingling.Recognition.Streaming.Calibration;
using Mingling.Recognition.Streaming.Evaluation;
using Mingling.Training.Data;
using Mingling.Training.Export;
using Mingling.Training.Models;
using Mingling.Training.Runs;

namespace Mingling.Training;

/// <summary>
/// Other speech that a training does not learn from, so that it can tell at which threshold its model keeps silent: an eighth of the recordings
/// that were given, and of those that were made; of long recordings the last eighth.
/// </summary>
/// <param name="SampleRate">The rate of all of it, in hertz.</param>
/// <param name="Given">Recordings of people.</param>
/// <param name="Made">What was synthesized.</param>
internal sealed record HeldBack(int SampleRate, IReadOnlyList<float[]> Given, IReadOnlyList<float[]> Made)
{
    /// <summary>For how many false alarms in an hour of other speech the threshold is estimated.</summary>
    public const double FalseAlarmsPerHour = 0.5;

    private const int Share = 8;
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
        List<float[]> backGiven = [], backMade = [];
        for (int i = 0; i < data.Negatives.Count; i++)
        {
            float[] sound = data.Negatives[i];
            var back = i < given ? backGiven : backMade;
            if (sound.Length > LongSeconds * sampleRate)
            {
                int kept = sound.Length - sound.Length / Share;
                back.Add(sound[kept..]);
                learned.Add(sound[..kept]);
            }
            else if (i % Share == Share - 1)
            {
                back.Add(sound);
                continue;
            }
            else learned.Add(sound);
            if (i < given) names.Add(data.NegativeNames[i]);
        }
        return (data with { Negatives = learned, NegativeNames = names }, new HeldBack(sampleRate, backGiven, backMade));
    }

    /// <summary>The threshold of a model: that of people or of what was synthesized, whichever is higher.</summary>
    /// <param name="model">The model, in evaluation.</param>
    /// <returns>The threshold; null where there is too little to tell.</returns>
    public StreamThreshold? Find(CommandModel model)
    {
        using var recognizer = ModelExporter.ToRecognizer(model, "the model");
        var found = new[] { Given, Made }.Select(sounds => Estimate(recognizer, sounds)).Where(threshold => threshold is not null).MaxBy(threshold => threshold!.Threshold);
        return found;
    }

    private StreamThreshold? Estimate(Recognizer recognizer, IReadOnlyList<float[]> sounds)
    {
        if (sounds.Count == 0) return null;
        using var model = recognizer.OpenSpottingModel();
        PosteriorTrack[] tracks = [.. sounds.Select(sound => PosteriorTrack.Record(model, new AudioClip(sound, SampleRate), model.Settings))];
        return ThresholdEstimate.Find(tracks, model.Settings.Decision, FalseAlarmsPerHour) is { } threshold
            ? new StreamThreshold(Math.Round(threshold, 3), FalseAlarmsPerHour, tracks.Sum(track => track.Seconds) / 3600)
            : null;
    }
}
