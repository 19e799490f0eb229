namespace Mingling.Corpora.Tests;

public class SpeakerTokensTests
{
    private static string?[] SpeakersOf(params IEnumerable<string> names)
    {
        using var files = new TemporaryCorpus();
        return [.. files.RecordAll(names).Open().Clips.Select(clip => clip.Speaker)];
    }

    private static IEnumerable<string> Names(string form, string[] speakers, int takes) =>
        from word in (string[])["yes", "no"]
        from speaker in speakers
        from take in Enumerable.Range(1, takes)
        select form.Replace("W", word).Replace("S", speaker).Replace("T", take.ToString());

    [Theory]
    [InlineData("W/S_NO_0T.wav", new[] { "00000007", "00000030" })]
    [InlineData("W/S_T.wav", new[] { "anna", "ben" })]
    [InlineData("W/W_S_T.wav", new[] { "anna", "ben" })]
    [InlineData("W/T-S.wav", new[] { "anna", "ben" })]
    [InlineData("W/S (T).wav", new[] { "anna", "ben" })]
    [InlineData("W/S/take_T.wav", new[] { "s01", "s02" })]
    [InlineData("W/S_T.wav", new[] { "1", "2", "3" })]
    [InlineData("W/S_T.wav", new[] { "p225", "p226" })]
    public void Part_that_recurs_across_classes_is_the_speaker(string form, string[] speakers) =>
        SpeakersOf(Names(form, speakers, takes: 3)).Distinct().Order(StringComparer.Ordinal).ShouldBe(speakers);

    [Theory]
    [InlineData("W/T.wav")]
    [InlineData("W/take_T.wav")]
    [InlineData("W/recT.wav")]
    [InlineData("W/W_T.wav")]
    public void Index_alone_is_no_speaker(string form) =>
        SpeakersOf(Names(form, ["-"], takes: 8)).ShouldAllBe(speaker => speaker == null);

    [Fact]
    public void Parts_that_do_not_recur_are_no_speakers() =>
        SpeakersOf(Enumerable.Range(0, 40).Select(i => $"{(i % 2 == 0 ? "yes" : "no")}/{new Guid(i, 1, 2, new byte[8]):N}-{i * 7919}.wav"))
            .ShouldAllBe(speaker => speaker == null);

    [Fact]
    public void Speaker_of_one_class_each_is_not_convincing() =>
        SpeakersOf("yes/anna_1.wav", "yes/anna_2.wav", "no/ben_1.wav", "no/ben_2.wav").ShouldAllBe(speaker => speaker == null);
}
