using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Mingling.Benchmarks.Serving;

/// <summary>The command `serve` on a free port, and what the kernel says of it (Linux).</summary>
internal sealed class ServerProcess : IDisposable
{
    private const double TicksPerSecond = 100;
    private readonly Process _process;

    public ServerProcess(string program, string model)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in new[] { "serve", "--wyoming", "--port", "0", "--clients", "10000", model }) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        string first = _process.StandardError.ReadLine() ?? throw new InvalidOperationException("the server does not start");
        // "mingling: listening at 127.0.0.1:40123 for …"
        EndPoint = IPEndPoint.TryParse(first.Split(' ') is [_, "listening", "at", var at, ..] ? at : "", out var endPoint) ? endPoint : throw new InvalidOperationException(first);
        // Taken away, so that no pipe stands still.
        _ = _process.StandardError.ReadToEndAsync();
        _ = _process.StandardOutput.ReadToEndAsync();
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>The resident memory.</summary>
    public double Megabytes()
    {
        string line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return Math.Round(double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^2], CultureInfo.InvariantCulture) / 1024, 1);
    }

    /// <summary>Files and connections that are open.</summary>
    public int OpenFiles() => Directory.GetFiles($"/proc/{_process.Id}/fd").Length;

    /// <summary>Processor time so far, of all threads.</summary>
    public double ProcessorSeconds()
    {
        string[] fields = File.ReadAllText($"/proc/{_process.Id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
