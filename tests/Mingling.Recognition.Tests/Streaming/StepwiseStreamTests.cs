using CsCheck;
using Mingling.Audio;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Tests.Support;
using Mingling.Tests.Shared;

namespace Mingling.Recognition.Tests.Streaming;

/// <summary>Streams of a model that hears them step by step, each frame computed once.</summary>
public class StepwiseStreamTests
{
    private const float Tolerance = 1e-5f;
    private static readonly int[] PieceSizes = [0, 1, 7, 159, 160, 161, 1280, 4097, 20_000];

    /// <summary>However samples are cut and however many steps a decision takes, it is that of one computation of the whole stream up to there.</summary>
    [Fact]
    public void PosteriorStream_cut_anyhow_judges_as_one_computation_of_the_whole_stream()
    {
        using var recognizer = MadeStreamModel.Load();
        Gen.Select(Gen.Int[17_000, 40_000], Gen.Int[0, PieceSizes.Length - 1].Array[1, 6], Gen.Int[1, 10]).Sample(
            (length, pieces, steps) =>
            {
                // Samples are drawn in parallel, and a model is for one thread.
                using var model = recognizer.OpenSpottingModel();
                float[] clip = Sound.Noise(length / 16_000.0, 0.3, seed: length);
                int hop = steps * MadeStreamModel.StepFrames;
                var heard = Hear(model, clip, [.. pieces.Select(i => PieceSizes[i])], hop * 10);
                heard.Count.ShouldBeGreaterThan(0);
                foreach (var (step, posteriors, embedding) in heard)
                    ShouldBe(Whole(model, clip, 101 + (step * hop)), posteriors, embedding);
            },
            iter: 30);
    }

    [Fact]
    public void PosteriorStream_at_a_pace_of_no_whole_steps_judges_whole_windows()
    {
        using var recognizer = MadeStreamModel.Load();
        using var model = recognizer.OpenSpottingModel();
        var counting = new CountingModel(model);
        Hear(counting, Sound.Noise(2, 0.3), [1000], hopMs: 30).Count.ShouldBeGreaterThan(20);
        counting.Asked.ShouldAllBe(frames => frames == 0);
    }

    /// <summary>Where windows were left out, there is no state to go on from: the stream begins anew with the window.</summary>
    [Fact]
    public void PosteriorStream_after_silence_begins_anew_with_the_window()
    {
        using var recognizer = MadeStreamModel.Load();
        using var model = recognizer.OpenSpottingModel();
        var counting = new CountingModel(model);
        float[] clip = [.. Sound.Noise(1.5, 0.3), .. Sound.Silence(2), .. Sound.Noise(1.5, 0.3, 2)];
        var heard = Hear(counting, clip, [1000], 80);
        counting.Asked.Count(frames => frames == 102).ShouldBe(2);
        counting.Asked.Where(frames => frames != 102).ShouldAllBe(frames => frames == 8);
        counting.Asked.Count.ShouldBe(heard.Count(step => step.Posteriors.Sum() > 0));

        // The first judgement after the silence is that of its window alone.
        var again = heard.SkipWhile(step => step.Posteriors.Sum() > 0).First(step => step.Posteriors.Sum() > 0);
        float[] window = Rows(new FeatureExtractor(model.Features).Compute(clip).AsSpan(again.Step * 8 * 40, 101 * 40));
        float[] posteriors = new float[3], embedding = new float[model.EmbeddingSize];
        model.Run(window, posteriors, embedding);
        ShouldBe((posteriors, embedding), again.Posteriors, again.Embedding);
    }

    [Fact]
    public void PosteriorStream_after_Reset_hears_the_same_again()
    {
        using var recognizer = MadeStreamModel.Load();
        using var model = recognizer.OpenSpottingModel();
        var posteriors = new List<float>();
        var stream = new PosteriorStream(model, 16_000, new SpotterSettings { Gate = null }, (_, each, _) => posteriors.AddRange(each));
        float[] clip = Sound.Noise(2, 0.3);
        stream.Push(clip);
        float[] first = [.. posteriors];
        posteriors.Clear();
        stream.Reset();
        stream.Push(clip);
        posteriors.ShouldBe(first);
    }

    [Fact]
    public void PosteriorStreams_in_turn_at_one_model_hear_what_each_alone_hears()
    {
        using var recognizer = MadeStreamModel.Load();
        using var model = recognizer.OpenSpottingModel();
        float[][] clips = [.. Enumerable.Range(1, 5).Select(seed => Sound.Noise(2, 0.05 * seed, seed))];
        List<float>[] heard = [.. clips.Select(_ => new List<float>())];
        PosteriorStream[] streams = [.. heard.Select(list => new PosteriorStream(model, 16_000, new SpotterSettings { Gate = null, LeadMs = 0 }, (_, each, _) => list.AddRange(each)))];
        for (int at = 0; at < 32_000; at += 320)
            for (int i = 0; i < streams.Length; i++) streams[i].Push(clips[i].AsSpan(at, 320));
        foreach (var (list, clip) in heard.Zip(clips)) list.ShouldBe(Hear(model, clip, [32_000], 80).SelectMany(step => step.Posteriors));
    }

    [Fact]
    public async Task PosteriorStreams_in_parallel_at_one_recognizer_hear_what_one_alone_hears()
    {
        using var recognizer = MadeStreamModel.Load();
        float[] clip = Sound.Noise(6, 0.3);
        float[] alone = Posteriors(160);
        float[][] together = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => Posteriors(100 + (37 * i)))));
        foreach (float[] posteriors in together) posteriors.ShouldBe(alone);

        float[] Posteriors(int piece)
        {
            using var model = recognizer.OpenSpottingModel();
            return [.. Hear(model, clip, [piece], 80).SelectMany(step => step.Posteriors)];
        }
    }

    [Fact]
    public void CommandSpotter_step_by_step_allocates_nothing_per_frame()
    {
        using var recognizer = MadeStreamModel.Load();
        using var model = recognizer.OpenSpottingModel();
        var spotter = new CommandSpotter(model, 16_000, new SpotterSettings { Gate = null, Decision = new() { Threshold = 1 } });
        float[] piece = Sound.Noise(0.01, 0.1);
        Allocations.Least(() => Run(800), rounds: 20).ShouldBe(0);
        spotter.Evaluations.ShouldBeGreaterThan(90);

        void Run(int pieces)
        {
            for (int i = 0; i < pieces; i++) spotter.Push(piece);
        }
    }

    private static List<(int Step, float[] Posteriors, float[] Embedding)> Hear(IPosteriorModel model, float[] clip, int[] pieces, double hopMs)
    {
        var heard = new List<(int, float[], float[])>();
        var stream = new PosteriorStream(model, 16_000, new SpotterSettings { Gate = null, HopMs = hopMs, LeadMs = 0 },
            (step, posteriors, embedding) => heard.Add(((int)step.Step, posteriors.ToArray(), embedding.ToArray())));
        for (int i = 0, at = 0; at < clip.Length; i++)
        {
            int size = Math.Min(pieces[i % pieces.Length] + (i % pieces.Length == 0 ? 1 : 0), clip.Length - at);
            stream.Push(clip.AsSpan(at, size));
            at += size;
        }
        return heard;
    }

    /// <summary>The first frames of a stream as one step from its beginning.</summary>
    private static (float[] Posteriors, float[] Embedding) Whole(SpottingModel model, float[] clip, int frames)
    {
        float[] computed = new FeatureExtractor(model.Features).Compute(clip);
        int whole = (frames + 1) / 2 * 2;
        float[] features = Rows([.. whole > frames ? computed[..40] : [], .. computed.AsSpan(0, frames * 40)]);
        float[] posteriors = new float[3], embedding = new float[model.EmbeddingSize];
        model.Step(features, new float[model.StateSize], posteriors, embedding);
        return (posteriors, embedding);
    }

    /// <summary>Frame by frame → bin by bin.</summary>
    private static float[] Rows(ReadOnlySpan<float> frames)
    {
        int count = frames.Length / 40;
        float[] rows = new float[frames.Length];
        for (int i = 0; i < frames.Length; i++) rows[(i % 40 * count) + (i / 40)] = frames[i];
        return rows;
    }

    private static void ShouldBe((float[] Posteriors, float[] Embedding) expected, float[] posteriors, float[] embedding)
    {
        for (int i = 0; i < posteriors.Length; i++) posteriors[i].ShouldBe(expected.Posteriors[i], Tolerance);
        float scale = Math.Max(1, expected.Embedding.Max(Math.Abs));
        for (int i = 0; i < embedding.Length; i++) embedding[i].ShouldBe(expected.Embedding[i], Tolerance * scale);
    }
}
