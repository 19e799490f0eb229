using System.Diagnostics;

namespace Mingling.Cli.Tests;

/// <summary>Runs the command as a user does, in a process of its own.</summary>
internal static class MinglingProcess
{
    public static Process Start(string folder, params string[] arguments) => Start(folder, null, arguments);

    private static Process Start(string folder, (string Name, string? Value)? environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        if (environment is { } variable) start.Environment[variable.Name] = variable.Value;
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "mingling.dll"));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    public static Result Run(string folder, params string[] arguments) => Run(Start(folder, arguments), arguments);

    /// <summary>The same with a variable of the environment; null takes it away.</summary>
    public static Result RunWith(string folder, (string Name, string? Value) environment, params string[] arguments) => Run(Start(folder, environment, arguments), arguments);

    private static Result Run(Process started, string[] arguments)
    {
        using var process = started;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(5)))
        {
            process.Kill();
            throw new TimeoutException($"mingling {string.Join(' ', arguments)} does not end");
        }
        return new Result(process.ExitCode, output.Result, WithoutLibTorch(error.Result));
    }

    /// <summary>
    /// What the command itself says: on processors that NNPACK does not know, libtorch adds a line of its own for each convolution, which the
    /// command cannot keep back.
    /// </summary>
    private static string WithoutLibTorch(string error) =>
        string.Join('\n', error.Split('\n').Where(line => !(line.StartsWith("[W", StringComparison.Ordinal) && line.Contains("NNPACK.cpp", StringComparison.Ordinal))));

    internal sealed record Result(int ExitCode, string Output, string Error);
}
