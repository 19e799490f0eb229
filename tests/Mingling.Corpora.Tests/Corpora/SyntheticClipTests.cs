using CsCheck;
using Mingling.Corpora.Inspection;
using Mingling.Corpora.Splitting;
using static Mingling.Tests.Shared.MadeCorpus;

namespace Mingling.Corpora.Tests;

public class SyntheticClipTests
{
    private static Corpus WithSynthetic(Corpus real, IEnumerable<Split?> given) => real with
    {
        Clips =
        [
            .. real.Clips,
            .. given.Select((split, i) => new CorpusClip($"/made/s{i}.wav", $"s{i}.wav", $"w{i % 7}")
            {
                // Also a voice by the name of a real speaker.
                Speaker = $"s{i % 5}",
                Split = split,
                Synthetic = true,
                TrainingOnly = true,
            }),
        ],
    };

    private static void ShouldKeepToTraining(CorpusSplits splits, Corpus corpus)
    {
        splits.Validation.Concat(splits.Test).Concat(splits.OtherValidation).ShouldAllBe(clip => !clip.Synthetic);
        splits.Train.Where(clip => clip.Synthetic).ShouldBe(corpus.Clips.Where(clip => clip.Synthetic));
        splits.Validation.ShouldNotBeEmpty();
    }

    private static readonly Gen<IReadOnlyList<Split?>> GivenSplits =
        Gen.Int[0, 3].Select(i => i == 3 ? (Split?)null : (Split)i).List[1, 40].Select(list => (IReadOnlyList<Split?>)list);

    [Fact]
    public void Synthetic_clips_are_for_training_whatever_the_options_and_move_no_other_clip() =>
        Gen.Select(Any(fewestSpeakers: 3), GivenSplits, Gen.Int, Gen.Double[0.01, 0.45], Gen.Int[0, 3], Gen.Int[0, 7]).Sample((real, given, seed, validation, tenths, bits) =>
        {
            var corpus = WithSynthetic(real, given);
            var options = WithoutSound with
            {
                Seed = seed,
                ValidationShare = validation,
                TestShare = tenths / 10.0,
                BySpeaker = (bits & 1) == 0,
                UseGivenSplits = (bits & 2) == 0,
                LeaveOutSpeakers = (bits & 4) == 0 ? [] : ["s0"],
            };
            CorpusSplits alone;
            try
            {
                alone = CorpusSplitter.Split(real, options);
            }
            catch (CorpusException refused)
            {
                // Without the speaker who is left out, a word may have a single recording; machines are no more of it.
                Should.Throw<CorpusException>(() => CorpusSplitter.Split(corpus, options)).Message.ShouldBe(refused.Message);
                return;
            }
            var splits = CorpusSplitter.Split(corpus, options);
            ShouldKeepToTraining(splits, corpus);
            splits.Validation.ShouldBe(alone.Validation);
            splits.Test.ShouldBe(alone.Test);
            splits.Train.Where(clip => !clip.Synthetic).ShouldBe(alone.Train);
        }, iter: 60, threads: 1);

    [Fact]
    public void Synthetic_clips_are_in_the_training_of_every_fold() =>
        Gen.Select(Any(fewestSpeakers: 4), GivenSplits, Gen.Int[2, 4], Gen.Int).Sample((real, given, count, seed) =>
        {
            var corpus = WithSynthetic(real, given);
            foreach (var fold in CorpusSplitter.Folds(corpus, count, WithoutSound with { Seed = seed })) ShouldKeepToTraining(fold, corpus);
        }, iter: 30, threads: 1);

    [Fact]
    public void Recordings_of_people_may_all_judge_what_was_learned_from_machines()
    {
        var corpus = WithSynthetic(Full(words: 2, speakers: 2, takes: 2), [null, null]);
        var splits = CorpusSplitter.Split(corpus, WithoutSound with { LeaveOutSpeakers = ["s0", "s1"] });
        (splits.Train.Count, splits.Validation.Count).ShouldBe((2, 8));
    }

    [Fact]
    public void Corpus_of_machines_alone_cannot_be_split()
    {
        var corpus = WithSynthetic(Full(words: 2, speakers: 2, takes: 2), [null, null]);
        corpus = corpus with { Clips = [.. corpus.Clips.Where(clip => clip.Synthetic)] };
        Should.Throw<CorpusException>(() => CorpusSplitter.Split(corpus, WithoutSound)).Message.ShouldContain("synthetic");
    }

    [Fact]
    public void Manifest_and_lists_cannot_bring_a_synthetic_clip_to_validation()
    {
        using var files = new TemporaryCorpus().RecordAll(["a.wav", "b.wav", "c.wav", "d.wav", "e.wav"]);
        files.Write("manifest.csv",
            "path,label,split,synthetic\na.wav,yes,val,TRUE\nb.wav,no,train,0\nc.wav,yes,train,\nd.wav,yes,val,false\ne.wav,no,val,perhaps\n");
        files.Write("validation.csv", "file,class\na.wav,yes\nd.wav,yes\n");
        var corpus = files.Open();
        corpus.Problems.ShouldHaveSingleItem().ToString().ShouldContain("'perhaps'");
        CorpusSplitter.Split(corpus).Validation.Select(clip => clip.Name).ShouldBe(["d.wav"]);
        var listed = files.Open(new CorpusOptions { ValidationList = files.PathOf("validation.csv") });
        CorpusSplitter.Split(listed).Validation.Select(clip => clip.Name).ShouldBe(["d.wav"]);
        var inspection = CorpusInspector.Inspect(corpus, CorpusSplitter.Split(corpus));
        (inspection.Clips, inspection.SyntheticClips).ShouldBe((4, 1));
    }

    [Fact]
    public void Added_corpora_are_learned_from_and_never_judge()
    {
        using var real = Recordings();
        using var added = new TemporaryCorpus().RecordAll("yes/x_1.wav", "_unknown_/x_2.wav", "_background_noise_/hum.wav");
        using var single = new TemporaryCorpus().RecordAll("no/y_1.wav");
        var corpus = real.Open(new CorpusOptions { Added = [added.Root, single.Root] });
        corpus.Clips.Where(clip => clip.TrainingOnly).Select(clip => clip.Name).ShouldBe(["+1/_unknown_/x_2.wav", "+1/yes/x_1.wav", "+2/no/y_1.wav"]);
        corpus.Noise.ShouldHaveSingleItem();
        var splits = CorpusSplitter.Split(corpus);
        splits.Validation.ShouldAllBe(clip => !clip.TrainingOnly);
        splits.Train.Count(clip => clip.TrainingOnly).ShouldBe(3);

        var some = real.Open(new CorpusOptions { Added = [single.Root], Words = ["yes", "stop"] });
        some.OtherClips.ShouldContain(clip => clip.Name == "+1/no/y_1.wav");
        some.Clips.ShouldAllBe(clip => !clip.TrainingOnly);
    }

    [Fact]
    public void Added_word_that_the_corpus_lacks_is_named()
    {
        using var real = Recordings();
        using var added = new TemporaryCorpus().RecordAll("yes/x_1.wav", "perhaps/x_2.wav");
        Should.Throw<CorpusException>(() => real.Open(new CorpusOptions { Added = [added.Root] })).Message.ShouldContain("'perhaps'");
        Should.Throw<CorpusException>(() => real.Open(new CorpusOptions { Added = [real.PathOf("nowhere")] })).Message.ShouldContain("nowhere");
    }

    private static TemporaryCorpus Recordings() =>
        new TemporaryCorpus().RecordAll(TemporaryCorpus.FolderNames(["yes", "no", "stop"], ["anna", "ben", "carl"], takes: 3));
}
