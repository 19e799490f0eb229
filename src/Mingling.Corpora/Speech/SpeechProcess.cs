using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Mingling.Corpora.Speech;

/// <summary>Runs the program once: text in by the standard input, what it prints out as bytes, and never longer than allowed.</summary>
internal static class SpeechProcess
{
    /// <returns>What the program wrote to its standard output.</returns>
    /// <exception cref="SpeechException">The program is missing, failed or took too long.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled; the program is stopped.</exception>
    public static byte[] Run(string program, IEnumerable<string> arguments, string input, TimeSpan limit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new SpeechException($"There is no program '{program}' that can be started; "
                + "install eSpeak NG, for example with 'apt-get install espeak-ng' or from https://github.com/espeak-ng/espeak-ng.", e);
        }
        using (process) return End(process, program, input, limit, cancellation).GetAwaiter().GetResult();
    }

    private static async Task<byte[]> End(Process process, string program, string input, TimeSpan limit, CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(limit);
        using var output = new MemoryStream();
        try
        {
            // All three at once: a program that is not read from, or that does not read, must not stop the other side.
            var error = process.StandardError.ReadToEndAsync(late.Token);
            await Task.WhenAll(
                Feed(process.StandardInput.BaseStream, input, late.Token),
                process.StandardOutput.BaseStream.CopyToAsync(output, late.Token),
                error).ConfigureAwait(false);
            await process.WaitForExitAsync(late.Token).ConfigureAwait(false);
            return process.ExitCode == 0 ? output.ToArray() : throw new SpeechException(Failure(program, process.ExitCode, await error.ConfigureAwait(false)));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new SpeechException($"'{program}' did not end within {limit.TotalSeconds:0.#} s and was stopped.");
        }
    }

    private static async Task Feed(Stream input, string text, CancellationToken cancellation)
    {
        try
        {
            await using (input.ConfigureAwait(false))
                await input.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says why.
        }
    }

    private static string Failure(string program, int code, string error)
    {
        string said = error.Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.Length > 0) ?? "it did not say why";
        return $"'{program}' failed with exit code {code}: {said.TrimEnd('.')}.";
    }
}
