using Mingling.Recognition.Models;

namespace Mingling.Recognition.Streaming.Evaluation;

/// <summary>
/// What each detection is, given the words that were said. In this order, a detection of word c at time t is
/// (1) a hit, where it can be given an interval of c of its own with start − early ≤ t ≤ end + tolerance;
/// (2) a late hit, where it can be given a missed interval of c of its own with end + tolerance &lt; t ≤ end + tolerance + late; the word
///     counts as missed nevertheless;
/// (3) a repeated hit, where c was heard already for an interval of c with start − early ≤ t ≤ end + tolerance + late;
/// (4) a wrong command, where it is at the place of another command: start − early ≤ t ≤ end + tolerance;
/// (5) a false alarm otherwise: no command is said there.
/// Intervals in underscores (<c>_unknown_</c>) are other speech and never missed. <see cref="MatchSettings"/> has the times.
/// </summary>
/// <remarks>
/// In the order of time, each detection takes the interval that ends first among the free ones that cover it. This gives the largest possible
/// number of hits.
/// </remarks>
public sealed class StreamMatch
{
    private readonly List<(WordInterval, Detection)> _hits = [], _late = [], _repeated = [], _wrong = [];
    private readonly List<Detection> _falseAlarms = [];

    private StreamMatch(MatchSettings settings, IReadOnlyList<WordInterval> otherSpeech) => (Settings, OtherSpeech) = (settings, otherSpeech);

    /// <summary>The times that decided.</summary>
    public MatchSettings Settings { get; }

    /// <summary>The words that were detected in time, each with its detection.</summary>
    public IReadOnlyList<(WordInterval Interval, Detection Detection)> Hits => _hits;

    /// <summary>The words that were not detected in time.</summary>
    public IReadOnlyList<WordInterval> Missed { get; private set; } = [];

    /// <summary>Words that were detected too late, each with its detection; they are among <see cref="Missed"/>.</summary>
    public IReadOnlyList<(WordInterval Interval, Detection Detection)> Late => _late;

    /// <summary>Further detections of words that were detected in time.</summary>
    public IReadOnlyList<(WordInterval Interval, Detection Detection)> Repeated => _repeated;

    /// <summary>Detections at the place of another command, each with the command that was said.</summary>
    public IReadOnlyList<(WordInterval Interval, Detection Detection)> Wrong => _wrong;

    /// <summary>Detections where no command was said.</summary>
    public IReadOnlyList<Detection> FalseAlarms => _falseAlarms;

    /// <summary>The intervals of speech that is no command, by their start.</summary>
    public IReadOnlyList<WordInterval> OtherSpeech { get; }

    /// <summary>Says what each detection is.</summary>
    /// <param name="intervals">The words that were said, in any order.</param>
    /// <param name="detections">What was detected, in any order.</param>
    /// <param name="settings">Which detections count for a word; null for the defaults.</param>
    /// <exception cref="ArgumentException">The settings are out of range.</exception>
    public static StreamMatch Pair(IEnumerable<WordInterval> intervals, IEnumerable<Detection> detections, MatchSettings? settings = null)
    {
        settings ??= new MatchSettings();
        settings.Validate();
        var said = intervals.OrderBy(interval => interval.Start).ToLookup(interval => Vocabulary.IsCommand(interval.Word));
        SaidWord[] words = [.. said[true].Select(interval => new SaidWord(interval))];
        var match = new StreamMatch(settings, [.. said[false]]);
        // Whether a detection is late or repeated depends on hits alone, which are all known after the first pass.
        match.AddOthers(words, match.AddHits(words, [.. detections.OrderBy(detection => detection.Time)]));
        match.Missed = [.. words.Where(word => word.Hit is null).Select(word => word.Interval)];
        return match;
    }

    /// <summary>Gives detections to words, and returns those that are left.</summary>
    private List<Detection> AddHits(SaidWord[] words, Detection[] detections)
    {
        var nearby = new NearbyWords(words, Settings);
        List<Detection> left = [];
        foreach (var detection in detections)
        {
            var hit = nearby.At(detection.Time)
                .Where(word => word.Hit is null && word.Interval.Word == detection.Word && Settings.Covers(word.Interval, detection.Time))
                .MinBy(word => word.Interval.End);
            if (hit is null)
            {
                left.Add(detection);
                continue;
            }

            hit.Hit = detection;
            _hits.Add((hit.Interval, detection));
        }

        return left;
    }

    private void AddOthers(SaidWord[] words, List<Detection> detections)
    {
        var nearby = new NearbyWords(words, Settings);
        foreach (var detection in detections)
        {
            var near = nearby.At(detection.Time);
            var same = near.Where(word => word.Interval.Word == detection.Word).ToList();
            if (same.Where(word => word.Hit is null && word.Late is null).MinBy(word => word.Interval.End) is { } late)
            {
                late.Late = detection;
                _late.Add((late.Interval, detection));
            }
            else if (same.Where(word => word.Hit is not null).MaxBy(word => word.Interval.End) is { } heard)
            {
                _repeated.Add((heard.Interval, detection));
            }
            // A word that was missed explains a wrong command better than one that was heard as well.
            else if (near.Where(word => word.Interval.Word != detection.Word && Settings.Covers(word.Interval, detection.Time))
                .MinBy(word => (word.Hit is not null, -word.Interval.Start)) is { } other)
            {
                _wrong.Add((other.Interval, detection));
            }
            else
            {
                _falseAlarms.Add(detection);
            }
        }
    }
}
