using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Mingling.Boards.Tests.Support;

/// <summary>The compilers and emulators of the machine; tests skip what it has not.</summary>
internal static class Toolchain
{
    private static readonly string[] Strict = ["-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic"];

    /// <summary>A compiler of the machine; the test is skipped where there is none.</summary>
    public static string Any() => Has("gcc") ? "gcc" : Require("clang");

    /// <summary>The tool by its name; the test is skipped where there is none.</summary>
    public static string Require(string tool)
    {
        Assert.SkipUnless(Has(tool), $"{tool} is not installed.");
        return tool;
    }

    /// <summary>The test is skipped where the compiler cannot make a program with these flags, as where a library of them is not installed.</summary>
    public static void RequireFlags(string folder, string compiler, params string[] flags)
    {
        File.WriteAllText(Path.Combine(folder, "empty.c"), "int main(void) { return 0; }\n");
        try
        {
            Run(folder, Require(compiler), [.. flags, "-o", "empty", "empty.c"]);
        }
        catch (ShouldAssertException)
        {
            Assert.Skip($"{compiler} cannot make programs with {string.Join(' ', flags)}.");
        }
    }

    /// <summary>Compiles the source of a folder with the harness, which tells frames, scores and events.</summary>
    /// <returns>The program.</returns>
    public static string Compile(string compiler, string folder, int bins, params string[] flags)
    {
        string program = Path.Combine(folder, "harness");
        Run(folder, compiler, [.. Strict, "-O2", "-DCOMMANDS_TRACE", $"-DBINS={bins}", "-I", folder, .. flags, "-o", program, AssetPath("harness.c"), Path.Combine(folder, "commands.c"), "-lm"]);
        return program;
    }

    /// <summary>Compiles the source of a folder for a board.</summary>
    /// <returns>The program.</returns>
    public static string CompileForBoard(string folder, Board board, string main, params string[] flags)
    {
        string program = Path.Combine(folder, $"{board.Machine}-{Path.GetFileNameWithoutExtension(main)}.elf");
        Run(folder, Require("arm-none-eabi-gcc"),
        [
            .. Strict, .. board.Flags, "-mthumb", "-mfloat-abi=hard", "-ffunction-sections", "-fdata-sections", "-Wl,--gc-sections", "-nostartfiles",
            "-T", AssetPath("arm/board.ld"), $"-Wl,--defsym=ROM={board.Rom},--defsym=RAM={board.Ram}", "-I", folder, .. flags,
            AssetPath("arm/start.c"), AssetPath($"arm/{main}"), Path.Combine(folder, "commands.c"), "-lm", "-o", program,
        ]);
        return program;
    }

    /// <summary>Runs a program to its end and returns what it printed.</summary>
    public static string Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{output}\n{errors.Result}");
        return output;
    }

    /// <summary>A file beside the tests.</summary>
    public static string AssetPath(string name, [CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../C", name));

    private static bool Has(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));
}

/// <summary>A board that QEMU emulates.</summary>
internal sealed record Board(string Machine, string Rom, string Ram, string[] Flags)
{
    public static readonly Board CortexM4 = new("mps2-an386", "0x00000000", "0x20000000", ["-mcpu=cortex-m4", "-mfpu=fpv4-sp-d16"]);

    public static readonly Board CortexM33 = new("mps2-an505", "0x10000000", "0x38000000", ["-mcpu=cortex-m33", "-mfpu=fpv5-sp-d16"]);

    public static Board Of(string core) => core == "Cortex-M4F" ? CortexM4 : CortexM33;
}
