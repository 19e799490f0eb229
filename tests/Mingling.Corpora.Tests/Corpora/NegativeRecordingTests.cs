using Mingling.Corpora.Layouts;

namespace Mingling.Corpora.Tests.Corpora;

/// <summary>Recordings in which no command is said.</summary>
public class NegativeRecordingTests
{
    [Fact]
    public void Files_and_folders_are_read_in_order_and_empty_ones_named()
    {
        using var files = new TemporaryCorpus().RecordAll("go/a_1.wav", "go/b_1.wav", "stop/a_1.wav", "stop/b_1.wav");
        using var other = new TemporaryCorpus().RecordAll("talk/2.wav", "talk/1.wav", "one.wav");
        File.WriteAllBytes(other.PathOf("talk/3.wav"), []);
        var corpus = CorpusReader.Read(files.Root, new CorpusOptions { Negatives = [other.PathOf("talk"), other.PathOf("one.wav")] });
        corpus.Negatives.Select(clip => Path.GetFileName(clip.Path)).ShouldBe(["1.wav", "2.wav", "one.wav"]);
        corpus.Negatives.ShouldAllBe(clip => clip.Label == CorpusClip.UnknownLabel);
        corpus.Problems.ShouldContain(problem => problem.Path == "3.wav");
        corpus.Classes.ShouldBe(["go", "stop"]);
    }

    [Fact]
    public void What_is_not_there_or_holds_no_sound_is_refused()
    {
        using var files = new TemporaryCorpus().RecordAll("go/a_1.wav", "stop/a_1.wav");
        Directory.CreateDirectory(files.PathOf("../nothing-" + Path.GetFileName(files.Root)));
        string empty = files.PathOf("../nothing-" + Path.GetFileName(files.Root));
        try
        {
            Refusal("/no/such/talk").ShouldBe("There is no file or folder '/no/such/talk' of sound without commands.");
            Refusal(empty).ShouldContain("There are no sound files in");
        }
        finally
        {
            Directory.Delete(empty);
        }

        string Refusal(string path) => Should.Throw<CorpusException>(() => CorpusReader.Read(files.Root, new CorpusOptions { Negatives = [path] })).Message;
    }
}
