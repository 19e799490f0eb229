using System.CommandLine;
using Mingling.Cli.Arguments;
using Mingling.Cli.Host;
using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Cli.Commands;

/// <summary>The arguments by which a model is judged on a labelled stream.</summary>
internal sealed class StreamArguments
{
    private static readonly string[] Pictures = [".svg", ".png"];

    private readonly Option<string?> _stream = new Option<string?>("--stream")
    {
        Description = "Evaluate spotting in this long recording instead of clips.",
        HelpName = "FILE",
    }.NotEmpty();

    private readonly Option<string?> _labels = Labels();

    private readonly Option<double> _tolerance = new("--tolerance")
    {
        Description = "With --stream: how long after the end of a word its event may come, in seconds.",
        DefaultValueFactory = _ => new MatchSettings().ToleranceSeconds,
        HelpName = "SECONDS",
    };

    private readonly Option<double?> _threshold = new("--threshold")
    {
        Description = "With --stream: threshold of all trained words, above 0 and at most 1, instead of the calibrated ones; enrolled words keep theirs.",
        HelpName = "SCORE",
    };

    private readonly Option<string?> _errors = new Option<string?>("--keep-errors")
    {
        Description = "With --stream: new or empty folder for each miss, wrong command and false alarm as a short recording, named by cause, word and time.",
        HelpName = "DIR",
    }.NotEmpty();

    private readonly Option<string?> _figure = new Option<string?>("--figure")
    {
        Description = "With --stream: picture of the trade-off between misses and false alarms, .svg or .png.",
        HelpName = "FILE",
    }.NotEmpty();

    public StreamArguments(Command command)
    {
        foreach (var option in new Option[] { _stream, _labels, _tolerance, _threshold, _errors, _figure }) command.Options.Add(option);
    }

    /// <summary>The option that says what is said in a stream.</summary>
    public static Option<string?> Labels() => new Option<string?>("--labels")
    {
        Description = "With --stream: what is said in it, as lines start,end,word (times in seconds); other speech has the word _unknown_.",
        HelpName = "FILE",
    }.NotEmpty();

    /// <summary>A stream and what is said in it, neither without the other.</summary>
    /// <exception cref="UsageException">One is missing.</exception>
    public static (string Stream, string Labels) Both(string? stream, string? labels) =>
        (stream ?? throw new UsageException("--labels says what is said in a stream; give --stream too."),
            labels ?? throw new UsageException("a stream is judged by what is said in it; give --labels too."));

    /// <summary>Whether a stream is to be judged.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_stream) is not null || parsed.GetValue(_labels) is not null;

    /// <summary>Checks that nothing is said about a stream where there is none.</summary>
    /// <exception cref="UsageException">Something is.</exception>
    public void RequireNone(ParseResult parsed)
    {
        var alone = new Option[] { _tolerance, _threshold, _errors, _figure }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
        if (alone is not null) throw new UsageException($"{alone.Name} goes with --stream.");
    }

    /// <summary>What to judge, and what to keep of it.</summary>
    /// <exception cref="UsageException">Something is missing or out of range.</exception>
    public StreamJudge Read(ParseResult parsed)
    {
        double tolerance = parsed.GetValue(_tolerance);
        if (!(tolerance is >= 0 and <= 10)) throw new UsageException($"--tolerance takes seconds from 0 to 10, not {tolerance}.");
        double? threshold = parsed.GetValue(_threshold);
        if (threshold is not (null or (> 0 and <= 1))) throw new UsageException($"--threshold takes a score above 0 and at most 1, not {threshold}.");
        string? figure = parsed.GetValue(_figure), errors = parsed.GetValue(_errors);
        if (figure is not null && !Pictures.Contains(Path.GetExtension(figure), StringComparer.OrdinalIgnoreCase))
            throw new UsageException($"--figure takes a file name that ends in .svg or .png, not {figure}.");
        if (errors is not null) EmptyFolder.Require(errors, _errors.Name);
        var (stream, labels) = Both(parsed.GetValue(_stream), parsed.GetValue(_labels));
        return new StreamJudge
        {
            Stream = stream,
            Labels = labels,
            Matching = new MatchSettings { ToleranceSeconds = tolerance },
            Threshold = threshold,
            ErrorFolder = errors,
            Figure = figure,
        };
    }
}
