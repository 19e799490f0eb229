using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using Mingling.Cli.Arguments;
using Mingling.Cli.Host;
using Mingling.Studio;
using Mingling.Studio.Jobs;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling studio</c>: from recordings to a recogniser in a page of this machine.</summary>
internal static class StudioCommand
{
    public static Command Create()
    {
        var command = new Command("studio", "Opens a page on this machine in which to record words, train a recogniser and try it; no code, nothing leaves the machine.");
        var folder = new Argument<string>("FOLDER") { Description = "Folder of the studio, made where it does not exist: corpora, runs and models.", DefaultValueFactory = _ => "mingling-studio" }.NotEmpty();
        Option<int?> port = new("--port") { Description = $"Port to listen at; 0 for any free one (default: {StudioOptions.UsualPort}, or any free one where that is taken).", HelpName = "PORT" };
        var listen = new Option<string?>("--listen") { Description = "Address of this machine at which others may reach the page, such as 0.0.0.0; it asks them for a token (default: this machine alone).", HelpName = "ADDRESS" }.NotEmpty();
        var token = new Option<string?>("--token") { Description = "With --listen: the token to ask for, 16 characters or more (default: one is drawn).", HelpName = "TOKEN" }.NotEmpty();
        Option<bool> noBrowser = new("--no-browser") { Description = "Do not open the page; print its address alone." };
        command.Arguments.Add(folder);
        foreach (var option in new Option[] { port, listen, token, noBrowser }) command.Options.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(port) is < 0 or > 65_535) throw new UsageException("--port takes a number from 0 to 65535.");
            IPAddress? address = null;
            if (parsed.GetValue(listen) is { } text && !IPAddress.TryParse(text, out address)) throw new UsageException($"--listen takes an address of this machine, such as 0.0.0.0, not '{text}'.");
            if (parsed.GetValue(token) is { } asked && (address is null || asked.Length < 16)) throw new UsageException(address is null ? "--token is for --listen; give both or neither." : "--token takes 16 characters or more.");
            await using var server = await StudioServer.StartAsync(new StudioOptions
            {
                Folder = Path.GetFullPath(parsed.GetValue(folder)!),
                Command = StudioJobCommand.Self(),
                Samples = Directory.Exists(DemoCommand.Samples) ? DemoCommand.Samples : null,
                Version = Versions.Mingling,
                // A page asks every two seconds; what has come is looked for only while something is missing.
                Runtime = () => LibTorchPackage.IsThere
                    ? new RuntimeState(true, LibTorchPackage.Id, LibTorchPackage.WholeMegabytes, LibTorchPackage.WholeMegabytes)
                    : new RuntimeState(false, LibTorchPackage.Id, LibTorchPackage.FetchedMegabytes, LibTorchPackage.WholeMegabytes),
                Port = parsed.GetValue(port),
                Listen = address,
                Token = parsed.GetValue(token),
            });
            Console.WriteLine($"The studio is at {server.Address}");
            Console.WriteLine("It works until you press Ctrl-C; a training then goes on when the studio is opened again.");
            if (!parsed.GetValue(noBrowser)) Open(server.Address);
            await WaitAsync(cancellation);
            return CommandLine.Success;
        });
        return command;
    }

    private static async Task WaitAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C, or the system.
        }
    }

    /// <summary>Opens the page where there is a desktop; where there is none, the address has been printed.</summary>
    private static void Open(Uri address)
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("DISPLAY") is null && Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is null) return;
        try
        {
            Process.Start(new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true })?.Dispose();
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or FileNotFoundException)
        {
            // No browser is known.
        }
    }
}
