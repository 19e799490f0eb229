namespace Mingling.Corpora.Tests;

public class ListTests
{
    private static TemporaryCorpus Recordings() =>
        new TemporaryCorpus().RecordAll(TemporaryCorpus.FolderNames(["no", "yes"], ["anna", "ben", "carl"], takes: 1));

    private static Dictionary<string, Split?> SplitsOf(Corpus corpus) => corpus.Clips.ToDictionary(clip => clip.Name, clip => clip.Split);

    [Fact]
    public void Tables_with_byte_order_mark_crlf_and_quotes_give_splits_and_leave_the_unlisted_out()
    {
        using var files = Recordings().Record("yes/a, b_1.wav");
        files.Write("train.csv", "\uFEFFfile,class\r\n\"yes/a, b_1.wav\",yes\r\nno/anna_1.wav,no\r\n")
            .Write("val.csv", "file,class\nno/ben_1.wav,\"no\"\n");
        var corpus = files.Open();
        corpus.Lists.Select(Path.GetFileName).ShouldBe(["train.csv", "val.csv"]);
        SplitsOf(corpus).ShouldBe(new Dictionary<string, Split?>
        {
            ["no/anna_1.wav"] = Split.Train,
            ["no/ben_1.wav"] = Split.Validation,
            ["yes/a, b_1.wav"] = Split.Train,
        });
        corpus.UnlistedFiles.ShouldBe(4);
    }

    [Fact]
    public void Without_a_training_list_the_rest_is_for_training()
    {
        using var files = Recordings().Write("validation_list.txt", "yes/anna_1.wav\n./no/anna_1.wav\n");
        var corpus = files.Open();
        corpus.UnlistedFiles.ShouldBe(0);
        corpus.Clips.Count(clip => clip.Split == Split.Validation).ShouldBe(2);
        corpus.Clips.Count(clip => clip.Split == Split.Train).ShouldBe(4);
    }

    [Fact]
    public void Named_lists_replace_those_of_the_corpus_and_may_lie_elsewhere()
    {
        using var elsewhere = new TemporaryCorpus();
        using var files = Recordings().Write("validation_list.txt", "yes/anna_1.wav\n").Write("lists/deep.txt", "../no/ben_1.wav\n");
        elsewhere.Write("mine.txt", "no/carl_1.wav\n");
        string list = files.PathOf("lists/deep.txt");
        var splits = SplitsOf(files.Open(new CorpusOptions { ValidationList = elsewhere.PathOf("mine.txt"), TestList = list }));
        splits["no/carl_1.wav"].ShouldBe(Split.Validation);
        splits["no/ben_1.wav"].ShouldBe(Split.Test);
        splits["yes/anna_1.wav"].ShouldBe(Split.Train);
    }

    [Fact]
    public void Entries_that_are_missing_or_double_are_named()
    {
        using var files = Recordings().Write("train.csv", "file,class\nyes/dora_1.wav,yes\nyes/anna_1.wav,yes\nyes/anna_1.wav,yes\nno/ben_1.wav,no\n")
            .Write("test.csv", "file,class\nno/ben_1.wav,no\n");
        var corpus = files.Open();
        corpus.Clips.Count.ShouldBe(2);
        corpus.Problems.Select(problem => problem.Path).ShouldBe(["train.csv, line 2", "train.csv, line 4", "test.csv, line 2"]);
        corpus.Problems[0].Reason.ShouldContain("'yes/dora_1.wav'");
        corpus.Problems[2].Reason.ShouldContain("after train.csv");
        Should.Throw<CorpusException>(() => files.Open(new CorpusOptions { Strict = true })).Message.ShouldContain("yes/dora_1.wav");
    }

    [Fact]
    public void Flat_folder_takes_its_classes_from_the_lists()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("x1.wav", "x2.wav", "x3.wav", "x4.wav")
            .Write("train.csv", "class,file\nyes,x1.wav\nno,x2.wav\n,x4.wav\n").Write("val.csv", "x3.wav,no\n");
        var corpus = files.Open();
        corpus.Layout.ShouldBe(CorpusLayout.Lists);
        corpus.Clips.Select(clip => (clip.Name, clip.Label, clip.Split)).ShouldBe([
            ("x1.wav", "yes", Split.Train), ("x2.wav", "no", Split.Train), ("x3.wav", "no", Split.Validation)]);
        corpus.Problems.Single().Reason.ShouldContain("without a class");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Named_list_that_does_not_exist_is_named(bool manifest)
    {
        using var files = manifest ? WithManifest() : Recordings();
        foreach (var options in (CorpusOptions[])[
            new() { TrainList = files.PathOf("no.csv") }, new() { ValidationList = files.PathOf("no.csv") },
            new() { TestList = files.PathOf("no.csv") }])
            Should.Throw<CorpusException>(() => files.Open(options)).Message.ShouldContain(files.PathOf("no.csv"));
    }

    [Theory]
    [InlineData(false, "yes/dora_1.wav\n")]
    [InlineData(true, "yes/dora_1.wav\n")]
    [InlineData(false, "")]
    public void Named_list_that_gives_no_clip_is_named(bool manifest, string text)
    {
        using var files = manifest ? WithManifest() : Recordings();
        files.Write("mine.txt", text);
        Should.Throw<CorpusException>(() => files.Open(new CorpusOptions { ValidationList = files.PathOf("mine.txt") })).Message
            .ShouldStartWith($"The list '{files.PathOf("mine.txt")}' gives no clip");
    }

    [Fact]
    public void Named_training_list_leaves_the_unlisted_of_a_manifest_out()
    {
        using var files = WithManifest().Write("mine.csv", "file,class\nyes/anna_1.wav,yes\nno/ben_1.wav,no\n");
        var corpus = files.Open(new CorpusOptions { TrainList = files.PathOf("mine.csv") });
        corpus.Lists.ShouldBe([files.PathOf("mine.csv")]);
        SplitsOf(corpus).ShouldBe(new Dictionary<string, Split?> { ["no/ben_1.wav"] = Split.Train, ["yes/anna_1.wav"] = Split.Train });
        corpus.UnlistedFiles.ShouldBe(4);
    }

    [Fact]
    public void Named_list_overrides_the_split_of_a_manifest_and_leaves_the_others()
    {
        using var files = WithManifest().Write("mine.txt", "yes/anna_1.wav\n").Write("test.csv", "no/ben_1.wav,no\n");
        var splits = SplitsOf(files.Open(new CorpusOptions { ValidationList = files.PathOf("mine.txt") }));
        splits["yes/anna_1.wav"].ShouldBe(Split.Validation);
        splits["no/anna_1.wav"].ShouldBe(Split.Test);
        splits["no/ben_1.wav"].ShouldBe(Split.Train);
        splits["yes/carl_1.wav"].ShouldBe(Split.Train);
    }

    [Fact]
    public void List_moves_all_excerpts_of_a_file_and_leaves_their_classes()
    {
        using var files = new TemporaryCorpus().Record("long.wav").Record("other.wav").Write("val.txt", "long.wav\n");
        files.Write("manifest.csv", "path,label,start,end\nlong.wav,yes,0,0.5\nlong.wav,no,0.5,1\nother.wav,no,,\n")
            .Write("mine.csv", "long.wav,yes\n");
        files.Open(new CorpusOptions { ValidationList = files.PathOf("mine.csv") }).Clips.Select(clip => (clip.Label, clip.Split)).ShouldBe([
            ("yes", Split.Validation), ("no", Split.Validation), ("no", Split.Train)]);
    }

    [Fact]
    public void Table_with_semicolons_is_named_and_a_name_with_one_is_read()
    {
        using var files = Recordings().Record("yes/a;b_1.wav").Write("train.csv", "yes/a;b_1.wav\nno/ben_1.wav\n");
        files.Open().Clips.Count.ShouldBe(2);
        files.Write("train.csv", "file;class\nyes/anna_1.wav;yes\n");
        Should.Throw<CorpusException>(() => files.Open()).Message.ShouldContain("commas are expected");
    }

    [Fact]
    public void Path_with_a_zero_character_is_a_problem()
    {
        using var files = Recordings().Write("train.csv", "file,class\nyes/\0.wav,yes\nyes/anna_1.wav,yes\nno/anna_1.wav,no\n");
        files.Open().Problems.Single().ShouldBe(new CorpusProblem("train.csv, line 2", "names a path with a zero character, which no path has"));
    }

    /// <summary>A manifest in which anna is for the test and ben for validation.</summary>
    private static TemporaryCorpus WithManifest() => Recordings().Write("manifest.csv", "path,label,split\n" + string.Concat(
        from word in (string[])["no", "yes"]
        from speaker in (string[])["anna,test", "ben,val", "carl,"]
        let parts = speaker.Split(',')
        select $"{word}/{parts[0]}_1.wav,{word},{parts[1]}\n"));
}
