namespace Mingling.Recognition.Streaming.Evaluation;

/// <summary>
/// What was said in a stream, as a table: UTF-8 or UTF-16, one word a line, <c>start,end,word</c> with times in seconds and a point for the
/// decimals. The word is the rest of the line, in double quotes or without. A first line <c>start,end,word</c>, empty lines and lines
/// that begin with # are skipped.
/// </summary>
public static class LabelFile
{
    private const string Expected = "start,end,word with times in seconds";

    // Three years; what is larger is no place in a stream.
    private const double MostSeconds = 1e8;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The words in the order of their start.</returns>
    /// <exception cref="LabelFormatException">A line cannot be understood; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<WordInterval> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return Parse(path, TextFile.Read(path));
        }
        catch (InvalidDataException e)
        {
            throw new LabelFormatException($"{path} cannot be read: {e.Message}.");
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            throw new LabelFormatException($"{path} is a folder; name a file of lines {Expected}.");
        }
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="text">The text.</param>
    /// <inheritdoc cref="Read" path="/returns"/>
    /// <exception cref="LabelFormatException">A line cannot be understood; the message names it.</exception>
    public static IReadOnlyList<WordInterval> Parse(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<WordInterval>();
        var places = new Dictionary<WordInterval, int>();
        bool isFirst = true;
        foreach ((int index, string line) in text.Split('\n').Index())
        {
            string content = line.Trim().TrimStart('\uFEFF');
            if (content.Length == 0 || content[0] == '#') continue;
            bool isHeader = isFirst && IsHeader(content);
            isFirst = false;
            if (isHeader) continue;
            var word = Row($"{name}, line {index + 1}", content);
            // Once said and twice counted, it would be missed once however well it is heard.
            if (!places.TryAdd(word, index + 1)) throw new LabelFormatException($"{name}, line {index + 1}: '{ShownText.Quoted(word.Word)}' at {word.Start:0.###} s stands in line {places[word]} already; leave one of them out.");
            words.Add(word);
        }

        return [.. words.OrderBy(word => word.Start)];
    }

    private static bool IsHeader(string line) =>
        line.Split(',').Select(field => field.Trim().ToLowerInvariant()).SequenceEqual(["start", "end", "word"]);

    private static WordInterval Row(string place, string line)
    {
        string[] fields = line.Split(',', 3, StringSplitOptions.TrimEntries);
        if (fields.Length < 3) throw new LabelFormatException($"{place}: '{ShownText.Quoted(line)}' has {fields.Length} of the columns {Expected}.");
        double start = Seconds(place, "start", fields[0]), end = Seconds(place, "end", fields[1]);
        if (end <= start) throw new LabelFormatException($"{place}: the word ends at {ShownText.Quoted(fields[1])}, not after its start at {ShownText.Quoted(fields[0])}.");
        string word = fields[2].Length >= 2 && fields[2][0] == '"' && fields[2][^1] == '"' ? fields[2][1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : fields[2];
        if (!ShownText.IsPlain(word)) throw new LabelFormatException($"{place}: '{ShownText.Quoted(word)}' holds characters that cannot be shown or typed; write the word as the model has it.");
        return word.Length > 0 ? new WordInterval(start, end, word) : throw new LabelFormatException($"{place}: there is no word; lines are {Expected}.");
    }

    /// <summary>A text of the file in a message.</summary>
    private static double Seconds(string place, string column, string text) =>
        NumberText.TryReal(text, out double seconds) && seconds is >= 0 and <= MostSeconds
            ? seconds
            : throw new LabelFormatException($"{place}: the {column} '{ShownText.Quoted(text)}' is no time in seconds; lines are {Expected}.");
}

/// <summary>A word that was said in a stream.</summary>
/// <param name="Start">Where it begins, in seconds, 0 or more.</param>
/// <param name="End">Where it ends, in seconds, after <paramref name="Start"/>.</param>
/// <param name="Word">The word.</param>
public sealed record WordInterval(double Start, double End, string Word);
