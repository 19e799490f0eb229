using System.Text.RegularExpressions;

namespace Mingling.Corpora.Layouts;

/// <summary>
/// Finds corpora with a folder for each speaker, which look like corpora with a folder for each word. The names of the files tell them apart:
/// 1. they follow a pattern with word and speaker (<c>01/0_01_3.wav</c>), whose speaker is the folder, a number;
/// 2. they begin with the folder, which holds a number, and go on with a word of letters (<c>spk1/spk1_yes_3.wav</c>);
/// 3. the folders are named like speakers (<c>speaker_07</c>), and the files follow a pattern of words.
/// A number has two characters or more: single digits are words that many corpora have. Where the first holds of folders without a number,
/// they are taken for words all the same, because <c>go/anna_go_1.wav</c> looks like <c>anna/go_anna_1.wav</c>.
/// </summary>
internal static partial class SpeakerFolders
{
    private const double ConvincingShare = 0.95;

    private static readonly string[] WordFirst = ["{label}_{speaker}_{index}", "{label}-{speaker}-{index}", "{label}_{speaker}", "{label}-{speaker}"];
    private static readonly string[] SpeakerFirst = ["{speaker}_{label}_{index}", "{speaker}-{label}-{index}", "{speaker}_{label}", "{speaker}-{label}"];
    private static readonly string[] WordAlone = ["{speaker}/{label}_{index}", "{speaker}/{label}-{index}", "{speaker}/{label}"];

    /// <summary>The pattern that reads such a corpus; null where the folders are no speakers, as far as the names tell.</summary>
    /// <param name="folder">The corpus.</param>
    /// <param name="doubtful">The pattern of the first kind where the folders are no numbers.</param>
    public static ClipPattern? Detect(SoundFolder folder, out ClipPattern? doubtful)
    {
        doubtful = null;
        var files = folder.Files.Where(file => !file.Name.StartsWith(CorpusClip.NoiseLabel + '/', StringComparison.Ordinal)).ToList();
        string[] tops = [.. files.Where(file => file.Name.Contains('/')).Select(Top).Distinct()];
        if (tops.Length < 2 || files.Exists(file => file.Name.Count(c => c == '/') != 1) || tops.Any(top => SplitNames.Parse(top) is not null)) return null;
        bool areNumbers = tops.All(top => top.Length > 1 && top.Any(char.IsAsciiDigit));
        var wordFirst = Find(WordFirst, SaysFolder);
        if (!areNumbers) doubtful = wordFirst;
        return (areNumbers ? wordFirst ?? Find(SpeakerFirst, read => SaysFolder(read) && read.All(one => one.Match.Label.All(char.IsLetter))) : null)
            ?? (tops.All(top => SpeakerName().IsMatch(top)) ? Find(WordAlone, read => read.All(one => one.Match.Label.Any(char.IsLetter))) : null);

        ClipPattern? Find(string[] patterns, Func<List<(string Top, PatternMatch Match)>, bool> fits) => patterns.Select(ClipPattern.Parse).FirstOrDefault(pattern =>
        {
            List<(string Top, PatternMatch Match)> read = [.. from file in files let match = pattern.Match(file) where match is not null select (Top(file), match)];
            return read.Count >= ConvincingShare * files.Count && AreShared([.. read.Select(one => one.Match)]) && fits(read);
        });
    }

    private static bool SaysFolder(List<(string Top, PatternMatch Match)> read) =>
        read.Count(one => one.Match.Speaker == one.Top) >= ConvincingShare * read.Count;

    /// <summary>Whether there are words that most speakers say.</summary>
    private static bool AreShared(PatternMatch[] known)
    {
        int speakers = known.Select(match => match.Speaker).Distinct().Count();
        var words = known.GroupBy(match => match.Label).ToList();
        return speakers >= 2 && words.Count >= 2
            && words.Count(word => word.Select(match => match.Speaker).Distinct().Count() * 2 >= speakers) >= 0.8 * words.Count;
    }

    private static string Top(SoundFile file) => file.Name[..Math.Max(0, file.Name.IndexOf('/'))];

    [GeneratedRegex(@"^(s|spk|spkr|speaker|p|sub|subj|subject|user|person|participant|voice|talker|child)[-_ ]?[0-9]+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpeakerName();
}
