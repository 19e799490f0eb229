using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Mingling.Corpora.Layouts;

namespace Mingling.Corpora.Tests;

public class BadCorpusTests
{
    [Fact]
    public void Folder_that_does_not_exist_is_named() =>
        Should.Throw<CorpusException>(() => CorpusReader.Read("/no/such/folder")).Message.ShouldContain("/no/such/folder");

    [Fact]
    public void Folder_without_sound_is_named()
    {
        using var files = new TemporaryCorpus();
        files.Write("yes/notes.txt", "nothing");
        Should.Throw<CorpusException>(() => files.Open()).Message.ShouldStartWith($"There are no sound files in '{files.Root}'");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Folder_that_may_not_be_read_is_a_problem_or_ends_a_strict_reading()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Every folder may be read by this user.");
        using var files = new TemporaryCorpus();
        files.RecordAll("yes/1.wav", "no/1.wav", "go/1.wav");
        var locked = new DirectoryInfo(files.PathOf("yes")) { UnixFileMode = UnixFileMode.None };
        try
        {
            files.Open().Problems.Single().ToString().ShouldStartWith("'yes/' cannot be read");
            Should.Throw<CorpusException>(() => files.Open(new CorpusOptions { Strict = true })).Message.ShouldContain("cannot be read");
        }
        finally
        {
            locked.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        }
    }

    [Fact]
    public void Names_that_are_not_utf8_are_problems()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The system knows no such names.");
        using var files = new TemporaryCorpus();
        files.RecordAll("yes/1.wav", "yes/2.wav", "yes/3.wav", "no/1.wav", "bad/1.wav");
        (string Name, byte[] Raw)[] renamed =
            [("yes/2.wav", [.. "yes/"u8, 0xFF, .. ".wav"u8]), ("yes/3.wav", [.. "yes/"u8, 0xFE, .. ".wav"u8]), ("bad", [.. "bad"u8, 0xFF])];
        foreach (var (name, raw) in renamed)
            RenameBytes(Bytes(name), Raw(raw)).ShouldBe(0);
        try
        {
            var corpus = files.Open();
            corpus.Clips.Select(clip => clip.Name).ShouldBe(["no/1.wav", "yes/1.wav"]);
            corpus.Problems.Select(problem => problem.Path).ShouldBe(["bad\uFFFD/", "yes/\uFFFD.wav", "yes/\uFFFD.wav"]);
            corpus.Problems[0].Reason.ShouldStartWith("cannot be read");
            corpus.Problems[1].Reason.ShouldContain("not valid UTF-8");
            Should.Throw<CorpusException>(() => files.Open(new CorpusOptions { Strict = true }));
        }
        finally
        {
            // What has such a name cannot be deleted by it.
            foreach (var (name, raw) in renamed)
                RenameBytes(Raw(raw), Bytes(name)).ShouldBe(0);
        }

        byte[] Bytes(string name) => [.. Encoding.UTF8.GetBytes(files.PathOf(name)), 0];
        byte[] Raw(byte[] name) => [.. Encoding.UTF8.GetBytes(files.Root + '/'), .. name, 0];
    }

    [Fact]
    public void Links_in_a_circle_give_every_clip_once_under_its_own_name()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        using var elsewhere = new TemporaryCorpus().RecordAll("deep/1.wav");
        using var files = new TemporaryCorpus().RecordAll("yes/1.wav", "no/1.wav");
        Link("no/a", "yes");
        Link("yes/b", "no");
        Link("yes/all", "");
        Link("also", "yes");
        Directory.CreateSymbolicLink(files.PathOf("linked"), elsewhere.Root);
        Directory.CreateSymbolicLink(elsewhere.PathOf("back"), elsewhere.PathOf("deep"));
        var corpus = files.Open();
        corpus.Clips.Select(clip => clip.Name).ShouldBe(["linked/deep/1.wav", "no/1.wav", "yes/1.wav"]);
        corpus.Problems.ShouldBeEmpty();

        void Link(string name, string target) => Directory.CreateSymbolicLink(files.PathOf(name), files.PathOf(target));
    }

    [Fact]
    public void Layout_that_there_is_not_is_out_of_range()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("yes/1.wav", "no/1.wav");
        Should.Throw<ArgumentOutOfRangeException>(() => files.Open(new CorpusOptions { Layout = (CorpusLayout)7 }));
    }

    [Fact]
    public void Sound_file_in_the_place_of_the_folder_is_named()
    {
        using var files = new TemporaryCorpus();
        files.Record("yes/1.wav");
        Should.Throw<CorpusException>(() => CorpusReader.Read(files.PathOf("yes/1.wav"))).Message
            .ShouldBe($"'{files.PathOf("yes/1.wav")}' is a sound file; name the folder of the recordings, such as '{files.PathOf("yes")}'.");
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
        Should.Throw<CorpusException>(() => files.Open(new CorpusOptions { Layout = CorpusLayout.Lists, Pattern = "{label}" })).Message
            .ShouldContain("pattern");
        Should.Throw<CorpusException>(() => files.Open(new CorpusOptions { NoiseFolder = "/no/such/noise" })).Message.ShouldContain("/no/such/noise");
    }

    [DllImport("libc", EntryPoint = "rename"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int RenameBytes(byte[] from, byte[] to);
}
