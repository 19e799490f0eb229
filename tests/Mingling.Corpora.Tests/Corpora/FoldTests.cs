using CsCheck;
using Mingling.Corpora.Splitting;
using static Mingling.Tests.Shared.MadeCorpus;

namespace Mingling.Corpora.Tests;

public class FoldTests
{
    [Fact]
    public void Folds_of_any_corpus_validate_each_clip_once_by_speakers_not_trained_on() =>
        Gen.Select(Any(fewestSpeakers: 4), Gen.Int[2, 4], Gen.Int).Sample((corpus, count, seed) =>
        {
            var folds = CorpusSplitter.Folds(corpus, count, WithoutSound with { Seed = seed });
            folds.Count.ShouldBe(count);
            folds.SelectMany(fold => fold.Validation).OrderBy(clip => clip.Path.Length).ThenBy(clip => clip.Path, StringComparer.Ordinal)
                .ShouldBe(corpus.Clips);
            foreach (var fold in folds)
            {
                (fold.Train.Count + fold.Validation.Count).ShouldBe(corpus.Clips.Count);
                fold.Validation.Select(clip => clip.Speaker).Intersect(fold.Train.Select(clip => clip.Speaker)).ShouldBeEmpty();
            }
        }, iter: 60, threads: 1);

    [Fact]
    public void Folds_of_equal_speakers_are_of_equal_size() =>
        CorpusSplitter.Folds(Full(words: 3, speakers: 12, takes: 2), 4, WithoutSound).ShouldAllBe(fold => fold.Validation.Count == 18);

    [Fact]
    public void Folds_without_speakers_hold_every_class_evenly_and_warn()
    {
        var folds = CorpusSplitter.Folds(Of(Enumerable.Range(0, 60).Select(i => ($"w{i % 3}", (string?)null))), 5, WithoutSound);
        folds.ShouldAllBe(fold => fold.Validation.CountBy(clip => clip.Label).All(count => count.Value == 4) && fold.Warnings.Count == 1);
    }

    [Fact]
    public void Given_test_clips_stay_out_of_the_folds()
    {
        var full = Full(words: 2, speakers: 5, takes: 2);
        var corpus = full with { Clips = [.. full.Clips.Select(clip => clip with { Split = clip.Speaker == "s0" ? Split.Test : Split.Validation })] };
        CorpusSplitter.Folds(corpus, 4, WithoutSound)
            .ShouldAllBe(fold => fold.Test.Count == 4 && fold.Validation.Count == 4 && fold.Train.Count == 12);
    }

    [Fact]
    public void More_folds_than_speakers_are_refused()
    {
        Should.Throw<CorpusException>(() => CorpusSplitter.Folds(Full(2, 3, 5), 4, WithoutSound)).Message.ShouldContain("3 speakers");
        Should.Throw<ArgumentOutOfRangeException>(() => CorpusSplitter.Folds(Full(2, 3, 5), 1));
    }
}
