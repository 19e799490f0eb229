using System.CommandLine;
using System.Net;
using System.Runtime.InteropServices;
using Mingling.Cli.Arguments;
using Mingling.Cli.Host;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;
using Mingling.Serving.Models;
using Mingling.Serving.Wyoming;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling serve</c>: the words of model files for a house. Also in the program that is compiled ahead of time.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Serves the words of model files to Home Assistant and others that speak the Wyoming protocol.");
        var files = new Argument<string[]>("MODEL")
        {
            Description = "Model files (.onnx), no two with the same word; loaded anew when they are replaced.",
            Arity = ArgumentArity.ZeroOrMore,
        }.NotEmpty();
        Option<bool> wyoming = new("--wyoming") { Description = "Serve by the Wyoming protocol, the only one so far." };
        var host = new Option<string>("--host")
        {
            Description = "Address of this machine to listen at: 127.0.0.1 for its own programs alone, 0.0.0.0 for everyone who reaches it, :: also by IPv6. The protocol knows no passwords.",
            HelpName = "ADDRESS",
            DefaultValueFactory = _ => "127.0.0.1",
        }.NotEmpty();
        Option<int> port = new("--port") { Description = "Port to listen at; 0 for any free one.", HelpName = "PORT", DefaultValueFactory = _ => WyomingOptions.DefaultPort };
        var languages = new Option<string[]>("--language") { Description = "Language of the words, such as en, as Home Assistant shows it; can be given again.", HelpName = "LANGUAGE" }.NotEmpty();
        Option<double?> threshold = new("--threshold") { Description = "Threshold of all trained words, above 0 and at most 1, instead of the calibrated ones; enrolled words keep theirs.", HelpName = "SCORE" };
        Option<bool> noGate = new("--no-gate") { Description = "Run the model on silence too." };
        Option<int> clients = new("--clients") { Description = "Most clients at once, 1 to 100000.", HelpName = "N", DefaultValueFactory = _ => new WyomingOptions().MostClients };
        Option<double> idle = new("--idle") { Description = "Seconds after which a client that says nothing is closed, 0.01 to 86400.", HelpName = "SECONDS", DefaultValueFactory = _ => new WyomingOptions().IdleTimeout.TotalSeconds };
        Option<bool> check = new("--check") { Description = "Ask the server that runs at --host and --port for its words, print them, and exit; 1 where none answers." };
        Option<bool> json = new("--json") { Description = "Print one JSON object for each command that is detected." };
        command.Arguments.Add(files);
        foreach (var option in new Option[] { wyoming, host, port, languages, threshold, noGate, clients, idle, check, json }) command.Options.Add(option);
        var limits = new ModelLimits(command);
        command.SetAction(parsed =>
        {
            string[] models = parsed.GetValue(files) ?? [];
            if (!parsed.GetValue(wyoming)) throw new UsageException("say how to serve: --wyoming.");
            var options = new WyomingOptions
            {
                Address = Address(parsed.GetValue(host)!),
                Port = parsed.GetValue(port),
                Languages = parsed.GetValue(languages) ?? [],
                MostClients = parsed.GetValue(clients),
                IdleTimeout = Seconds(parsed.GetValue(idle)),
            };
            if (options.Problems().FirstOrDefault() is { } problem) throw new UsageException(problem);
            if (parsed.GetValue(check)) return Check(models, options);
            Validate(models);
            using var log = new ServeLog(parsed.GetValue(json));
            return Serve(models, options, new CommandModelsOptions { Adjust = Adjustment(parsed.GetValue(threshold), parsed.GetValue(noGate)), Recognizer = limits.Read(parsed) }, log);
        });
        return command;
    }

    private static int Serve(string[] files, WyomingOptions options, CommandModelsOptions modelOptions, ServeLog log)
    {
        using var models = CommandModels.Load(files, modelOptions, observer: log);
        using var server = new WyomingServer(models, options, log);
        server.Start();
        log.Note($"listening at {server.EndPoint} for {string.Join(", ", models.Words)}");
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        server.RunAsync(stop.Token).GetAwaiter().GetResult();
        log.Note("stopped");
        return 0;

        void Stop(PosixSignalContext signal)
        {
            // Whoever asks a second time does not want to wait for the clients.
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }

    private static int Check(string[] models, WyomingOptions options)
    {
        if (models.Length > 0) throw new UsageException("--check asks a server that runs already; leave out the model files.");
        var address = options.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : options.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : options.Address;
        foreach (string word in WyomingProbe.AskAsync(new IPEndPoint(address, options.Port), TimeSpan.FromSeconds(5)).GetAwaiter().GetResult()) Console.WriteLine(ShownText.OnOneLine(word));
        return 0;
    }

    private static void Validate(string[] models)
    {
        if (models.Length == 0) throw new UsageException("there is nothing to serve; name model files.");
        if (models.CountBy(Path.GetFullPath).FirstOrDefault(count => count.Value > 1).Key is { } twice) throw new UsageException($"{twice} is named twice; name each model file once.");
        if (models.Any(BaseModel.IsNamed)) throw new UsageException("the base encoder has no words; make a model file with 'mingling enroll base --word WORD FILE... --out model.onnx', and serve that.");
        if (models.FirstOrDefault(Directory.Exists) is { } folder) throw new UsageException($"{folder} is a folder; make a model file of a run with 'mingling export {folder} --out model.onnx', and serve that.");
    }

    private static Func<ModelCard, SpotterSettings, SpotterSettings>? Adjustment(double? threshold, bool noGate)
    {
        if (threshold is not (null or (> 0 and <= 1))) throw new UsageException($"--threshold takes a score above 0 and at most 1, not {threshold}.");
        return threshold is null && !noGate ? null : (card, settings) =>
        {
            if (threshold is { } common) settings = settings.WithTrainedThreshold(card, common);
            return noGate ? settings with { Gate = null } : settings;
        };
    }

    private static TimeSpan Seconds(double seconds) =>
        seconds is >= 0.01 and <= 86_400 ? TimeSpan.FromSeconds(seconds) : throw new UsageException($"--idle takes 0.01 to 86400 seconds, not {seconds}.");

    private static IPAddress Address(string host) =>
        host == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(host, out var address) ? address
        : throw new UsageException($"--host takes an address of this machine, such as 127.0.0.1, 0.0.0.0 or ::, not '{ShownText.OnOneLine(host)}'.");
}
