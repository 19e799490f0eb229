namespace Mingling.Audio.Tests;

public sealed class WholeFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mingling-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_that_fails_halfway_leaves_the_old_file_and_nothing_else()
    {
        string path = At("file");
        File.WriteAllText(path, "old");
        File.WriteAllText(path + ".tmp", "of another");
        Should.Throw<IOException>(() => WholeFile.Write(path, stream =>
        {
            stream.Write(new byte[1 << 20]);
            throw new IOException("the disk is full");
        })).Message.ShouldBe("the disk is full");
        File.ReadAllText(path).ShouldBe("old");
        File.ReadAllText(path + ".tmp").ShouldBe("of another");
        Directory.GetFiles(_folder).Length.ShouldBe(2);
    }

    /// <summary>What a killed process left goes with the next file; what another process, or this one, writes now stays.</summary>
    [Fact]
    public void Write_removes_what_a_killed_process_left()
    {
        string left = At("model.onnx.999999999-abcdefgh.mingling.tmp"), inUse = At($"model.onnx.1-abcdefgh.mingling.tmp"), foreign = At("model.onnx.tmp");
        foreach (string path in new[] { left, inUse, foreign }) File.WriteAllText(path, "half");
        WholeFile.Write(At("file"), stream =>
        {
            File.Exists(left).ShouldBeFalse();
            WholeFile.Write(At("other"), inner => inner.WriteByte(1));
            stream.WriteByte(1);
        });
        Directory.GetFiles(_folder).Order().ShouldBe(new[] { At("file"), inUse, foreign, At("other") }.Order());
    }

    [Fact]
    public void Write_as_root_keeps_the_owner()
    {
        if (OperatingSystem.IsWindows()) return;
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists("/usr/bin/stat"), "Only root can give files to others.");
        string path = At("owned");
        File.WriteAllText(path, "old");
        Run("chown", "12345:23456", path);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupWrite);
        WholeFile.Write(path, stream => stream.WriteByte(1));
        Run("stat", "-c", "%u:%g:%a", path).ShouldBe("12345:23456:420");
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
        return output.Trim();
    }

    [Fact]
    public void Write_in_the_place_of_a_folder_leaves_the_folder()
    {
        Directory.CreateDirectory(At("taken"));
        Should.Throw<Exception>(() => WholeFile.Write(At("taken"), stream => stream.WriteByte(1)));
        Directory.GetFileSystemEntries(_folder).ShouldBe([At("taken")]);
    }

    [Fact]
    public void Write_twice_at_once_leaves_one_of_both_whole()
    {
        string path = At("file");
        WholeFile.Write(path, outer =>
        {
            outer.WriteByte(1);
            WholeFile.Write(path, inner => inner.Write([2, 2]));
            outer.WriteByte(1);
        });
        File.ReadAllBytes(path).ShouldBe([1, 1]);
        Directory.GetFiles(_folder).ShouldHaveSingleItem();
    }

    [Fact]
    public void Write_over_a_link_replaces_what_it_leads_to_and_keeps_its_rights()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links and rights are those of Unix");
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite;
        File.WriteAllText(At("file"), "old");
        File.SetUnixFileMode(At("file"), Mode);
        File.CreateSymbolicLink(At("link"), "file");
        File.CreateSymbolicLink(At("second"), At("link"));
        File.CreateSymbolicLink(At("dangling"), At("none"));
        WholeFile.Write(At("second"), stream => stream.WriteByte(65));
        WholeFile.Write(At("dangling"), stream => stream.WriteByte(66));
        File.ReadAllText(At("file")).ShouldBe("A");
        File.ReadAllText(At("none")).ShouldBe("B");
        File.GetUnixFileMode(At("file")).ShouldBe(Mode);
        new FileInfo(At("second")).LinkTarget.ShouldBe(At("link"));
        Directory.GetFiles(_folder).Length.ShouldBe(5);
    }

    private string At(string name) => Path.Combine(_folder, name);
}
