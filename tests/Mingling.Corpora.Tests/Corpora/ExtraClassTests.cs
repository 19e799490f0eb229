using Mingling.Corpora.Splitting;

namespace Mingling.Corpora.Tests;

public class ExtraClassTests
{
    private static readonly CorpusOptions Wanted = new() { Words = ["yes", "no"] };
    private static readonly SplitOptions Tenth = new() { UnknownShare = 0.1, SilenceShare = 0.1, SilenceSeconds = 0.5 };

    private static TemporaryCorpus Recordings() => new TemporaryCorpus()
        .RecordAll(TemporaryCorpus.FolderNames(["yes", "no", "cat", "dog"], ["anna", "ben", "carl", "dora", "emil"], takes: 4))
        .Record("_background_noise_/fan.wav", seconds: 3).Record("_background_noise_/click.wav", seconds: 0.1);

    [Fact]
    public void Each_split_gets_its_share_of_unknown_words_by_its_own_speakers()
    {
        using var files = Recordings();
        var splits = CorpusSplitter.Split(files.Open(Wanted), Tenth with { UnknownShare = 0.5, SilenceShare = 0 });
        var unknown = (IReadOnlyList<CorpusClip> clips) => clips.Where(clip => clip.Label == CorpusClip.UnknownLabel).ToList();
        unknown(splits.Train).Count.ShouldBe(16);
        unknown(splits.Validation).Count.ShouldBe(4);
        unknown(splits.Train).ShouldAllBe(clip => clip.Name.StartsWith("cat/") || clip.Name.StartsWith("dog/"));
        splits.Train.Select(clip => clip.Speaker).Intersect(splits.Validation.Select(clip => clip.Speaker)).ShouldBeEmpty();
        splits.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Silence_is_quiet_excerpts_inside_the_noise()
    {
        using var files = Recordings();
        var splits = CorpusSplitter.Split(files.Open(Wanted), Tenth with { SilenceShare = 1, UnknownShare = 0 });
        var silence = splits.Train.Where(clip => clip.Label == CorpusClip.SilenceLabel).ToList();
        silence.Count.ShouldBe(32);
        silence.ShouldAllBe(clip => clip.Gain >= 0 && clip.Gain <= 0.1f && clip.Name.StartsWith("_background_noise_/"));
        silence.Where(clip => clip.Name.EndsWith("fan.wav"))
            .ShouldAllBe(clip => clip.StartSeconds >= 0 && clip.EndSeconds <= 3
                && Math.Abs(clip.EndSeconds!.Value - clip.StartSeconds!.Value - 0.5) < 1e-9);
        silence.Where(clip => clip.Name.EndsWith("click.wav")).ShouldAllBe(clip => clip.StartSeconds == 0 && clip.EndSeconds == 0.1);
        ClipLoader.Load(silence, 8000).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Extra_clips_are_fixed_by_the_seed_and_do_not_move_the_wanted_ones()
    {
        using var files = Recordings();
        var corpus = files.Open(Wanted);
        var first = CorpusSplitter.Split(corpus, Tenth);
        CorpusSplitter.Split(corpus, Tenth).Train.ShouldBe(first.Train);
        CorpusSplitter.Split(corpus, Tenth with { Seed = 1 }).Train.ShouldNotBe(first.Train);
        CorpusSplitter.Split(corpus).Train.ShouldBe(first.Train.Where(clip => clip.Label is "yes" or "no"));
    }

    [Fact]
    public void Lack_of_other_words_or_of_noise_is_named()
    {
        using var files = Recordings();
        using var silent = new TemporaryCorpus();
        silent.RecordAll(TemporaryCorpus.FolderNames(["yes", "no"], ["anna", "ben"], takes: 2));
        Should.Throw<CorpusException>(() => CorpusSplitter.Split(files.Open(), Tenth)).Message.ShouldContain("name the wanted words");
        Should.Throw<CorpusException>(() => CorpusSplitter.Split(silent.Open(), new SplitOptions { SilenceShare = 0.1 })).Message
            .ShouldContain("_background_noise_");
        CorpusSplitter.Split(files.Open(Wanted), Tenth with { UnknownShare = 3, SilenceShare = 0 })
            .Warnings.ShouldContain(warning => warning.Contains("There are only 32 clips"));
    }

    [Fact]
    public void Noise_that_cannot_be_read_is_named_and_left_out()
    {
        using var files = Recordings().Write("_background_noise_/text.wav", "no sound");
        var splits = CorpusSplitter.Split(files.Open(Wanted), Tenth);
        splits.Warnings.Single().ShouldContain("text.wav");
        splits.Train.ShouldNotContain(clip => clip.Name.EndsWith("text.wav"));
    }
}
