namespace Mingling.Corpora.Tests;

public class FolderLayoutTests
{
    [Fact]
    public void Folders_with_blanks_and_other_scripts_are_classes()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("turn on/a.wav", "turn on/b.wav", "打开/c.wav", "إلغاء/d.wav", "Zoë/e.WAV");
        var corpus = files.Open();
        corpus.Layout.ShouldBe(CorpusLayout.FolderPerClass);
        corpus.Classes.ShouldBe(["Zoë", "turn on", "إلغاء", "打开"]);
        corpus.Clips.Single(clip => clip.Label == "打开").Name.ShouldBe("打开/c.wav");
        corpus.Clips.ShouldAllBe(clip => File.Exists(clip.Path) && Path.IsPathRooted(clip.Path) && clip.Speaker == null && clip.Split == null);
    }

    [Fact]
    public void Clips_are_in_ordinal_order_of_their_names()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("b/2.wav", "a/10.wav", "a/1.wav", "B/1.wav");
        files.Open().Clips.Select(clip => clip.Name).ShouldBe(["B/1.wav", "a/1.wav", "a/10.wav", "b/2.wav"]);
    }

    [Fact]
    public void Noise_folder_and_hidden_files_are_no_classes()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("yes/1.wav", "no/1.wav", "_background_noise_/fan.wav", ".cache/x/1.wav", "yes/.1.wav", "__MACOSX/yes/1.wav", "yes/@eaDir/2.wav", "$RECYCLE.BIN/3.wav");
        var corpus = files.Open();
        corpus.Classes.ShouldBe(["no", "yes"]);
        corpus.Clips.Count.ShouldBe(2);
        corpus.Noise.Single().Name.ShouldBe("_background_noise_/fan.wav");
    }

    [Fact]
    public void Noise_of_another_folder_is_added()
    {
        using var noise = new TemporaryCorpus();
        using var files = new TemporaryCorpus();
        noise.Record("rooms/fan.wav");
        files.RecordAll("yes/1.wav", "no/1.wav");
        files.Open(new CorpusOptions { NoiseFolder = noise.Root }).Noise.Single().Path.ShouldBe(noise.PathOf("rooms/fan.wav"));
    }

    [Fact]
    public void Folders_named_like_splits_stand_above_the_classes()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("train/yes/1.wav", "train/no/1.wav", "dev/yes/2.wav", "Test/no/2.wav", "_background_noise_/fan.wav");
        var corpus = files.Open();
        corpus.Classes.ShouldBe(["no", "yes"]);
        corpus.Noise.Count.ShouldBe(1);
        corpus.Clips.Single(clip => clip.Name == "dev/yes/2.wav").Split.ShouldBe(Split.Validation);
        corpus.Clips.Single(clip => clip.Name == "Test/no/2.wav").Split.ShouldBe(Split.Test);
    }

    [Fact]
    public void Deeper_folders_belong_to_the_class_and_can_be_speakers()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("yes/anna/1.wav", "yes/ben/1.wav", "no/anna/1.wav", "no/ben/1.wav");
        var corpus = files.Open();
        corpus.Classes.ShouldBe(["no", "yes"]);
        corpus.Clips.Select(clip => clip.Speaker).ShouldBe(["anna", "ben", "anna", "ben"]);
    }

    [Fact]
    public void Loose_file_beside_the_classes_is_a_problem()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("yes/1.wav", "no/1.wav", "loose.wav");
        var corpus = files.Open();
        corpus.Clips.Count.ShouldBe(2);
        corpus.Problems.Single().Path.ShouldBe("loose.wav");
    }

    [Fact]
    public void Words_leave_the_other_classes_aside()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("yes/1.wav", "no/1.wav", "cat/1.wav");
        var corpus = files.Open(new CorpusOptions { Words = ["yes", "no"] });
        corpus.Classes.ShouldBe(["no", "yes"]);
        corpus.OtherClips.Single().Label.ShouldBe("cat");
        Should.Throw<CorpusException>(() => files.Open(new CorpusOptions { Words = ["yes", "dog"] })).Message.ShouldContain("'dog'");
    }

    [Fact]
    public void Link_to_a_folder_above_is_not_followed()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("yes/1.wav", "no/1.wav");
        Directory.CreateSymbolicLink(files.PathOf("yes/again"), files.Root);
        files.Open().Clips.Count.ShouldBe(2);
    }
}
