using System.Globalization;
using System.Text.RegularExpressions;

namespace Mingling.Corpora.Speech;

/// <summary>A voice of eSpeak NG, or a variant, which colours any voice.</summary>
/// <param name="Language">The language, such as <c>en-gb-scotland</c>; <c>variant</c> for a variant.</param>
/// <param name="Name">The name for people, such as <c>English_(Scotland)</c>.</param>
/// <param name="Id">The file, such as <c>gmw/en-GB-scotland</c>; of a variant what is put behind the <c>+</c>, such as <c>f3</c>.</param>
public sealed partial record SpeechVoice(string Language, string Name, string Id)
{
    /// <summary>How well the voice serves its language and others, such as <c>en</c>, 1 being best.</summary>
    public IReadOnlyDictionary<string, int> Priorities { get; init; } = new Dictionary<string, int>();

    /// <summary>Whether the voice speaks through MBROLA, another program with files of its own.</summary>
    public bool IsMbrola => Id.StartsWith("mb/", StringComparison.Ordinal);

    /// <summary>Whether it colours other voices.</summary>
    public bool IsVariant => Language == "variant";

    /// <summary>Whether a name means this voice.</summary>
    internal bool Answers(string name) =>
        Priorities.ContainsKey(name) || new[] { Name, Id }.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the voice speaks a language or a region's form of it.</summary>
    internal bool Speaks(string language) => Answers(language) || Language.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads what <c>--voices</c> prints.</summary>
    internal static IReadOnlyList<SpeechVoice> Parse(string table) =>
        [.. table.Split('\n').Select(line => Row().Match(line.TrimEnd())).Where(row => row.Success).Select(Parse)];

    private static SpeechVoice Parse(Match row)
    {
        string language = row.Groups["language"].Value;
        var priorities = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { [language] = Number(row.Groups["priority"]) };
        foreach (var (other, priority) in row.Groups["other"].Captures.Zip(row.Groups["number"].Captures))
            priorities.TryAdd(other.Value, Number(priority));
        return new SpeechVoice(language, row.Groups["name"].Value, row.Groups["file"].Value.Replace("!v/", "")) { Priorities = priorities };

        static int Number(Capture digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary><c> 5  en-gb-scotland  --/M  English_(Scotland)  gmw/en-GB-scotland  (en 4)</c>; the file's name may hold spaces.</summary>
    [GeneratedRegex(@"^\s*(?<priority>\d+)\s+(?<language>\S+)\s+\S+/\S\s+(?<name>\S+)\s+(?<file>.+?)\s*(\((?<other>\S+) (?<number>\d+)\))*$")]
    private static partial Regex Row();
}
