using CsCheck;
using Mingling.Corpora.Splitting;
using static Mingling.Tests.Shared.MadeCorpus;

namespace Mingling.Corpora.Tests;

public class CorpusSplitterTests
{
    private static HashSet<string?> SpeakersOf(IEnumerable<CorpusClip> clips) => [.. clips.Select(clip => clip.Speaker)];

    private static void ShouldHoldEveryClipOnce(CorpusSplits splits, Corpus corpus) =>
        splits.Train.Concat(splits.Validation).Concat(splits.Test).OrderBy(clip => int.Parse(Path.GetFileNameWithoutExtension(clip.Name)))
            .ShouldBe(corpus.Clips);

    [Fact]
    public void Split_of_any_corpus_keeps_speakers_apart_and_every_clip_once() =>
        Gen.Select(Any(fewestSpeakers: 3), Gen.Int, Gen.Double[0.01, 0.45], Gen.Int[0, 3]).Sample((corpus, seed, validation, tenths) =>
        {
            double test = tenths / 10.0;
            var splits = CorpusSplitter.Split(corpus, WithoutSound with { Seed = seed, ValidationShare = validation, TestShare = test });
            ShouldHoldEveryClipOnce(splits, corpus);
            splits.Validation.ShouldNotBeEmpty();
            (splits.Test.Count > 0).ShouldBe(test > 0);
            SpeakersOf(splits.Train).Overlaps(SpeakersOf(splits.Validation)).ShouldBeFalse();
            SpeakersOf(splits.Train).Overlaps(SpeakersOf(splits.Test)).ShouldBeFalse();
            SpeakersOf(splits.Validation).Overlaps(SpeakersOf(splits.Test)).ShouldBeFalse();
        }, iter: 60, threads: 1);

    [Fact]
    public void Split_with_the_same_seed_is_the_same_and_another_seed_gives_another()
    {
        var corpus = Full(words: 3, speakers: 20, takes: 2);
        var of = (int seed) => CorpusSplitter.Split(corpus, WithoutSound with { Seed = seed }).Validation;
        of(7).ShouldBe(of(7));
        Enumerable.Range(0, 5).Select(seed => string.Join(' ', of(seed).Select(clip => clip.Name))).Distinct().Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Split_takes_a_fifth_of_the_speakers()
    {
        var splits = CorpusSplitter.Split(Full(words: 4, speakers: 20, takes: 2), WithoutSound);
        SpeakersOf(splits.Validation).Count.ShouldBe(4);
        splits.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Class_that_few_speakers_say_is_on_both_sides()
    {
        var common = from speaker in Enumerable.Range(0, 10) from word in (string[])["yes", "no"] select (word, (string?)$"s{speaker}");
        var corpus = Of([.. common, ("rare", "s3"), ("rare", "s8"), ("odd", "s8"), ("odd", "s1")]);
        for (int seed = 0; seed < 20; seed++)
        {
            var splits = CorpusSplitter.Split(corpus, WithoutSound with { Seed = seed });
            splits.Train.Select(clip => clip.Label).Distinct().Count().ShouldBe(4);
            splits.Validation.Select(clip => clip.Label).Distinct().Count().ShouldBe(4);
        }
    }

    [Fact]
    public void Class_of_one_speaker_is_named_where_it_is_missing()
    {
        var corpus = Of([("yes", "a"), ("no", "a"), ("yes", "b"), ("no", "b"), ("rare", "a"), ("rare", "a")]);
        CorpusSplitter.Split(corpus, WithoutSound).Warnings.Single().ShouldContain("no clip of 'rare' for");
    }

    [Fact]
    public void Split_without_speakers_takes_a_fifth_of_every_class_and_warns()
    {
        var corpus = Of(Enumerable.Range(0, 60).Select(i => ($"w{i % 3}", (string?)null)));
        var splits = CorpusSplitter.Split(corpus, WithoutSound with { TestShare = 0.1 });
        ShouldHoldEveryClipOnce(splits, corpus);
        splits.Validation.CountBy(clip => clip.Label).ShouldAllBe(count => count.Value == 4);
        splits.Test.CountBy(clip => clip.Label).ShouldAllBe(count => count.Value == 2);
        splits.Warnings.Single().ShouldContain("1 to 2 points too good");
    }

    [Fact]
    public void Single_speaker_or_a_wish_leads_to_a_split_by_clips_with_a_warning()
    {
        CorpusSplitter.Split(Full(words: 2, speakers: 1, takes: 10), WithoutSound).Warnings[0].ShouldContain("too few speakers (1)");
        var asked = CorpusSplitter.Split(Full(words: 2, speakers: 4, takes: 10), WithoutSound with { BySpeaker = false });
        asked.Warnings[0].ShouldContain("as asked");
        asked.Validation.CountBy(clip => clip.Label).ShouldAllBe(count => count.Value == 8);
    }

    [Fact]
    public void Clips_without_a_speaker_among_speakers_are_drawn_and_counted()
    {
        var known = Full(words: 2, speakers: 5, takes: 4);
        var corpus = known with { Clips = [.. known.Clips.Select((clip, i) => i % 4 == 0 ? clip with { Speaker = null } : clip)] };
        var splits = CorpusSplitter.Split(corpus, WithoutSound);
        splits.Validation.Count(clip => clip.Speaker is null).ShouldBe(2);
        splits.Warnings[0].ShouldContain("10 of 40");
    }

    [Fact]
    public void Speakers_left_out_are_the_validation_set()
    {
        var corpus = Full(words: 2, speakers: 5, takes: 2);
        var splits = CorpusSplitter.Split(corpus, WithoutSound with { LeaveOutSpeakers = ["s1", "s4"] });
        SpeakersOf(splits.Validation).ShouldBe(["s1", "s4"], ignoreOrder: true);
        SpeakersOf(splits.Train).ShouldBe(["s0", "s2", "s3"], ignoreOrder: true);
        Should.Throw<CorpusException>(() => CorpusSplitter.Split(corpus, WithoutSound with { LeaveOutSpeakers = ["x"] }))
            .Message.ShouldContain("s0, s1");
    }

    [Fact]
    public void Given_splits_are_used_and_their_shared_speakers_named()
    {
        var full = Full(words: 2, speakers: 3, takes: 2);
        var corpus = full with { Clips = [.. full.Clips.Select((clip, i) => i % 4 == 1 ? clip with { Split = Split.Validation } : clip)] };
        var splits = CorpusSplitter.Split(corpus);
        splits.Validation.ShouldBe(corpus.Clips.Where(clip => clip.Split == Split.Validation));
        splits.Train.Count.ShouldBe(9);
        splits.Warnings.Single().ShouldContain("in more than one split");
        CorpusSplitter.Split(corpus, WithoutSound with { UseGivenSplits = false }).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Validation_that_lists_do_not_give_is_drawn_from_training()
    {
        var full = Full(words: 2, speakers: 6, takes: 2);
        var corpus = full with { Clips = [.. full.Clips.Select(clip => clip with { Split = clip.Speaker == "s5" ? Split.Test : Split.Train })] };
        var splits = CorpusSplitter.Split(corpus, WithoutSound);
        SpeakersOf(splits.Test).ShouldBe(["s5"]);
        SpeakersOf(splits.Validation).Count.ShouldBe(1);
        splits.Train.Count.ShouldBe(16);
    }

    [Fact]
    public void Class_with_a_single_clip_is_named()
    {
        var corpus = Of([("yes", "a"), ("yes", "b"), ("no", "a")]);
        Should.Throw<CorpusException>(() => CorpusSplitter.Split(corpus, WithoutSound))
            .Message.ShouldStartWith("The class 'no' has a single clip, '2.wav'");
    }

    [Fact]
    public void Lists_that_leave_nothing_for_training_are_refused()
    {
        var full = Full(words: 2, speakers: 2, takes: 1);
        var corpus = full with { Clips = [.. full.Clips.Select(clip => clip with { Split = Split.Validation })] };
        Should.Throw<CorpusException>(() => CorpusSplitter.Split(corpus)).Message.ShouldContain("for training");
    }

    [Fact]
    public void Equal_recordings_and_copies_by_name_stay_together()
    {
        using var files = new TemporaryCorpus();
        foreach (string word in (string[])["yes", "no"])
        {
            for (int i = 0; i < 6; i++)
                files.Record($"{word}/{i}.wav", seed: i).Record($"{word}/{i + 6}.wav", seed: i)
                    .Record($"{word}/{i} - Copy (2).wav", seed: i + (word == "no" ? 100 : 200));
        }
        var corpus = files.Open();
        corpus.Clips.ShouldAllBe(clip => clip.Speaker == null);
        for (int seed = 0; seed < 10; seed++)
        {
            var splits = CorpusSplitter.Split(corpus, new SplitOptions { Seed = seed });
            var sideOf = splits.Train.Select(clip => (clip.Name, Side: 0)).Concat(splits.Validation.Select(clip => (clip.Name, Side: 1)))
                .ToDictionary(pair => pair.Name, pair => pair.Side);
            splits.Validation.ShouldNotBeEmpty();
            for (int i = 0; i < 6; i++)
                ((string[])[$"yes/{i}.wav", $"yes/{i + 6}.wav", $"no/{i}.wav", $"yes/{i} - Copy (2).wav"])
                    .Select(name => sideOf[name]).Distinct().Count().ShouldBe(1);
        }
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        var corpus = Full(words: 2, speakers: 2, takes: 1);
        foreach (var options in (SplitOptions[])[
            new() { ValidationShare = 0 }, new() { ValidationShare = double.NaN }, new() { TestShare = 0.8 }, new() { TestShare = -0.1 },
            new() { SilenceSeconds = 0 }, new() { SilenceShare = -1 }, new() { UnknownShare = double.NaN },
            new() { SilenceMaximumGain = 2 }, new() { Parallelism = 0 }])
            Should.Throw<ArgumentOutOfRangeException>(() => CorpusSplitter.Split(corpus, options));
    }
}
