namespace Mingling.Audio.Tests;

public sealed class StagedFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mingling-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void New_folder_appears_with_all_files()
    {
        using (var staged = StagedFolder.Begin(At("above/new/")))
        {
            File.WriteAllText(Path.Combine(staged.Files, "a"), "1");
            Directory.Exists(At("above/new")).ShouldBeFalse();
            staged.Place();
        }
        Entries().ShouldBe(["above", "above/new", "above/new/a"]);
    }

    [Fact]
    public void Folder_that_is_not_placed_is_not_made()
    {
        using (var staged = StagedFolder.Begin(At("new"))) File.WriteAllText(Path.Combine(staged.Files, "a"), "1");
        Entries().ShouldBeEmpty();
    }

    [Fact]
    public void Folder_that_is_there_keeps_what_else_it_holds()
    {
        Directory.CreateDirectory(At("there/mine"));
        File.WriteAllText(At("there/mine/a"), "mine");
        File.WriteAllText(At("there/a"), "old");
        File.WriteAllText(At("there/b"), "mine");
        using (var failed = StagedFolder.Begin(At("there"))) File.WriteAllText(Path.Combine(failed.Files, "a"), "half");
        File.ReadAllText(At("there/a")).ShouldBe("old");
        using (var staged = StagedFolder.Begin(At("there")))
        {
            File.WriteAllText(Path.Combine(staged.Files, "a"), "new");
            File.WriteAllText(Path.Combine(staged.Files, "c"), "new");
            staged.Place();
        }
        Entries().ShouldBe(["there", "there/a", "there/b", "there/c", "there/mine", "there/mine/a"]);
        (File.ReadAllText(At("there/a")), File.ReadAllText(At("there/b")), File.ReadAllText(At("there/mine/a"))).ShouldBe(("new", "mine", "mine"));
    }

    [Fact]
    public void Folder_in_the_place_of_a_file_leaves_all_files_as_they_were()
    {
        Directory.CreateDirectory(At("there/b"));
        File.WriteAllText(At("there/a"), "old");
        using (var staged = StagedFolder.Begin(At("there")))
        {
            foreach (string file in new[] { "a", "b" }) File.WriteAllText(Path.Combine(staged.Files, file), "new");
            Should.Throw<IOException>(staged.Place).Message.ShouldBe($"{At("there/b")} is a folder, and a file of this name is to be written there.");
        }
        Entries().ShouldBe(["there", "there/a", "there/b"]);
        File.ReadAllText(At("there/a")).ShouldBe("old");
    }

    [Fact]
    public void Replaced_files_keep_their_rights_and_links_lead_where_they_did()
    {
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(At("there"));
        File.WriteAllText(At("there/a"), "old");
        File.SetUnixFileMode(At("there/a"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(At("real"), "old");
        File.CreateSymbolicLink(At("there/b"), At("real"));
        using (var staged = StagedFolder.Begin(At("there")))
        {
            foreach (string file in new[] { "a", "b" }) File.WriteAllText(Path.Combine(staged.Files, file), "new");
            staged.Place();
        }
        File.GetUnixFileMode(At("there/a")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.ReadAllText(At("real")).ShouldBe("new");
        new FileInfo(At("there/b")).LinkTarget.ShouldBe(At("real"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("there")]
    public void Leftovers_of_killed_processes_go_with_the_next_folder(string there)
    {
        Directory.CreateDirectory(At(there));
        string left = At(Path.Combine(there, "files.999999999-abcdefgh.mingling.tmp")), running = At(Path.Combine(there, "files.1-abcdefgh.mingling.tmp"));
        foreach (string folder in new[] { left, running })
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "a"), "half");
        }
        StagedFolder.Begin(At(there.Length > 0 ? there : "new")).Dispose();
        (Directory.Exists(left), Directory.Exists(running)).ShouldBe((false, true));
    }

    private string At(string name) => Path.TrimEndingDirectorySeparator(Path.Combine(_folder, name));

    private string[] Entries() => [.. Directory.EnumerateFileSystemEntries(_folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}
