using System.Globalization;

namespace Mingling.Recognition.Streaming.Evaluation;

/// <summary>An error at a place of a stream: a miss, a wrong command or a false alarm.</summary>
/// <param name="Kind">What it is: <c>false-alarm</c>, <c>wrong-command</c>, or <c>miss-</c> with the cause, such as <c>miss-below-threshold</c>.</param>
/// <param name="Said">The word that was said; null for a false alarm.</param>
/// <param name="Heard">The event; null where there was none.</param>
/// <param name="Score">The score of the event, or the largest smoothed posterior of the missed word.</param>
public sealed record StreamError(string Kind, WordInterval? Said, Detection? Heard, double Score)
{
    /// <summary>When it happened, in seconds: the start of the word, or the time of a false alarm.</summary>
    public double Time => Said?.Start ?? Heard!.Time;

    /// <summary>The name of its recording without an ending: what it is, the word, what was heard in its stead, the time in seconds.</summary>
    internal string Name
    {
        get
        {
            string word = Said is null ? Heard!.Word : Heard is null || Heard.Word == Said.Word ? Said.Word : $"{Said.Word} as {Heard.Word}";
            return string.Create(CultureInfo.InvariantCulture, $"{Kind}_{FileNamePart.Of(word, '-', separator: '_')}_{Time:00000.00}");
        }
    }

    /// <summary>The errors of one stream, in the order of time.</summary>
    /// <param name="match">What each detection is.</param>
    /// <param name="misses">The missed words with their causes.</param>
    public static IReadOnlyList<StreamError> Of(StreamMatch match, IReadOnlyList<Miss> misses)
    {
        ArgumentNullException.ThrowIfNull(match);
        ArgumentNullException.ThrowIfNull(misses);
        var told = misses.Select(miss => miss.Heard).OfType<Detection>().ToHashSet(ReferenceEqualityComparer.Instance);
        return
        [
            .. misses.Select(miss => new StreamError($"miss-{Words(miss.Cause)}", miss.Said, miss.Heard, miss.Score))
                // A wrong command that explains a miss is named with it.
                .Concat(match.Wrong.Where(wrong => !told.Contains(wrong.Detection)).Select(wrong => new StreamError("wrong-command", wrong.Interval, wrong.Detection, wrong.Detection.Score)))
                .Concat(match.FalseAlarms.Select(alarm => new StreamError("false-alarm", null, alarm, alarm.Score)))
                .OrderBy(error => error.Time),
        ];
    }

    /// <summary>A cause as it stands in names: <c>below-threshold</c>.</summary>
    private static string Words(MissCause cause) =>
        string.Concat(cause.ToString().Select((letter, i) => char.IsUpper(letter) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
