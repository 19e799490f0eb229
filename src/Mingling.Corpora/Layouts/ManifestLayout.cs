namespace Mingling.Corpora.Layouts;

/// <summary>
/// A table of clips, CSV or separated by tabs, with a header, or JSON lines: <c>path</c> (or file) and <c>label</c> (or class), and where known
/// <c>speaker</c>, <c>split</c>, <c>start</c> and <c>end</c> in seconds, and <c>synthetic</c> (true or false), which keeps a clip
/// to training. Paths are relative to the manifest's folder.
/// </summary>
internal static class ManifestLayout
{
    private static readonly string[] FileNames = ["manifest.csv", "manifest.tsv", "manifest.jsonl", "manifest.ndjson"];

    /// <summary>The manifest in a folder, or null.</summary>
    public static string? Find(string root) =>
        FileNames.Select(name => Path.Combine(root, name)).FirstOrDefault(File.Exists);

    /// <summary>Adds the clips of a manifest.</summary>
    /// <exception cref="CorpusException">The manifest cannot be read or lacks a column.</exception>
    public static void Read(string manifest, CorpusDraft draft)
    {
        string root = Path.GetDirectoryName(manifest)!;
        var seen = new HashSet<(string, double?, double?)>();
        foreach (var row in ManifestTable.Read(manifest, draft))
        {
            string where = $"{Path.GetFileName(manifest)}, line {row.Line}";
            if (Clip(root, row, out string problem) is not { } clip)
                draft.Skip(where, Remark.Plain(problem));
            else if (!seen.Add((clip.Path, clip.StartSeconds, clip.EndSeconds)))
                draft.Skip(where, new Remark("problem.named-again", $"names '{row["path"]}' again; the first row counts", ("file", row["path"]!)));
            else
                draft.Add(clip);
        }
    }

    private static CorpusClip? Clip(string root, ManifestRow row, out string problem)
    {
        problem = "";
        if (row["path"] is not { } path || row["label"] is not { } label)
        {
            problem = "lacks a path or a label";
            return null;
        }
        if (path.Contains('\0'))
        {
            problem = "names a path with a zero character, which no path has";
            return null;
        }
        var file = new FileInfo(Path.GetFullPath(Path.Combine(root, path.Replace('\\', '/'))));
        var split = row["split"] is { } splitName ? SplitNames.Parse(splitName) : null;
        bool startOk = Seconds(row["start"], out double? start);
        bool endOk = Seconds(row["end"], out double? end);
        bool? synthetic = row["synthetic"]?.ToLowerInvariant() switch
        {
            null or "false" or "0" or "no" => false,
            "true" or "1" or "yes" => true,
            _ => null,
        };
        problem = !file.Exists ? $"names '{path}', which does not exist"
            : file.Length == 0 ? $"names '{path}', which is empty (0 bytes)"
            : row["split"] is not null && split is null ? $"names the split '{row["split"]}', which is not train, validation or test"
            : !startOk ? $"starts at '{row["start"]}', which is not a number of seconds ({NumberText.Fault(row["start"]!)})"
            : !endOk ? $"ends at '{row["end"]}', which is not a number of seconds ({NumberText.Fault(row["end"]!)})"
            : synthetic is null ? $"says of synthetic '{row["synthetic"]}', which is neither true nor false"
            : end <= (start ?? 0) ? $"ends at {end} s, which is not after its start"
            : "";
        string name = Path.GetRelativePath(root, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
        return problem.Length > 0
            ? null
            : new CorpusClip(file.FullName, name, label)
            {
                Speaker = row["speaker"],
                Split = split,
                StartSeconds = start,
                EndSeconds = end,
                Synthetic = synthetic == true,
                TrainingOnly = synthetic == true,
            };
    }

    private static bool Seconds(string? text, out double? seconds)
    {
        seconds = null;
        if (text is null)
            return true;
        if (!NumberText.TryReal(text, out double value) || value < 0)
            return false;
        seconds = value;
        return true;
    }
}
