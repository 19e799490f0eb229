using Mingling.Audio;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Tests.Support;
using Mingling.Tests.Shared;

namespace Mingling.Recognition.Tests;

public class RecognizerTests
{
    [Fact]
    public void Recognizer_from_eight_threads_gives_the_same_as_from_one()
    {
        using var recognizer = MadeModel.Load();
        float[][] clips = [.. Enumerable.Range(0, 64).Select(seed => MadeModel.Clip(seed, 4000 + 400 * seed))];
        RecognizedClip[] expected = [.. clips.Select(clip => recognizer.Recognize(clip))];
        expected.Select(result => result.Best).Distinct().Count().ShouldBeGreaterThan(1);

        var results = new RecognizedClip[8, clips.Length];
        var threads = Enumerable.Range(0, 8).Select(thread => new Thread(() =>
        {
            for (int i = 0; i < clips.Length; i++)
            {
                int clip = (i * 7 + thread * 11) % clips.Length;
                results[thread, clip] = recognizer.Recognize(clips[clip]);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        for (int thread = 0; thread < 8; thread++)
            for (int i = 0; i < clips.Length; i++) ShouldBeTheSame(results[thread, i], expected[i]);
    }

    [Fact]
    public void Recognizer_of_many_clips_gives_the_same_as_one_by_one()
    {
        using var recognizer = MadeModel.Load();
        float[][] clips = [.. Enumerable.Range(0, 71).Select(seed => MadeModel.Clip(seed, 1 + 300 * seed))];
        var all = recognizer.RecognizeAll(clips);
        all.Count.ShouldBe(clips.Length);
        foreach (var (clip, result) in clips.Zip(all))
        {
            var alone = recognizer.Recognize(clip);
            result.Best.ShouldBe(alone.Best);
            for (int i = 0; i < 3; i++) result.Posteriors[i].ShouldBe(alone.Posteriors[i], 1e-5f);
            result.Posteriors.Sum().ShouldBe(1, 1e-5f);
        }
        recognizer.RecognizeAll([]).ShouldBeEmpty();
    }

    /// <summary>What goes into the graph is what a featurizer computes, bit for bit.</summary>
    [Fact]
    public void Session_with_the_features_of_a_clip_gives_the_same_bits()
    {
        using var recognizer = MadeModel.Load();
        using var session = recognizer.OpenSession();
        foreach (int length in new[] { 0, 1, 5000, 16000, 30_001 })
        {
            float[] clip = MadeModel.Clip(length, length);
            new ClipFeaturizer(recognizer.Window).Compute(clip).CopyTo(session.Input);
            session.Run();
            var result = recognizer.Recognize(clip);
            session.Posteriors.ToArray().ShouldBe(result.Posteriors);
            session.Embeddings.ToArray().ShouldBe(result.Embedding);
        }
    }

    [Fact]
    public void Session_run_allocates_nothing()
    {
        using var recognizer = MadeModel.Load();
        using var session = recognizer.OpenSession();
        Allocations.Least(() =>
        {
            for (int i = 0; i < 100; i++) session.Run();
        }).ShouldBe(0);
    }

    [Fact]
    public void Recognizer_of_sound_that_is_none_says_what_is_wrong()
    {
        using var recognizer = MadeModel.Load();
        float[] clip = MadeModel.Clip(1);
        clip[77] = float.NaN;
        Should.Throw<ModelException>(() => recognizer.Recognize(clip)).Message.ShouldBe("sample 77 of the clip is not a finite number.");
        Should.Throw<ModelException>(() => recognizer.RecognizeAll([clip])).Message.ShouldContain("sample 77");
        clip[77] = float.PositiveInfinity;
        Should.Throw<ModelException>(() => recognizer.Recognize(clip)).Message.ShouldContain("sample 77");
        Should.Throw<ModelException>(() => recognizer.Recognize(new AudioClip(MadeModel.Clip(1), 44_100)))
            .Message.ShouldBe("the clip has 44100 Hz and made takes 16000 Hz; resample the clip.");
        Should.Throw<ModelException>(() => recognizer.Recognize([.. MadeModel.Clip(1).Select(x => x * 32768)])).Message.ShouldContain("divide 16-bit integers by 32768");

        // The place that was used is as good as before.
        float[] fine = MadeModel.Clip(2);
        using var fresh = MadeModel.Load();
        ShouldBeTheSame(recognizer.Recognize(new AudioClip(fine, 16_000)), fresh.Recognize(fine));
    }

    public static TheoryData<string, float[]> Nothing => new()
    {
        { "no sample", [] },
        { "one sample", [0.5f] },
        { "zeros", new float[16_000] },
        { "a constant", [.. Enumerable.Repeat(0.2f, 16_000)] },
        { "the last bit of 16-bit samples", [.. Enumerable.Range(0, 16_000).Select(n => n % 2 / 32768f)] },
        { "a click", [.. new float[8000], 0.9f, .. new float[8000]] },
    };

    /// <summary>The model takes everything for a word; nothing is none.</summary>
    [Theory]
    [MemberData(nameof(Nothing))]
    public void Recognizer_of_nothing_gives_no_word(string what, float[] samples)
    {
        using var plain = MadeModel.Load();
        float[] embedding = plain.Recognize(samples).Embedding;
        using var recognizer = MadeModel.Load(MadeModel.Card with { Enrolled = embedding.Any(x => x != 0) ? [new EnrolledWord("new", embedding, 1, 0.5)] : [] });
        recognizer.Recognize(samples).Word.ShouldBeNull(what);
        recognizer.RecognizeAll([samples, MadeModel.Clip(1)]).Select(clip => clip.Word is null).ShouldBe([true, false], what);
        plain.Recognize(samples).Word.ShouldBeNull(what);
    }

    /// <summary>Native memory that is freed under a computation ends the process.</summary>
    [Fact]
    public async Task Sessions_disposed_while_they_compute_say_that_they_are()
    {
        for (int round = 0; round < 40; round++)
        {
            using var recognizer = round % 2 == 0 ? MadeModel.Load() : MadeStreamModel.Load();
            var model = recognizer.OpenSpottingModel();
            var spotter = new CommandSpotter(model, 16_000, new SpotterSettings { Gate = null });
            float[] piece = MadeModel.Clip(round);
            using var begun = new ManualResetEventSlim();
            var pushing = Task.Run(() =>
            {
                while (true)
                {
                    spotter.Push(piece);
                    begun.Set();
                }
            });
            begun.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            await Task.Delay(round % 7, TestContext.Current.CancellationToken);
            model.Dispose();
            await Should.ThrowAsync<ObjectDisposedException>(() => pushing.WaitAsync(TimeSpan.FromSeconds(30)));
        }
    }

    [Fact]
    public void Recognizer_below_the_threshold_of_the_best_word_rejects()
    {
        float[] clip = MadeModel.Clip(4);
        using var open = MadeModel.Load();
        var sure = open.Recognize(clip);
        sure.Word.ShouldBe(sure.Best);

        using var strict = MadeModel.Load(MadeModel.Card with { Thresholds = new Dictionary<string, double> { [sure.Best] = sure.Score + 1e-6 } });
        var rejected = strict.Recognize(clip);
        (rejected.Word, rejected.Best, rejected.Score).ShouldBe((null, sure.Best, sure.Score));
        using var mild = MadeModel.Load(MadeModel.Card with { Thresholds = new Dictionary<string, double> { [sure.Best] = sure.Score - 1e-6 } });
        mild.Recognize(clip).Word.ShouldBe(sure.Best);
    }

    [Fact]
    public void Recognizer_where_the_unknown_class_comes_closest_gives_no_word()
    {
        float[] clip = MadeModel.Clip(4);
        using var open = MadeModel.Load();
        string best = open.Recognize(clip).Best;
        using var refusing = MadeModel.Load(MadeModel.Card with { Classes = [.. MadeModel.Card.Classes.Select(word => word == best ? "_unknown_" : word)] });
        var rejected = refusing.Recognize(clip);
        (rejected.Word, rejected.Best).ShouldBe((null, "_unknown_"));
    }

    [Fact]
    public void Recognizer_with_enrolled_words_takes_the_most_similar_that_reaches_its_threshold()
    {
        float[] clip = MadeModel.Clip(5);
        using var plain = MadeModel.Load();
        float[] same = [.. plain.Recognize(clip).Embedding.Select(x => 3 * x)], opposite = [.. same.Select(x => -x)];
        float[] near = [.. same.Select((x, i) => x + (i == 0 ? 0.1f * same.Max(Math.Abs) : 0))];
        Recognize(new EnrolledWord("banana", same, 1, 0.99)).ShouldBe(("banana", true));
        Recognize(new EnrolledWord("apple", near, 1, 0.5), new EnrolledWord("banana", same, 1, 0.5)).ShouldBe(("banana", true));
        Recognize(new EnrolledWord("banana", opposite, 2, 0.5) { Prototypes = [opposite, same] }).ShouldBe(("banana", true));
        Recognize(new EnrolledWord("banana", opposite, 1, 0.5)).ShouldBe((plain.Recognize(clip).Word, false));

        (string?, bool) Recognize(params EnrolledWord[] words)
        {
            using var recognizer = MadeModel.Load(MadeModel.Card with { Enrolled = words });
            var result = recognizer.Recognize(clip);
            if (result.IsEnrolled) result.Score.ShouldBe(1, 1e-6);
            return (result.Word, result.IsEnrolled);
        }
    }

    [Fact]
    public void Session_outliving_its_recognizer_still_computes_and_refuses_once_disposed()
    {
        var recognizer = MadeModel.Load();
        var session = recognizer.OpenSession();
        MadeModel.Clip(1, session.Input.Length).CopyTo(session.Input);
        session.Run();
        float[] before = session.Posteriors.ToArray();
        recognizer.Dispose();
        session.Run();
        session.Posteriors.ToArray().ShouldBe(before);
        session.Dispose();
        session.Dispose();
        Should.Throw<ObjectDisposedException>(session.Run);
    }

    [Fact]
    public void Recognizer_disposed_refuses_to_work()
    {
        var recognizer = MadeModel.Load();
        recognizer.Dispose();
        recognizer.Dispose();
        Should.Throw<ObjectDisposedException>(() => recognizer.Recognize(MadeModel.Clip(1)));
        Should.Throw<ObjectDisposedException>(() => recognizer.RecognizeAll([MadeModel.Clip(1)]));
        Should.Throw<ObjectDisposedException>(() => recognizer.OpenSession());
        Should.Throw<ArgumentOutOfRangeException>(() => Recognizer.Load("made", MadeModel.Bytes(), new RecognizerOptions { IntraOpThreads = 0 }));
    }

    private static void ShouldBeTheSame(RecognizedClip actual, RecognizedClip expected)
    {
        (actual.Word, actual.Best, actual.Score).ShouldBe((expected.Word, expected.Best, expected.Score));
        actual.Posteriors.ShouldBe(expected.Posteriors);
        actual.Embedding.ShouldBe(expected.Embedding);
    }
}
