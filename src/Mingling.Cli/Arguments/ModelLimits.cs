using System.CommandLine;
using Mingling.Cli.Host;
using Mingling.Recognition;

namespace Mingling.Cli.Arguments;

/// <summary>Options that say what a model file may take; whoever runs files of others sets them lower.</summary>
internal sealed class ModelLimits
{
    private const int MebibyteBits = 20;
    private static readonly RecognizerOptions Default = new();

    private readonly Option<int> _memory = new("--most-memory")
    {
        Description = "Memory in MiB that the tensors of a model may take, beside its weights, 1 to 4095.",
        HelpName = "MIB",
        DefaultValueFactory = _ => (int)(Default.LargestMemory >> MebibyteBits),
    };

    private readonly Option<double> _time = new("--longest-run")
    {
        Description = "Seconds that a model may take to load, and for one computation, 0.001 to 86400.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => Default.LongestRun.TotalSeconds,
    };

    public ModelLimits(Command command)
    {
        command.Options.Add(_memory);
        command.Options.Add(_time);
    }

    /// <exception cref="UsageException">A limit is out of its range.</exception>
    public RecognizerOptions Read(ParseResult parsed)
    {
        int memory = parsed.GetValue(_memory);
        if (memory is < 1 or > 4095) throw new UsageException($"{_memory.Name} takes 1 to 4095 MiB, not {memory}.");
        double seconds = parsed.GetValue(_time);
        if (!(seconds is >= 0.001 and <= 86_400)) throw new UsageException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_time.Name} takes 0.001 to 86400 seconds, not {seconds}."));
        return Default with { LargestMemory = (long)memory << MebibyteBits, LongestLoad = TimeSpan.FromSeconds(seconds), LongestRun = TimeSpan.FromSeconds(seconds) };
    }
}
