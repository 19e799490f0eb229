using Mingling.Corpora.Splitting;

namespace Mingling.Corpora.Tests;

/// <summary>Names that are one to people.</summary>
public class AlikeNameTests
{
    [Fact]
    public void Words_that_differ_by_blanks_or_form_are_one_and_said_aloud()
    {
        using var files = new TemporaryCorpus();
        files.Write("manifest.csv", "path,label,speaker\n");
        string[] labels = ["läuter", "la\u0308uter", "go", "\"go \"", "turn on", "turn  on"];
        string table = "path,label,speaker\n";
        for (int i = 0; i < labels.Length; i++)
        {
            files.Record($"{i}.wav");
            table += $"{i}.wav,{labels[i]},anna\n";
        }
        var corpus = files.Write("manifest.csv", table).Open();
        corpus.Classes.ShouldBe(["go", "läuter", "turn on"]);
        corpus.Clips.Count.ShouldBe(6);
        corpus.Warnings.Count(warning => warning.EndsWith("are one word.")).ShouldBe(2);
        files.Open(new CorpusOptions { Words = ["la\u0308uter", "go"] }).Classes.ShouldBe(["go", "läuter"]);
    }

    [Fact]
    public void Folders_that_differ_by_form_are_one_word_and_keep_their_speakers()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll(
            from word in new[] { "läuter", "la\u0308uter", "go" }
            from speaker in new[] { "anna", "ben" }
            from take in new[] { 1, 2 }
            select $"{word}/{speaker}_{take}.wav");
        var corpus = files.Open();
        corpus.Classes.ShouldBe(["go", "läuter"]);
        corpus.Clips.Select(clip => clip.Speaker).Distinct().Order().ShouldBe(["anna", "ben"]);
    }

    [Fact]
    public void Words_that_differ_by_case_are_two_and_warned_of()
    {
        using var files = new TemporaryCorpus();
        files.Record("1.wav").Record("2.wav").Write("manifest.csv", "path,label\n1.wav,Stop\n2.wav,stop\n");
        var corpus = files.Open();
        corpus.Classes.ShouldBe(["Stop", "stop"]);
        corpus.Warnings.ShouldBe(["'Stop', 'stop' differ by case alone and are different words; if they are one, give them one name."]);
    }

    /// <summary>A voice on both sides of a split makes figures too good.</summary>
    [Fact]
    public void Speakers_that_differ_by_case_are_one_on_one_side()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll(
            from word in new[] { "go", "stop" }
            from speaker in new[] { "Anna", "anna", "Ben", "ben", "Cleo", "Dora", "dora", "Emil" }
            select $"{word}/{speaker}_1.wav");
        var corpus = files.Open();
        corpus.Clips.Select(clip => clip.Speaker).Distinct().Order(StringComparer.Ordinal).ShouldBe(["Anna", "Ben", "Cleo", "Dora", "Emil"]);
        corpus.Warnings.ShouldContain("'Anna', 'anna' differ by case, blanks or the form of their letters alone and are one speaker.");
        var splits = CorpusSplitter.Split(corpus, MadeCorpus.WithoutSound);
        splits.Train.Select(clip => clip.Speaker).Intersect(splits.Validation.Select(clip => clip.Speaker)).ShouldBeEmpty();
        foreach (string warning in corpus.Warnings) splits.Warnings.ShouldContain(warning);
    }
}
