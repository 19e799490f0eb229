using System.CommandLine;
using Mingling.Cli.Arguments;
using Mingling.Cli.Host;
using Mingling.Experiments.Evaluation;

namespace Mingling.Cli.Commands;

/// <summary>The arguments by which a model is judged in noise.</summary>
internal sealed class NoiseArguments
{
    private const double Lowest = -30, Highest = 60;

    private readonly Option<string[]> _noise = new Option<string[]>("--noise")
    {
        Description = "Evaluate also in noise from these recordings, or folders of them; use noise that was not in the training.",
        HelpName = "FILE|DIR",
        AllowMultipleArgumentsPerToken = true,
    }.NotEmpty();

    private readonly Option<string> _snr = new Option<string>("--snr")
    {
        Description = "With --noise: signal-to-noise ratios in decibels, separated by commas.",
        DefaultValueFactory = _ => string.Join(',', new NoiseOptions().SnrsDb),
        HelpName = "DB",
    }.NotEmpty();

    public NoiseArguments(Command command)
    {
        foreach (var option in Options) command.Options.Add(option);
    }

    /// <summary>All of them.</summary>
    public IEnumerable<Option> Options => [_noise, _snr];

    /// <summary>Whether noise is wanted.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_noise) is { Length: > 0 };

    /// <summary>The noise to judge in; null where that was not asked for.</summary>
    /// <exception cref="UsageException">A ratio is no number or out of range, one is given without noise, or there are no sound files.</exception>
    public NoiseRecordings? Read(ParseResult parsed, ulong seed)
    {
        if (IsGiven(parsed)) return new NoiseRecordings(SoundFiles.Find(parsed.GetValue(_noise)!), new NoiseOptions { SnrsDb = Ratios(parsed.GetValue(_snr)!), Seed = seed });
        return parsed.GetResult(_snr) is { Implicit: false } ? throw new UsageException($"{_snr.Name} goes with {_noise.Name}.") : null;
    }

    private double[] Ratios(string list) => [.. list.Split(',', StringSplitOptions.TrimEntries).Select(text =>
        NumberText.TryReal(text, out double ratio) && ratio is >= Lowest and <= Highest
            ? ratio
            : throw new UsageException($"{_snr.Name} takes decibels from {Lowest} to {Highest}, separated by commas, not '{text}'.")).Distinct()];
}
