using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Mingling.Experiments.Comparison;

namespace Mingling.Cli.Commands;

/// <summary>Runs of a comparison in processes of their own: a crash of one, or its memory, harms no other.</summary>
/// <param name="threads">The threads of each. Range: at least 1.</param>
internal sealed class JobProcess(int threads) : IComparisonJobs
{
    private const string Complaint = "mingling: ", Note = "mingling: note: ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    /// <inheritdoc/>
    public async Task<string?> Run(string folder, ComparisonJob job, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            using var process = Process.Start(Command(folder, job.Id, threads))!;
            return await End(process, cancellation);
        }
        catch (Win32Exception e)
        {
            return $"its process cannot be started: {e.Message.ReplaceLineEndings(" ")}";
        }
    }

    private static async Task<string?> End(Process process, CancellationToken cancellation)
    {
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            await Stop(process);
            throw;
        }
        await output;
        if (process.ExitCode == 0) return null;
        string? said = (await error).Split('\n').LastOrDefault(line =>
            line.StartsWith(Complaint, StringComparison.Ordinal) && !line.StartsWith(Note, StringComparison.Ordinal));
        return said?[Complaint.Length..].Trim()
            ?? $"the process ended with code {process.ExitCode}; there may have been too little memory for so many at once.";
    }

    private static ProcessStartInfo Command(string folder, string id, int threads)
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("the program does not know its own path");
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // Started as 'dotnet mingling.dll', the process is dotnet.
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") start.ArgumentList.Add(typeof(JobProcess).Assembly.Location);
        foreach (string argument in new[] { CompareJobCommand.Name, folder, id, CompareJobCommand.Threads, threads.ToString(CultureInfo.InvariantCulture) }) start.ArgumentList.Add(argument);
        return start;
    }

    /// <summary>Asks by closing the standard input; what does not listen in time is killed, which loses the present epoch at most.</summary>
    private static async Task Stop(Process process)
    {
        try
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (Exception e) when (e is TimeoutException or IOException)
        {
            process.Kill();
        }
    }
}
