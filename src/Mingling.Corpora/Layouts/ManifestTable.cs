using System.Text.Json;

namespace Mingling.Corpora.Layouts;

/// <summary>One row of a manifest: its line, counted from 1, and its values by column, lower case; empty ones are absent.</summary>
internal sealed class ManifestRow(int line, IReadOnlyDictionary<string, string> values)
{
    public int Line => line;

    /// <summary>The value of a column, or null.</summary>
    public string? this[string column] => values.GetValueOrDefault(column);
}

/// <summary>The rows of a manifest, a table or JSON lines, with its columns under the names path, label, speaker, split, start, end, synthetic.</summary>
internal static class ManifestTable
{
    /// <summary>Reads the rows; rows that are not JSON are problems.</summary>
    /// <exception cref="CorpusException">The file cannot be read, or has no columns path and label.</exception>
    public static IEnumerable<ManifestRow> Read(string manifest, CorpusDraft draft)
    {
        string text = ListFile.TextOf(manifest);
        return DelimitedText.IsTable(manifest) || HasHeading(text) ? Table(manifest, text) : JsonLines(manifest, text, draft);
    }

    /// <summary>Whether a text whose name does not tell begins with the names of columns.</summary>
    private static bool HasHeading(string text)
    {
        string[] names = [.. text.Split('\n', 2)[0].Split(',', '\t').Select(Column)];
        return names.Contains("path") && names.Contains("label");
    }

    private static List<ManifestRow> Table(string manifest, string text)
    {
        var rows = DelimitedText.ReadAll(manifest, text);
        var columns = rows.Count == 0 ? [] : rows[0].Fields.Select(Column).ToList();
        if (!columns.Contains("path") || !columns.Contains("label"))
            throw new CorpusException($"The manifest '{manifest}' needs a first line that names the columns path and label.");
        return [.. rows.Skip(1).Select(row => new ManifestRow(row.Line, Values(columns.Zip(row.Fields))))];
    }

    private static List<ManifestRow> JsonLines(string manifest, string text, CorpusDraft draft)
    {
        var rows = new List<ManifestRow>();
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
                continue;
            try
            {
                using var row = JsonDocument.Parse(lines[i]);
                var values = row.RootElement.EnumerateObject().Select(value => (Column(value.Name), value.Value.ToString()));
                rows.Add(new ManifestRow(i + 1, Values(values)));
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                draft.Skip($"{Path.GetFileName(manifest)}, line {i + 1}", Remark.Plain("is not a JSON object"));
            }
        }
        return rows;
    }

    private static string Column(string name) => name.Trim().ToLowerInvariant() switch
    {
        "file" or "filename" => "path",
        "class" or "sentence" or "word" or "keyword" => "label",
        "client_id" or "speaker_id" or "speakerid" => "speaker",
        var other => other,
    };

    private static Dictionary<string, string> Values(IEnumerable<(string Column, string Value)> values)
    {
        var byColumn = new Dictionary<string, string>();
        foreach (var (column, value) in values)
        {
            if (!string.IsNullOrWhiteSpace(value))
                byColumn.TryAdd(column, value.Trim());
        }
        return byColumn;
    }
}
