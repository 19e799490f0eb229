using Mingling.Audio;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Evaluation;
using Mingling.Recognition.Tests.Support;
using Mingling.Tests.Shared;

namespace Mingling.Recognition.Tests.Streaming;

public class SpottingModelTests
{
    [Fact]
    public void SpottingModel_on_the_window_of_a_clip_gives_what_the_recognizer_gives()
    {
        using var recognizer = MadeModel.Load();
        using var model = recognizer.OpenSpottingModel();
        float[] clip = MadeModel.Clip(3, 16_000), posteriors = new float[3], embedding = new float[MadeModel.EmbeddingSize];
        model.Run(new ClipFeaturizer(recognizer.Window).Compute(clip), posteriors, embedding);
        var expected = recognizer.Recognize(clip);
        posteriors.ShouldBe(expected.Posteriors);
        embedding.ShouldBe(expected.Embedding);
    }

    [Fact]
    public void SpottingModel_with_an_enrolled_word_scores_it_by_its_direction_and_leaves_the_rest_to_the_others()
    {
        using var plain = MadeModel.Load();
        float[] clip = MadeModel.Clip(3, 16_000);
        float[] direction = plain.Recognize(clip).Embedding;
        using var recognizer = MadeModel.Load(MadeModel.Card with { Enrolled = [new EnrolledWord("new", direction, 2, 0.8), new EnrolledWord("far", [.. direction.Select(x => -x)], 1, 0.8)] });
        using var model = recognizer.OpenSpottingModel();
        model.Classes.ShouldBe([.. MadeModel.Words, "new", "far"]);
        float[] posteriors = new float[5], embedding = new float[MadeModel.EmbeddingSize];
        model.Run(new ClipFeaturizer(recognizer.Window).Compute(clip), posteriors, embedding);
        posteriors[3].ShouldBe((float)(1 / (1 + Math.Exp(-12 * 0.2))), 1e-4f);
        posteriors[4].ShouldBeLessThan(1e-6f);
        posteriors.Take(4).Sum().ShouldBe(1, 1e-4f);
    }

    [Fact]
    public void SpottingModel_with_an_enrolled_word_that_is_not_believed_leaves_the_trained_words_as_they_are()
    {
        using var plain = MadeModel.Load();
        float[] clip = MadeModel.Clip(3, 16_000);
        var expected = plain.Recognize(clip);
        // The direction of the clip and one at a right angle to it, so that the cosine is a little below the threshold.
        double length = Math.Sqrt(expected.Embedding.Sum(x => (double)x * x));
        float[] across = [.. expected.Embedding];
        (across[0], across[1]) = (-expected.Embedding[1], expected.Embedding[0]);
        across.AsSpan(2).Clear();
        double width = Math.Sqrt(across.Sum(x => (double)x * x));
        float[] near = [.. expected.Embedding.Select((x, i) => (float)((0.79 * x / length) + (0.613 * across[i] / width)))];
        using var recognizer = MadeModel.Load(MadeModel.Card with { Enrolled = [new EnrolledWord("new", near, 2, 0.8)] });
        using var model = recognizer.OpenSpottingModel();
        float[] posteriors = new float[4], embedding = new float[MadeModel.EmbeddingSize];
        model.Run(new ClipFeaturizer(recognizer.Window).Compute(clip), posteriors, embedding);
        posteriors[3].ShouldBeInRange(0.3f, 0.499f);
        posteriors[..3].ShouldBe(expected.Posteriors);
        recognizer.Recognize(clip).IsEnrolled.ShouldBeFalse();
    }

    [Fact]
    public void CommandSpotter_with_an_exported_model_allocates_nothing_per_frame()
    {
        using var recognizer = MadeModel.Load();
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

    [Fact]
    public async Task CommandSpotters_of_one_recognizer_in_parallel_judge_as_one_alone()
    {
        using var recognizer = MadeModel.Load();
        var clip = new AudioClip([.. MadeModel.Clip(1, 30_000), .. MadeModel.Clip(2, 30_000)], 16_000);
        float[] alone = Posteriors();
        float[][] together = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(Posteriors)));
        foreach (float[] posteriors in together) posteriors.ShouldBe(alone);

        float[] Posteriors()
        {
            using var model = recognizer.OpenSpottingModel();
            var track = PosteriorTrack.Record(model, clip, new SpotterSettings { Gate = null });
            return [.. Enumerable.Range(0, track.Steps).SelectMany(step => track[step].ToArray())];
        }
    }

    [Fact]
    public void SpottingModel_of_a_graph_that_takes_samples_says_so()
    {
        var samples = MadeModel.Card with { Input = ModelInput.Samples };
        Should.Throw<ModelException>(() => SpottingModel.Check(samples)).Message.ShouldContain("export it with features");
        Should.Throw<ModelException>(() => SpottingModel.Check(MadeModel.Card with { Features = FeatureSettings.Pcen40 })).Message.ShouldContain("PCEN");
    }
}
