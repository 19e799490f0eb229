using Mingling.Corpora.Splitting;

namespace Mingling.Corpora.Tests;

/// <summary>Speakers who share equal recordings, and so cannot be told apart by a split.</summary>
public class JoinedSpeakerTests
{
    private static HashSet<string?> SpeakersOf(IEnumerable<CorpusClip> clips) => [.. clips.Select(clip => clip.Speaker)];

    [Theory]
    [InlineData(4)]
    [InlineData(12)]
    public void Speakers_that_equal_recordings_join_leave_the_share_as_it_is(int speakers)
    {
        using var files = new TemporaryCorpus();
        string[] names = [.. Enumerable.Range(0, speakers).Select(i => $"voice{(char)('a' + i)}")];
        files.RecordAll(TemporaryCorpus.FolderNames(["yes", "no"], names, takes: 2));
        foreach (string name in names[..3])
            files.Record($"yes/{name}_9.wav", seed: 999);
        var corpus = files.Open();
        for (int seed = 0; seed < 20; seed++)
        {
            var splits = CorpusSplitter.Split(corpus, new SplitOptions { Seed = seed });
            SpeakersOf(splits.Validation).Count.ShouldBe((int)Math.Round(0.2 * speakers));
            SpeakersOf(splits.Train).Intersect(SpeakersOf(splits.Validation)).ShouldBeEmpty();
            splits.Warnings.ShouldBeEmpty();
        }
    }

    [Fact]
    public void Share_that_joined_speakers_cannot_meet_is_told()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll(TemporaryCorpus.FolderNames(["yes", "no"], ["anna", "ben", "carl", "dora", "emil", "fay"], takes: 2));
        string[][] joined = [["anna", "ben", "carl"], ["dora", "emil", "fay"]];
        foreach (var speaker in joined.Index().SelectMany(group => group.Item.Select(name => (name, group.Index))))
            files.Record($"yes/{speaker.name}_9.wav", seed: 900 + speaker.Index);
        var splits = CorpusSplitter.Split(files.Open());
        SpeakersOf(splits.Validation).Count.ShouldBe(3);
        splits.Warnings.Single().ShouldStartWith("There are 3 speakers for validation instead of 1, because speakers with equal recordings");
    }
}
