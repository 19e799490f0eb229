using System.CommandLine;
using Mingling.Audio;
using Mingling.Cli.Host;
using Mingling.Recognition.Streaming.Sources;

namespace Mingling.Cli.Arguments;

/// <summary>What a command listens to: files, the standard input, or a microphone.</summary>
internal sealed class StreamInput
{
    private const string StandardInput = "-";

    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Sound files, or - for WAV or raw 16-bit samples from the standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<int?> _rate = new("--rate")
    {
        Description = "Sample rate in hertz of raw samples from the standard input, or at which to record from the microphone.",
        HelpName = "HERTZ",
    };
    private readonly Option<string?> _microphone = new("--mic")
    {
        Description = "Listen to the default microphone, or to the ALSA device of this name.",
        HelpName = "DEVICE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public StreamInput(Command command)
    {
        command.Arguments.Add(_files);
        command.Options.Add(_rate);
        command.Options.Add(_microphone.NotEmpty());
    }

    /// <summary>The sources one after another, each with its name; null for one that is no file.</summary>
    /// <param name="parsed">What the user gave.</param>
    /// <param name="modelRate">The rate to record a microphone at.</param>
    public IEnumerable<(string? File, ISampleSource Source)> Open(ParseResult parsed, int modelRate)
    {
        string[] files = parsed.GetValue(_files) ?? [];
        int? rate = parsed.GetValue(_rate);
        bool microphone = parsed.GetResult(_microphone) is not null;
        if (rate is { } given && !SampleRates.Include(given)) throw new UsageException($"--rate takes {SampleRates.Range}, not {rate}.");
        if (microphone && files.Length > 0) throw new UsageException("--mic listens to a microphone alone; leave out the files.");
        if (!microphone && files.Length == 0) throw new UsageException("there is nothing to listen to; name sound files, - for the standard input, or --mic.");
        if (rate is not null && !microphone && !files.Contains(StandardInput))
            throw new UsageException("--rate is for raw samples and microphones; sound files tell their rate themselves.");
        if (files.Count(file => file == StandardInput) > 1) throw new UsageException("- is given more than once; there is one standard input.");
        return microphone ? [(null, Microphone.Open(rate ?? modelRate, parsed.GetValue(_microphone) ?? Microphone.DefaultDevice))] : files.Select(file => Open(file, rate));
    }

    private static (string?, ISampleSource) Open(string file, int? rate)
    {
        if (file != StandardInput) return (file, StreamFile.Open(file));
        try
        {
            return (null, PcmInput.Open(Console.OpenStandardInput(), rate));
        }
        catch (SampleStreamException e) when (rate is null)
        {
            throw new UsageException($"{e.Message.TrimEnd('.')} (--rate).");
        }
    }
}
