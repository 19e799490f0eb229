using Mingling.Audio;
using Mingling.Corpora;
using Mingling.Experiments.Evaluation;
using Mingling.Training.Models;

namespace Mingling.Experiments.Tests.Evaluation;

public class NoiseEvaluatorTests
{
    private const int Rate = 16000;
    private static readonly List<LoadedClip> Clips = Tones.Clips(0, 2, 2);
    private static readonly float[][] Noise = [MadeNoise(1, 30_000), MadeNoise(2, 900)];

    [Fact]
    public void Noise_of_each_clip_has_the_ratio_that_was_asked_for()
    {
        using var model = new Listener();
        NoiseEvaluator.Evaluate(model, Clips, Noise, new NoiseOptions { SnrsDb = [10, -5] });
        model.Heard.Count.ShouldBe(2 * Clips.Count);
        for (int i = 0; i < model.Heard.Count; i++)
        {
            float[] clean = new float[model.Window.Samples];
            ClipLength.Fit(Clips[i % Clips.Count].Samples, clean);
            double signal = clean.Sum(x => (double)x * x), noise = model.Heard[i].Zip(clean, (heard, x) => (double)(heard - x) * (heard - x)).Sum();
            (10 * Math.Log10(signal / noise)).ShouldBe(i < Clips.Count ? 10 : -5, 0.01);
        }
    }

    [Fact]
    public void Noise_of_a_clip_depends_on_seed_clip_and_ratio_only()
    {
        var one = Hear([10, 0], 1);
        Hear([0], 1).ShouldBe(one.Skip(Clips.Count));
        Hear([10], 2).ShouldNotBe(one.Take(Clips.Count));
        // Takes of one speaker differ little, so that what differs is the noise.
        Difference(one[0], one[1]).ShouldBeGreaterThan(10 * Difference(Clips[0].Samples, Clips[1].Samples));

        static List<float[]> Hear(double[] ratios, ulong seed)
        {
            using var model = new Listener();
            NoiseEvaluator.Evaluate(model, Clips, Noise, new NoiseOptions { SnrsDb = ratios, Seed = seed });
            return model.Heard;
        }

        static double Difference(float[] a, float[] b) => a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Sum();
    }

    [Fact]
    public void Accuracy_of_a_model_that_takes_all_noise_for_one_word_falls_to_the_share_of_that_word()
    {
        using var model = new Listener();
        var report = NoiseEvaluator.Evaluate(model, [.. Clips, Clips[0] with { Clip = Clips[0].Clip with { Label = "other" } }], Noise, new NoiseOptions { SnrsDb = [60, -20] });
        report.Recordings.ShouldBe(2);
        report.Scores.Select(score => score.SnrDb).ShouldBe([60, -20]);
        // Without noise to speak of it says "fall", and in noise "flat"; of the four words each is a quarter.
        report.Scores.Select(score => score.Accuracy).ShouldBe([0.25, 0.25]);
        model.Said.ShouldBe([.. Enumerable.Repeat(0, Clips.Count), .. Enumerable.Repeat(1, Clips.Count)]);
        report.Scores[1].AccuracyInterval.ShouldBe(Interval.Wilson(Clips.Count / 4, Clips.Count));
    }

    [Fact]
    public void Noise_that_is_none_is_refused()
    {
        using var model = new Listener();
        Should.Throw<ArgumentException>(() => NoiseEvaluator.Evaluate(model, Clips, [], new NoiseOptions())).Message.ShouldStartWith("Mixing takes at least one recording");
        Should.Throw<ArgumentException>(() => NoiseEvaluator.Evaluate(model, [], Noise, new NoiseOptions())).Message.ShouldStartWith("none of the clips");
        Should.Throw<ArgumentException>(() => NoiseEvaluator.Evaluate(model, Clips, Noise, new NoiseOptions { SnrsDb = [double.NaN] }));
    }

    private static float[] MadeNoise(int seed, int length)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)];
    }

    /// <summary>Keeps what it hears, and says the first word of clips of usual energy, the second of all that are louder.</summary>
    private sealed class Listener : IClipRecognizer
    {
        public List<float[]> Heard { get; } = [];

        public List<int> Said { get; } = [];

        public IReadOnlyList<string> Classes { get; } = ["fall", "flat", "rise", "上"];

        public int SampleRate => Rate;

        public ClipWindow Window { get; } = new(FeatureSettings.LogMel40, 1);

        public IReadOnlyList<ClipOutput> Recognize(IReadOnlyList<float[]> clips)
        {
            Heard.AddRange(clips);
            int[] said = [.. clips.Select(clip => clip.Sum(x => (double)x * x) > 5000 ? 1 : 0)];
            Said.AddRange(said);
            return [.. said.Select(word => new ClipOutput([.. Enumerable.Range(0, 4).Select(i => i == word ? 1f : 0f)], [0]))];
        }

        public void Dispose()
        {
        }
    }
}
