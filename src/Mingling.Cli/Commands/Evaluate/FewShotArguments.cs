using System.CommandLine;
using Mingling.Cli.Host;
using Mingling.Experiments.Evaluation;

namespace Mingling.Cli.Commands;

/// <summary>The arguments by which a run is judged on words of which a few clips are enrolled.</summary>
internal sealed class FewShotArguments
{
    private readonly Option<int?> _shots = new("--few-shot")
    {
        Description = "Enrol each word, trained or not, with K of its clips, and test on the others.",
        HelpName = "K",
    };
    private readonly Option<int> _repeats = new("--repeats")
    {
        Description = "With --few-shot: number of draws of the enrolled clips.",
        DefaultValueFactory = _ => new FewShotOptions().Repeats,
        HelpName = "N",
    };
    private readonly Option<int> _ways = new("--ways")
    {
        Description = "With --few-shot: words per episode of the N-way protocol, which is reported for comparison.",
        DefaultValueFactory = _ => new FewShotOptions().Ways,
        HelpName = "N",
    };
    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "Seed of the draws of --few-shot and --noise.",
        DefaultValueFactory = _ => new FewShotOptions().Seed,
        HelpName = "N",
    };

    public FewShotArguments(Command command)
    {
        foreach (var option in Options) command.Options.Add(option);
    }

    /// <summary>All of them.</summary>
    public IEnumerable<Option> Options => [_shots, _repeats, _ways, _seed];

    /// <summary>The seed of everything that is drawn by chance.</summary>
    public ulong Seed(ParseResult parsed) => parsed.GetValue(_seed);

    /// <summary>How to enrol and test; null where that was not asked for.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="seedsNoise">Whether the seed has a use without <c>--few-shot</c>.</param>
    /// <exception cref="UsageException">A number is out of its range, or is given without <c>--few-shot</c>.</exception>
    public FewShotOptions? Read(ParseResult parsed, bool seedsNoise)
    {
        int? shots = parsed.GetValue(_shots);
        if (shots is null)
        {
            var alone = Options.Except(seedsNoise ? [_shots, _seed] : [_shots]).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
            return alone is null ? null : throw new UsageException(
                alone == _seed ? "--seed goes with --few-shot or --noise." : $"{alone.Name} goes with --few-shot.");
        }
        int repeats = parsed.GetValue(_repeats), ways = parsed.GetValue(_ways);
        if (shots < 1) throw new UsageException($"--few-shot takes a number of clips from 1, not {shots}.");
        if (repeats < 1) throw new UsageException($"--repeats takes a number from 1, not {repeats}.");
        if (ways < 2) throw new UsageException($"--ways takes a number of words from 2, not {ways}.");
        return new FewShotOptions { Shots = shots.Value, Repeats = repeats, Ways = ways, Seed = parsed.GetValue(_seed) };
    }
}
