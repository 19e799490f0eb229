namespace Mingling.Corpora.Tests;

/// <summary>Corpora with a folder for each speaker, told from those with a folder for each word by the names of the files.</summary>
public class SpeakerFolderTests
{
    [Theory]
    [InlineData("S/W_S_T.wav", new[] { "01", "02", "03" }, new[] { "0", "1", "2" })]
    [InlineData("S/W-S-T.wav", new[] { "a1", "b2" }, new[] { "go", "stop" })]
    [InlineData("S/S_W_T.wav", new[] { "spk1", "spk2" }, new[] { "go", "stop" })]
    [InlineData("S/W_T.wav", new[] { "speaker_01", "speaker_02" }, new[] { "go", "stop" })]
    [InlineData("S/W.wav", new[] { "p225", "p226", "p227" }, new[] { "go", "stop" })]
    public void Folders_that_the_names_say_are_speakers_are_speakers(string form, string[] speakers, string[] words)
    {
        using var files = new TemporaryCorpus();
        var corpus = files.RecordAll(Names(form, speakers, words)).Open();
        corpus.Classes.ShouldBe(words);
        corpus.Clips.Select(clip => clip.Speaker!).Distinct().Order(StringComparer.Ordinal).ShouldBe(speakers);
        corpus.Clips.ShouldAllBe(clip => clip.Name.StartsWith(clip.Speaker + "/"));
        corpus.Warnings.ShouldHaveSingleItem().ShouldContain("--layout FolderPerClass");
        files.Open(new CorpusOptions { Layout = CorpusLayout.FolderPerClass }).Classes.ShouldBe(speakers);
    }

    [Theory]
    [InlineData("W/W_S_T.wav", new[] { "anna", "ben" }, new[] { "go", "stop" })]
    [InlineData("W/S_T.wav", new[] { "anna", "ben" }, new[] { "go", "stop" })]
    [InlineData("W/S_T.wav", new[] { "jackson", "theo" }, new[] { "0", "1", "2" })]
    [InlineData("W/W_S_T.wav", new[] { "jackson", "theo" }, new[] { "0", "1", "2" })]
    [InlineData("W/T.wav", new[] { "-" }, new[] { "s1", "s2" })]
    public void Folders_of_words_stay_words(string form, string[] speakers, string[] words)
    {
        using var files = new TemporaryCorpus();
        var corpus = files.RecordAll(Names(form, speakers, words)).Open();
        corpus.Layout.ShouldBe(CorpusLayout.FolderPerClass);
        corpus.Classes.ShouldBe(words);
        corpus.Warnings.ShouldBeEmpty();
    }

    /// <summary>Either may be meant; what is guessed is said, with the option that decides.</summary>
    [Theory]
    [InlineData("W/S_W_T.wav", new[] { "anna", "ben" }, new[] { "go", "stop" })]
    [InlineData("W/S_W_T.wav", new[] { "jackson", "theo" }, new[] { "0", "1", "2" })]
    public void Folders_that_may_be_either_are_words_and_said_aloud(string form, string[] speakers, string[] words)
    {
        using var files = new TemporaryCorpus();
        var corpus = files.RecordAll(Names(form, speakers, words)).Open();
        corpus.Classes.ShouldBe(words);
        corpus.Warnings.ShouldHaveSingleItem().ShouldEndWith("use --pattern {label}_{speaker}_{index}.");
    }

    private static IEnumerable<string> Names(string form, string[] speakers, string[] words) =>
        (from word in words
         from speaker in speakers
         from take in Enumerable.Range(0, 3)
         select form.Replace("W", word, StringComparison.Ordinal).Replace("S", speaker, StringComparison.Ordinal).Replace("T", $"{take}", StringComparison.Ordinal)).Distinct();
}
