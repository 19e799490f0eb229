using System.Text;
using System.Text.RegularExpressions;

namespace Mingling.Corpora.Layouts;

/// <summary>What a pattern reads from a name.</summary>
internal sealed record PatternMatch(string Label, string? Speaker, string? Split);

/// <summary>A pattern of file names; <see cref="CorpusOptions.Pattern"/> explains its parts.</summary>
internal sealed partial class ClipPattern
{
    private readonly Regex _regex;
    private readonly bool _wholePath;

    private ClipPattern(string text, Regex regex)
    {
        Text = text;
        _regex = regex;
        _wholePath = text.Contains('/');
    }

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="CorpusException">The pattern has an unknown or a repeated part, or no label.</exception>
    public static ClipPattern Parse(string text)
    {
        var expression = new StringBuilder("^");
        var seen = new HashSet<string>();
        int at = 0;
        foreach (Match part in Part().Matches(text))
        {
            expression.Append(Regex.Escape(text[at..part.Index]));
            at = part.Index + part.Length;
            string name = part.Groups["name"].Value;
            if (name != "*" && !seen.Add(name))
                throw new CorpusException($"The pattern '{text}' holds {{{name}}} twice; each part may stand once.");
            expression.Append(name switch
            {
                "label" => "(?<label>[^/]+)",
                "speaker" => $"(?<speaker>[^/{Neighbors(text, part)}]+)",
                "index" => "[0-9]+",
                "split" => "(?<split>[^/]+)",
                "*" => "[^/]*",
                _ => throw new CorpusException(
                    $"The pattern '{text}' holds {{{name}}}; the parts are {{label}}, {{speaker}}, {{index}}, {{split}} and {{*}}."),
            });
        }
        if (!seen.Contains("label"))
            throw new CorpusException($"The pattern '{text}' holds no {{label}}; write for example {{label}}_{{speaker}}_{{index}}.wav.");
        expression.Append(Regex.Escape(text[at..]));
        if (!Ending().IsMatch(text[at..]))
            expression.Append(@"\.[^./]+");
        expression.Append('$');
        return new ClipPattern(text, new Regex(expression.ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
    }

    /// <summary>What the pattern reads from a file's name; null where it does not fit.</summary>
    public PatternMatch? Match(SoundFile file)
    {
        var match = _regex.Match(_wholePath ? file.Name : file.FileName);
        return match.Success ? new PatternMatch(match.Groups["label"].Value, Value("speaker"), Value("split")) : null;

        string? Value(string group) => match.Groups[group] is { Success: true, Value: var value } ? value : null;
    }

    /// <summary>The literal characters right before and after a part, escaped for a character class.</summary>
    private static string Neighbors(string text, Match part)
    {
        char before = part.Index > 0 ? text[part.Index - 1] : '/';
        int end = part.Index + part.Length;
        char after = end < text.Length ? text[end] : '/';
        var literals = new[] { before, after }.Where(c => !char.IsLetterOrDigit(c) && c is not ('{' or '}'));
        return string.Concat(literals.Select(c => $@"\u{(int)c:x4}"));
    }

    [GeneratedRegex(@"\{(?<name>[^{}]*)\}")]
    private static partial Regex Part();

    [GeneratedRegex(@"\.[^./{}*]+$")]
    private static partial Regex Ending();
}
