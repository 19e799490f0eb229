using System.Text;

namespace Mingling.Studio.Folders;

/// <summary>Names of words, speakers, runs and files as a page gives them: each is one part of a path, on every system.</summary>
internal static class StudioName
{
    private const int Longest = 80;
    /// <summary>File systems count bytes, and a take's name has speaker, number and a temporary ending as well.</summary>
    private const int MostBytes = 160;

    /// <summary>The name in its tidy form.</summary>
    /// <exception cref="StudioException">It is no name of a file or folder.</exception>
    public static string Check(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new StudioException("name-empty", "the name is empty; give one.");
        string shown = ShownText.OnOneLine(name);
        if (shown != name || name.Contains('\uFFFD')) throw new StudioException("name-unshown", $"'{shown}' holds characters that cannot be shown or typed.", shown);
        string tidy = NameKey.Tidy(name);
        if (tidy.Length > Longest || Encoding.UTF8.GetByteCount(tidy) > MostBytes) throw new StudioException("name-long", $"'{tidy[..40]}…' is too long; a name has at most {Longest} characters.", tidy[..40]);
        if (tidy.IndexOfAny(['/', '\\', ':', '*', '?', '"', '<', '>', '|']) >= 0 || tidy[0] == '.' || tidy[^1] == '.')
            throw new StudioException("name-sign", $"'{tidy}' cannot be the name of a folder; leave out / \\ : * ? \" < > | and a dot at the beginning or end.", tidy);
        if (FileNamePart.IsDevice(tidy)) throw new StudioException("name-reserved", $"'{tidy}' is a name that Windows keeps for itself; choose another.", tidy);
        return tidy;
    }

    /// <summary>A name of a word: also none in underscores, which mark what is no command.</summary>
    public static string CheckWord(string? name)
    {
        string tidy = Check(name);
        return tidy[0] == '_' && tidy[^1] == '_' ? throw new StudioException("name-underscores", $"'{tidy}' is in underscores, which mark what is no command.", tidy) : tidy;
    }

    /// <summary>A name of a speaker, in which the underscore separates the number of the take.</summary>
    public static string CheckSpeaker(string? name) => Check(string.IsNullOrWhiteSpace(name) ? "me" : name.Replace('_', '-'));
}
