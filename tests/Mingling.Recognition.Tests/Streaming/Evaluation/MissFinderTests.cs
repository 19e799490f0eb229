using CsCheck;
using Mingling.Audio;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Decisions;
using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Recognition.Tests.Streaming.Evaluation;

public class MissFinderTests
{
    private static readonly SpotterSettings Spotter = new();

    [Fact]
    public void Miss_of_a_weak_word_is_below_the_threshold_with_its_best_score()
    {
        var miss = Single([.. Pause(2), .. Sound.Tone(ToneModel.LowHz, 0.1), .. Pause(2)], new(2, 2.1, "low"));
        (miss.Cause, miss.Heard).ShouldBe((MissCause.BelowThreshold, null));
        miss.Score.ShouldBeInRange(0.2, 0.5);
    }

    [Fact]
    public void Miss_at_which_another_word_was_heard_names_it()
    {
        var miss = Single([.. Pause(2), .. Sound.Tone(ToneModel.HighHz, 0.5), .. Pause(2)], new(2, 2.5, "low"));
        (miss.Cause, miss.Heard!.Word).ShouldBe((MissCause.OtherWord, "high"));
    }

    [Fact]
    public void Miss_of_a_word_that_was_heard_after_the_tolerance_is_late()
    {
        // The label ends long before the sound does.
        var miss = Single([.. Pause(2), .. Sound.Tone(ToneModel.LowHz, 0.6), .. Pause(2)], new(1, 1.2, "low"));
        (miss.Cause, miss.Heard!.Word).ShouldBe((MissCause.Late, "low"));
        miss.Heard.Time.ShouldBeGreaterThan(2.2);
    }

    [Fact]
    public void Miss_in_silence_is_the_gates() =>
        Single([.. Sound.Silence(3), .. Sound.Tone(ToneModel.HighHz, 0.5), .. Pause(2)], new(1, 1.1, "low")).Cause.ShouldBe(MissCause.GateShut);

    [Fact]
    public void Miss_of_the_same_word_said_again_at_once_is_of_the_refractory_time()
    {
        float[] stream = [.. Pause(2), .. Sound.Tone(ToneModel.LowHz, 0.4), .. Pause(0.1), .. Sound.Tone(ToneModel.LowHz, 0.4), .. Pause(2)];
        var track = PosteriorTrack.Record(new ToneModel(), new AudioClip(stream, Sound.Rate), Spotter);
        var settings = new DecisionSettings { RefractoryMs = 5000 };
        var misses = StreamEvaluation.Measure([(track, [new(2, 2.4, "low"), new(2.5, 2.9, "low")])], settings).Misses[0];
        misses.Select(miss => miss.Cause).ShouldBe([MissCause.Refractory]);
    }

    [Fact]
    public void Misses_of_any_stream_have_the_causes_that_all_posteriors_give() =>
        Gen.Select(Gen.Select(Gen.Int[0, 3], Gen.Int[5, 60], (sound, hundredths) => (sound, hundredths / 100.0)).Array[6, 16], Gen.Int[0, 1], Gen.Int[1, 9], Gen.Int[1, 2]).Sample(
            (parts, shift, threshold, agreeing) =>
            {
                var stream = new List<float>(Sound.Noise(0.5, 0.001));
                var words = new List<WordInterval>();
                foreach ((int sound, double seconds) in parts)
                {
                    double start = (double)stream.Count / Sound.Rate;
                    // Some labels lie about the word, as models do.
                    if (sound < 2) words.Add(new(start, start + seconds, (sound + shift) % 2 == 0 ? "low" : "high"));
                    stream.AddRange(sound switch { 0 => Sound.Tone(ToneModel.LowHz, seconds), 1 => Sound.Tone(ToneModel.HighHz, seconds), 2 => Pause(2 * seconds), _ => Sound.Silence(4 * seconds) });
                }

                if (words.Count == 0) return;
                stream.AddRange(Pause(1));
                var track = PosteriorTrack.Record(new ToneModel(), new AudioClip([.. stream], Sound.Rate), Spotter);
                var settings = new DecisionSettings { Threshold = threshold / 10.0, AgreeingSteps = agreeing };
                var evaluation = StreamEvaluation.Measure([(track, words)], settings, new MatchSettings { ToleranceSeconds = 0.4 });
                foreach (var miss in evaluation.Misses[0]) miss.Cause.ShouldBe(Naive(track, settings, evaluation.Matches[0], miss.Said));
                evaluation.Misses[0].Select(miss => miss.Said).ShouldBe(evaluation.Matches[0].Missed);
            },
            iter: 50);

    /// <summary>The cause from all posteriors of the stream, by the words of the enumeration.</summary>
    private static MissCause Naive(PosteriorTrack track, DecisionSettings settings, StreamMatch match, WordInterval word)
    {
        if (match.Late.Any(late => ReferenceEquals(late.Interval, word))) return MissCause.Late;
        if (match.Wrong.Any(wrong => ReferenceEquals(wrong.Interval, word))) return MissCause.OtherWord;
        const int smoothing = 4;
        int c = track.Classes.ToList().IndexOf(word.Word);
        int[] place = [.. Enumerable.Range(0, track.Steps).Where(step => match.Settings.Covers(word, track.TimeOf(step)))];
        float[][] means = [.. Enumerable.Range(0, track.Steps).Select(step => Enumerable.Range(0, track.Classes.Count)
            .Select(k => (float)(Enumerable.Range(Math.Max(0, step - smoothing + 1), Math.Min(step + 1, smoothing)).Sum(i => (double)track[i][k]) / Math.Min(step + 1, smoothing))).ToArray())];
        bool Passes(int step) => step + 1 >= smoothing && means[step][c] >= (float)settings.Threshold;
        // Of equal commands the first one wins; the last class is no command.
        bool Wins(int step) => step >= 0 && Passes(step) && means[step][c] >= means[step][1 - c] && (means[step][c] > means[step][1 - c] || c == 0);
        if (place.Any(step => Enumerable.Range(0, settings.AgreeingSteps).All(back => Wins(step - back)))) return MissCause.Refractory;
        if (place.Any(Passes)) return place.Any(Wins) ? MissCause.BelowThreshold : MissCause.OtherWord;
        return place.Any(step => step + 1 >= smoothing && Enumerable.Range(step - smoothing + 1, smoothing).All(track.IsEvaluated))
            ? MissCause.BelowThreshold : MissCause.GateShut;
    }

    private static float[] Pause(double seconds) => Sound.Noise(seconds, 0.001);

    private static Miss Single(float[] stream, WordInterval word)
    {
        var track = PosteriorTrack.Record(new ToneModel(), new AudioClip(stream, Sound.Rate), Spotter);
        return StreamEvaluation.Measure([(track, [word])], new DecisionSettings()).Misses[0].Single();
    }
}
