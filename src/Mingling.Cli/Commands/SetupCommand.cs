using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Mingling.MetricLearning;
using Mingling.MetricLearning.Native;

namespace Mingling.Cli.Commands;

/// <summary>
/// <c>mingling setup</c>: fetches libtorch, which the tool is delivered without. 'dotnet restore' does it, by the user's own feeds, mirrors
/// and proxies, and shares the files with every program that is built here.
/// </summary>
internal static class SetupCommand
{
    public static Command Create()
    {
        var command = new Command("setup", "Fetches libtorch, which training needs and the tool is delivered without.");
        command.SetAction(_ =>
        {
            if (IsThere()) return Done();
            Console.WriteLine($"Fetching {LibTorchPackage.Id} {LibTorchPackage.Version} …");
            Restore();
            return IsThere() ? Done() : throw new TorchRuntimeException($"{LibTorchPackage.Id} was fetched, and {LibTorchPackage.NativeFolder} does not hold it; restore the package by hand.");
        });
        return command;
    }

    private static bool IsThere() =>
        Directory.Exists(LibTorchPackage.NativeFolder) || Directory.Exists(Path.Combine(AppContext.BaseDirectory, "runtimes", LibTorchPackage.Platform, "native"))
            && Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "runtimes", LibTorchPackage.Platform, "native"), "*torch_cpu*").Any();

    private static int Done()
    {
        Torch.Start();
        Console.WriteLine("libtorch loads and computes; you can train.");
        return CommandLine.Success;
    }

    private static void Restore()
    {
        string folder = Directory.CreateTempSubdirectory("mingling-setup-").FullName;
        try
        {
            string project = Path.Combine(folder, "libtorch.csproj");
            File.WriteAllText(project, $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
                  <ItemGroup><PackageReference Include="{LibTorchPackage.Id}" Version="{LibTorchPackage.Version}" /></ItemGroup>
                </Project>
                """);
            using var restore = Process.Start(new ProcessStartInfo("dotnet", ["restore", project, "--verbosity", "quiet"]) { RedirectStandardOutput = true, WorkingDirectory = Environment.CurrentDirectory })
                ?? throw new TorchRuntimeException("'dotnet restore' could not be started.");
            string said = restore.StandardOutput.ReadToEnd();
            restore.WaitForExit();
            if (restore.ExitCode != 0)
                throw new TorchRuntimeException($"'dotnet restore' could not fetch {LibTorchPackage.Id} {LibTorchPackage.Version}: {said.Trim().Split('\n').FirstOrDefault()?.Trim()}");
        }
        catch (Win32Exception e)
        {
            throw new TorchRuntimeException($"libtorch is fetched by 'dotnet restore', and there is no .NET SDK here: {e.Message}", e);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
