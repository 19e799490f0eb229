using System.Globalization;
using Mingling.Audio;

namespace Mingling.Corpora.Streams;

/// <summary>
/// What a labelled stream is made of: commands and other speech in random order, with pauses between them, in noise. Values are checked
/// together where the request is used (<see cref="Validate"/>).
/// </summary>
public sealed record StreamRequest
{
    /// <summary>The range of <see cref="SnrDb"/>, in decibels.</summary>
    public const double LowestSnrDb = -30, HighestSnrDb = 60;

    /// <summary>The longest <see cref="LongestPause"/>, in seconds.</summary>
    public const double MostPause = 3600;

    /// <summary>The clips of the commands, at least one; their labels are the words (see <see cref="CommandClips"/>).</summary>
    public required IReadOnlyList<CorpusClip> Commands { get; init; }

    /// <summary>
    /// Recordings of other speech, each said as a whole, whatever its label; none of them is a recording of <see cref="Commands"/>. Default
    /// empty: commands alone.
    /// </summary>
    public IReadOnlyList<CorpusClip> Phrases { get; init; } = [];

    /// <summary>
    /// Recordings of noise, of which one follows another without end, all equally strong. Default empty: nothing, so that pauses are digital
    /// silence.
    /// </summary>
    public IReadOnlyList<CorpusClip> Noise { get; init; } = [];

    /// <summary>How many commands are said; clips recur only when all were said. Default null: each clip once.</summary>
    public int? CommandCount { get; init; }

    /// <summary>How many hours of other speech are said at least, pauses not counted; recordings recur only when all were said. Default null: each once.</summary>
    public double? PhraseHours { get; init; }

    /// <summary>
    /// The level of all speech over the noise in decibels: mean power of the 10 ms blocks of a recording that are within 25 dB of its loudest one,
    /// over the mean power of the noise. Range: −30 to 60. Default: 20.
    /// </summary>
    public double SnrDb { get; init; } = 20;

    /// <summary>The shortest pause before a command or other speech, in seconds. Range: 0 to <see cref="LongestPause"/>. Default: 0.5.</summary>
    public double ShortestPause { get; init; } = 0.5;

    /// <summary>The longest pause, in seconds; so long is the pause at the end. Range: 0 to 3600. Default: 2.5.</summary>
    public double LongestPause { get; init; } = 2.5;

    /// <summary>The share of commands and other speech that are heard with the echo of a room (<see cref="Speech.RoomEcho"/>), 0…1. Default: 0.</summary>
    public double RoomShare { get; init; }

    /// <summary>The rate of the stream (Hz), within <see cref="SampleRates"/>. Default: 16,000.</summary>
    public int SampleRate { get; init; } = 16_000;

    /// <summary>The seed of everything that is drawn; the same request gives the same bytes. Default: 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether a recording that cannot be used throws instead of being left out and named. Default false.</summary>
    public bool Strict { get; init; }

    /// <summary>Checks all properties together.</summary>
    /// <exception cref="ArgumentException">Something is out of range; the message names everything that is.</exception>
    /// <exception cref="CorpusException">There is no clip of a command, or one recording is both a command and other speech.</exception>
    public void Validate()
    {
        string[] problems = [.. Problems()];
        if (problems.Length > 0) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The settings of the stream are wrong: {string.Join("; ", problems)}."));
        if (Commands.Count == 0) throw new CorpusException("There are no clips of commands; a labelled stream needs at least one.");
        var commands = Commands.Select(SoundSource.Key).ToHashSet();
        if (Phrases.FirstOrDefault(phrase => commands.Contains(SoundSource.Key(phrase))) is { } both)
            throw new CorpusException($"'{both.Name}' is both a command and other speech; what is said there could not be labelled, so leave it out of one of them.");
    }

    private IEnumerable<string> Problems()
    {
        if (CommandCount is < 1) yield return FormattableString.Invariant($"CommandCount {CommandCount} is below 1");
        if (PhraseHours is { } hours && !(hours is > 0 and <= 1000)) yield return FormattableString.Invariant($"PhraseHours {hours} is outside 0…1000 or 0");
        if (PhraseHours is not null && Phrases.Count == 0) yield return "PhraseHours is set without Phrases";
        if (!(SnrDb is >= LowestSnrDb and <= HighestSnrDb)) yield return FormattableString.Invariant($"SnrDb {SnrDb} is outside {LowestSnrDb}…{HighestSnrDb}");
        if (!(LongestPause is >= 0 and <= MostPause)) yield return FormattableString.Invariant($"LongestPause {LongestPause} is outside 0…{MostPause}");
        if (!(ShortestPause >= 0 && ShortestPause <= LongestPause)) yield return FormattableString.Invariant($"ShortestPause {ShortestPause} is outside 0…LongestPause ({LongestPause})");
        if (!(RoomShare is >= 0 and <= 1)) yield return FormattableString.Invariant($"RoomShare {RoomShare} is outside 0…1");
        if (!SampleRates.Include(SampleRate)) yield return FormattableString.Invariant($"SampleRate {SampleRate} is outside {SampleRates.Range}");
    }
}
