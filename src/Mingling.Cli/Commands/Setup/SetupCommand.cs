using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Mingling.Cli.Host;
using Mingling.MetricLearning;

namespace Mingling.Cli.Commands;

/// <summary>
/// <c>mingling setup</c>: fetches libtorch, which the tool is delivered without. 'dotnet restore' does it, by the user's own feeds, mirrors
/// and proxies, and shares the files with every program that is built here.
/// </summary>
internal static class SetupCommand
{
    public static Command Create()
    {
        var command = new Command("setup", "Downloads libtorch, which training needs (Linux: 130 MB, 500 MB on disk).");
        command.SetAction(async (_, cancellation) =>
        {
            if (!LibTorchPackage.IsThere)
            {
                Console.WriteLine($"Fetching {LibTorchPackage.Id} {LibTorchPackage.Version} …");
                await Restore(cancellation);
            }
            Torch.Start();
            Console.WriteLine("libtorch loads and computes; you can train.");
            return CommandLine.Success;
        });
        return command;
    }

    /// <summary>Restores a project that needs nothing but libtorch, from the present folder, so that its nuget.config counts.</summary>
    private static async Task Restore(CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("mingling-setup-").FullName;
        try
        {
            string project = Path.Combine(folder, "libtorch.csproj");
            File.WriteAllText(project, $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
                  <ItemGroup><PackageReference Include="{LibTorchPackage.Id}" Version="[{LibTorchPackage.Version}]" /></ItemGroup>
                </Project>
                """);
            string[] arguments = ["restore", project, "--verbosity", "quiet", $"-p:RestoreRootConfigDirectory={Environment.CurrentDirectory}"];
            using var restore = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
            string said;
            try
            {
                said = await restore.StandardOutput.ReadToEndAsync(cancellation);
                await restore.WaitForExitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                // What it fetched so far stays in its cache.
                restore.Kill(entireProcessTree: true);
                throw;
            }
            if (restore.ExitCode != 0)
                throw new TorchRuntimeException(new Remark("setup.not-fetched", $"'dotnet restore' could not fetch {LibTorchPackage.Id} {LibTorchPackage.Version}: {FirstLine(said, project)}", ("package", LibTorchPackage.Id), ("version", LibTorchPackage.Version), ("why", FirstLine(said, project))));
            if (!LibTorchPackage.IsThere)
                throw new TorchRuntimeException($"{LibTorchPackage.Id} {LibTorchPackage.Version} was fetched, but not to {LibTorchPackage.NativeFolder}; set NUGET_PACKAGES to the folder of your packages.");
        }
        catch (Win32Exception e)
        {
            throw new TorchRuntimeException(new Remark("setup.no-sdk", "libtorch is fetched by 'dotnet restore', and the .NET SDK 10 is not installed here or not on the PATH."), e);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string FirstLine(string said, string project) =>
        (said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "it did not say why.")
            .Replace($"{project} : ", "", StringComparison.Ordinal).Replace($" [{project}]", "", StringComparison.Ordinal);
}
