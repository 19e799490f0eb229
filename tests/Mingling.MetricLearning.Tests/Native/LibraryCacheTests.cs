using System.Runtime.Versioning;

namespace Mingling.MetricLearning.Tests.Native;

[SupportedOSPlatform("linux")]
public sealed class LibraryCacheTests : IDisposable
{
    private const string Name = "libcached.so";
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly byte[] _library = [.. Enumerable.Range(0, 10_000).Select(i => (byte)(i * 31 >> 3))];
    private readonly string _root = Directory.CreateTempSubdirectory("library-cache-tests-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [LinuxFact]
    public void Load_empty_folder_keeps_the_library_for_its_owner_alone()
    {
        string path = Load();

        path.ShouldStartWith(_root);
        Path.GetFileName(path).ShouldBe(Name);
        File.ReadAllBytes(path).ShouldBe(_library);
        File.GetUnixFileMode(path).ShouldBe(OwnerReadsAndWrites);
        File.GetUnixFileMode(Path.GetDirectoryName(path)!).ShouldBe(OwnerReadsAndWrites | UnixFileMode.UserExecute);
    }

    [LinuxFact]
    public void Load_again_uses_the_kept_file()
    {
        string path = Load();
        var written = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, written);

        Load().ShouldBe(path);

        File.GetLastWriteTimeUtc(path).ShouldBe(written);
    }

    [LinuxFact]
    public void Load_damaged_copy_is_replaced()
    {
        byte[] flipped = [.. _library];
        flipped[5_000] ^= 1;
        foreach (byte[] damaged in new[] { [], _library[..9_999], [.. _library, 0], flipped })
        {
            File.WriteAllBytes(Load(), damaged);

            string path = Load();

            File.ReadAllBytes(path).ShouldBe(_library);
            Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldHaveSingleItem("no temporary file may stay");
        }
    }

    [LinuxFact]
    public void Load_link_in_place_of_the_copy_is_replaced_and_its_target_untouched()
    {
        string path = Load(), target = Path.Combine(_root, "target");
        File.WriteAllText(target, "precious");
        File.Delete(path);
        File.CreateSymbolicLink(path, target);

        Load();

        new FileInfo(path).LinkTarget.ShouldBeNull();
        File.ReadAllBytes(path).ShouldBe(_library);
        File.ReadAllText(target).ShouldBe("precious");
    }

    [LinuxFact]
    public void Load_other_library_gets_another_place()
    {
        string path = Load(), other = "";

        LibraryCache.Load([1, 2, 3], Name, _root, temporaryInstead: false, p => other = p);

        other.ShouldNotBe(path);
        File.ReadAllBytes(path).ShouldBe(_library);
    }

    [LinuxFact]
    public void Load_at_the_same_time_gives_everybody_the_whole_file()
    {
        Parallel.For(0, 16, _ => LibraryCache.Load(_library, Name, _root, temporaryInstead: false,
            path => File.ReadAllBytes(path).ShouldBe(_library)));

        Directory.GetFiles(_root, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }

    [LinuxFact]
    public void Load_folder_that_cannot_be_used_says_which_and_what_to_do()
    {
        string file = Path.Combine(_root, "file");
        File.WriteAllText(file, "");
        foreach (string root in new[] { file, "/proc/mingling", "", "a\0b" }) Refusal(root);
    }

    [LinuxFact]
    public void Load_folder_in_place_of_the_copy_is_refused()
    {
        string path = Load();
        File.Delete(path);
        Directory.CreateDirectory(path);

        Refusal(_root);

        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBeEmpty("no temporary file may stay");
    }

    [LinuxFact]
    public void Load_file_that_the_system_refuses_gives_the_reason() =>
        Refusal(_root, _ => throw new DllNotFoundException("failed to map segment\nfrom shared object"))
            .ShouldContain("failed to map segment from shared object");

    [LinuxFact]
    public void Load_refused_folder_with_leave_uses_a_temporary_one_and_deletes_it()
    {
        var seen = new List<string>();

        LibraryCache.Load(_library, Name, _root, temporaryInstead: true, path =>
        {
            seen.Add(path);
            if (path.StartsWith(_root, StringComparison.Ordinal)) throw new DllNotFoundException("mounted without the right to execute");
            File.ReadAllBytes(path).ShouldBe(_library);
            File.GetUnixFileMode(Path.GetDirectoryName(path)!).ShouldBe(OwnerReadsAndWrites | UnixFileMode.UserExecute);
        });

        seen.Count.ShouldBe(2);
        Directory.Exists(Path.GetDirectoryName(seen[1])).ShouldBeFalse();
    }

    [LinuxFact]
    public void Load_refused_everywhere_says_so_and_leaves_no_temporary_folder()
    {
        var folders = new List<string>();
        Should.Throw<TorchRuntimeException>(() => LibraryCache.Load(_library, Name, "", temporaryInstead: true, path =>
        {
            folders.Add(Path.GetDirectoryName(path)!);
            throw new DllNotFoundException("no");
        })).Message.ShouldContain("(no)");

        Directory.Exists(folders.ShouldHaveSingleItem()).ShouldBeFalse();
    }

    private string Load()
    {
        string loaded = "";
        LibraryCache.Load(_library, Name, _root, temporaryInstead: false, path => loaded = path);
        return loaded;
    }

    private string Refusal(string root, Action<string>? load = null)
    {
        string message = Should.Throw<TorchRuntimeException>(
            () => LibraryCache.Load(_library, Name, root, temporaryInstead: false, load ?? (_ => { }))).Message;
        message.ShouldContain($"\"{root}\"");
        message.ShouldContain("TorchRuntimeOptions.CacheDirectory.");
        message.ShouldNotContain("\n");
        return message;
    }
}
