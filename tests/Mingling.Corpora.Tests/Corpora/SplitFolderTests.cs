namespace Mingling.Corpora.Tests;

/// <summary>Folders of splits wherever they stand, and words that are named like splits.</summary>
public class SplitFolderTests
{
    /// <summary>As Mycroft Precise has them: the words, and beside them a test with the words again.</summary>
    [Theory]
    [InlineData("test", Split.Test)]
    [InlineData("testing", Split.Test)]
    [InlineData("Eval", Split.Test)]
    [InlineData("dev", Split.Validation)]
    [InlineData("validation", Split.Validation)]
    public void Folder_of_a_split_beside_the_words_is_a_split(string folder, Split split)
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("wake-word/1.wav", "wake-word/2.wav", "not-wake-word/1.wav", $"{folder}/wake-word/3.wav", $"{folder}/not-wake-word/2.wav");
        var corpus = files.Open();
        corpus.Classes.ShouldBe(["not-wake-word", "wake-word"]);
        corpus.Clips.Where(clip => clip.Split == split).Select(clip => clip.Name).ShouldBe([$"{folder}/not-wake-word/2.wav", $"{folder}/wake-word/3.wav"]);
        corpus.Clips.Count(clip => clip.Split is null).ShouldBe(3);
        corpus.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Folders_of_splits_below_the_words_are_splits_and_no_speakers()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll(
            from word in new[] { "yes", "no" }
            from split in new[] { "train", "test" }
            from take in Enumerable.Range(1, 4)
            select $"{word}/{split}/{take}.wav");
        var corpus = files.Open();
        corpus.Classes.ShouldBe(["no", "yes"]);
        corpus.Clips.ShouldAllBe(clip => clip.Speaker == null);
        corpus.Clips.ShouldAllBe(clip => clip.Split == (clip.Name.Contains("/train/") ? Split.Train : Split.Test));
    }

    [Fact]
    public void Folders_of_splits_and_speakers_below_the_words_are_told_apart()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll(
            from word in new[] { "yes", "no" }
            from split in new[] { "train", "val" }
            from speaker in split == "train" ? new[] { "anna", "ben" } : ["cleo"]
            from take in Enumerable.Range(1, 2)
            select $"{word}/{split}/{speaker}/{take}.wav");
        var corpus = files.Open();
        corpus.Clips.Select(clip => clip.Speaker).Distinct().Order().ShouldBe(["anna", "ben", "cleo"]);
        corpus.Clips.Where(clip => clip.Split == Split.Validation).ShouldAllBe(clip => clip.Speaker == "cleo");
    }

    [Fact]
    public void Word_that_is_named_like_a_split_is_a_word_and_said_aloud()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("test/1.wav", "test/2.wav", "go/1.wav", "go/2.wav");
        var corpus = files.Open();
        corpus.Classes.ShouldBe(["go", "test"]);
        corpus.Warnings.ShouldHaveSingleItem().ShouldStartWith("The folder 'test' is named like a split and taken for a word");
    }

    [Fact]
    public void Word_that_is_named_like_a_split_with_speakers_below_is_a_word()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("test/anna/1.wav", "test/ben/1.wav", "go/anna/1.wav", "go/ben/1.wav");
        files.Open().Classes.ShouldBe(["go", "test"]);
    }

    [Fact]
    public void Folders_of_splits_go_before_the_hash_of_speech_commands()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("train/yes/aa_nohash_0.wav", "train/no/aa_nohash_0.wav", "test/yes/bb_nohash_0.wav", "test/no/bb_nohash_0.wav");
        var corpus = files.Open();
        corpus.Layout.ShouldBe(CorpusLayout.SpeechCommands);
        corpus.Classes.ShouldBe(["no", "yes"]);
        corpus.Clips.ShouldAllBe(clip => clip.Split == (clip.Speaker == "aa" ? Split.Train : Split.Test));
    }
}
