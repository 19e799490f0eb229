using System.Runtime.Versioning;
using Mingling.Training.Corpora;

namespace Mingling.Training.Tests.Corpora;

public class BadCorpusTests
{
    [Fact]
    public void Folder_that_does_not_exist_is_named() =>
        Should.Throw<CorpusException>(() => Corpus.Open("/no/such/folder")).Message.ShouldContain("/no/such/folder");

    [Fact]
    public void Folder_without_sound_is_named()
    {
        using var files = new TemporaryCorpus();
        files.Write("yes/notes.txt", "nothing");
        Should.Throw<CorpusException>(() => files.Open()).Message.ShouldStartWith($"There are no sound files in '{files.Root}'");
    }

    [Fact]
    public void Single_class_is_named()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("yes/1.wav", "yes/2.wav");
        Should.Throw<CorpusException>(() => files.Open()).Message.ShouldContain("only one class");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Folder_that_may_not_be_read_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Every folder may be read by this user.");
        using var files = new TemporaryCorpus();
        files.RecordAll("yes/1.wav", "no/1.wav");
        var locked = new DirectoryInfo(files.PathOf("yes")) { UnixFileMode = UnixFileMode.None };
        try
        {
            Should.Throw<CorpusException>(() => files.Open()).Message.ShouldContain("cannot be read");
        }
        finally
        {
            locked.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        }
    }

    [Fact]
    public void Empty_file_is_a_problem_or_ends_a_strict_reading()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("yes/1.wav", "no/1.wav").Write("no/2.wav", "");
        files.Open().Problems.ShouldBe([new CorpusProblem("no/2.wav", "is empty (0 bytes)")]);
        Should.Throw<CorpusException>(() => files.Open(new CorpusOptions { Strict = true })).Message.ShouldBe("'no/2.wav' is empty (0 bytes).");
    }

    [Fact]
    public void Corpus_of_empty_files_says_why_nothing_is_left()
    {
        using var files = new TemporaryCorpus();
        files.Write("yes/1.wav", "").Write("no/1.wav", "");
        Should.Throw<CorpusException>(() => files.Open()).Message.ShouldContain("'no/1.wav' is empty");
    }

    [Fact]
    public void Layout_that_needs_something_else_says_so()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("yes/1.wav", "no/1.wav");
        Should.Throw<CorpusException>(() => files.Open(new CorpusOptions { Layout = CorpusLayout.Manifest })).Message.ShouldContain("manifest.csv");
        Should.Throw<CorpusException>(() => files.Open(new CorpusOptions { Layout = CorpusLayout.Lists })).Message.ShouldContain("train.csv");
        Should.Throw<CorpusException>(() => files.Open(new CorpusOptions { Layout = CorpusLayout.Lists, Pattern = "{label}" })).Message.ShouldContain("pattern");
        Should.Throw<CorpusException>(() => files.Open(new CorpusOptions { NoiseFolder = "/no/such/noise" })).Message.ShouldContain("/no/such/noise");
    }
}
