using System.CommandLine;
using Mingling.Cli.Host;
using Mingling.Corpora;

namespace Mingling.Cli.Arguments;

/// <summary>The arguments by which every command that reads a corpus is told how.</summary>
internal sealed class CorpusArguments
{
    private readonly Argument<string> _corpus;
    private readonly bool _forTraining;
    private readonly Option<string?> _train = new("--train")
    {
        Description = "List of training files: CSV lines file,class, or one path per line.",
        HelpName = "FILE",
    };
    private readonly Option<string?> _validation = new("--validation") { Description = "List of validation files, in the same form.", HelpName = "FILE" };
    private readonly Option<string?> _pattern = new("--pattern")
    {
        Description = "Pattern of file names, such as {label}_{speaker}_{index}.wav; {*} stands for anything.",
        HelpName = "PATTERN",
    };
    private readonly Option<CorpusLayout> _layout = new("--layout")
    {
        Description = "Layout of the corpus; Auto detects it.",
        DefaultValueFactory = _ => CorpusLayout.Auto,
    };
    private readonly Option<string?> _words = new("--words")
    {
        Description = "Use only these words, separated by commas; the others can form the class _unknown_.",
        HelpName = "WORDS",
    };
    private readonly Option<string?> _noise = new("--noise")
    {
        Description = "Folder of noise recordings to mix into training clips.",
        HelpName = "DIR",
    };
    private readonly Option<string[]> _negative = new Option<string[]>("--negative")
    {
        Description = "Recordings without any command, or folders of them: other speech of any length; repeatable.",
        HelpName = "FILE|DIR",
    }.NotEmpty();
    private readonly Option<string[]> _add = new Option<string[]>("--add")
    {
        Description = "Further corpus for training only, such as synthetic speech; repeatable.",
        HelpName = "DIR",
    }.NotEmpty();
    private readonly Option<string[]> _leaveOut = new("--leave-out")
    {
        Description = "Speaker whose clips are all used for validation; repeatable.",
        HelpName = "SPEAKER",
    };
    private readonly Option<double> _share = new("--validation-share")
    {
        Description = "Share of the speakers to use for validation.",
        DefaultValueFactory = _ => 0.2,
        HelpName = "SHARE",
    };
    private readonly Option<double> _unknown = new("--unknown-share")
    {
        Description = "With --words: clips of a class _unknown_, as a share of the others, such as 0.1 (default: none).",
        HelpName = "SHARE",
    };
    private readonly Option<double> _silence = new("--silence-share")
    {
        Description = "With --noise: clips of a class _silence_, as a share of the others, such as 0.1 (default: none).",
        HelpName = "SHARE",
    };
    private readonly Option<bool> _strict = new("--strict")
    {
        Description = "Stop at the first broken or missing file instead of skipping it.",
    };

    /// <param name="command">The command that reads a corpus.</param>
    /// <param name="argumentName">How the argument is called in the help.</param>
    /// <param name="forTraining">Whether the corpus is split and mixed with noise.</param>
    public CorpusArguments(Command command, string argumentName = "CORPUS", bool forTraining = true)
    {
        _forTraining = forTraining;
        _corpus = new Argument<string>(argumentName) { Description = "Folder of recordings or of shards, or manifest." }.NotEmpty();
        command.Arguments.Add(_corpus);
        foreach (var option in new[] { _train, _validation, _pattern, _words, _noise }) option.NotEmpty();
        _layout.OneOf(Enum.GetNames<CorpusLayout>());
        Option[] reading = [_pattern, _layout, _strict], splitting = [_train, _validation, _words, _noise, _negative, _add, _leaveOut, _share, _unknown, _silence];
        foreach (var option in forTraining ? [.. reading, .. splitting] : reading) command.Options.Add(option);
    }

    /// <summary>Lets the corpus be left out, for a command that can do something without.</summary>
    public void MayBeMissing() => _corpus.Arity = ArgumentArity.ZeroOrOne;

    /// <summary>Whether there is a corpus.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetResult(_corpus) is { Tokens.Count: > 0 };

    /// <summary>The options that say how a corpus is read.</summary>
    public IEnumerable<Option> ReadingOptions => [_pattern, _layout, _strict];

    /// <summary>The name of an option that says which clips validate, of those that are given; null where none is.</summary>
    public string? GivenSplit(ParseResult parsed) =>
        new Option[] { _leaveOut, _share, _validation }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false })?.Name;

    /// <summary>Where the corpus is and how it is read and split.</summary>
    public CorpusSource Read(ParseResult parsed, int seed = 0)
    {
        var source = new CorpusSource
        {
            Path = Path.GetFullPath(parsed.GetValue(_corpus)!),
            Options = new CorpusOptions
            {
                Layout = parsed.GetValue(_layout),
                Pattern = parsed.GetValue(_pattern),
                Strict = parsed.GetValue(_strict),
            },
        };
        return _forTraining ? ForTraining(source, parsed, seed) : source;
    }

    private CorpusSource ForTraining(CorpusSource source, ParseResult parsed, int seed)
    {
        double share = parsed.GetValue(_share), unknown = parsed.GetValue(_unknown), silence = parsed.GetValue(_silence);
        if (!(share is > 0 and < 1)) throw new UsageException($"--validation-share takes a share between 0 and 1, not {share}.");
        if (!(unknown is >= 0 and <= 10)) throw new UsageException($"--unknown-share takes a share from 0 to 10, not {unknown}.");
        if (!(silence is >= 0 and <= 10)) throw new UsageException($"--silence-share takes a share from 0 to 10, not {silence}.");
        return source with
        {
            Options = source.Options with
            {
                TrainList = Full(parsed.GetValue(_train)),
                ValidationList = Full(parsed.GetValue(_validation)),
                Words = parsed.GetValue(_words)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
                NoiseFolder = Full(parsed.GetValue(_noise)),
                Negatives = [.. (parsed.GetValue(_negative) ?? []).Select(Path.GetFullPath)],
                Added = [.. (parsed.GetValue(_add) ?? []).Select(Path.GetFullPath)],
            },
            Splits = new SplitOptions
            {
                ValidationShare = share,
                LeaveOutSpeakers = parsed.GetValue(_leaveOut) ?? [],
                UnknownShare = unknown,
                SilenceShare = silence,
                Seed = seed,
            },
        };
    }

    private static string? Full(string? path) => path is null ? null : Path.GetFullPath(path);
}
