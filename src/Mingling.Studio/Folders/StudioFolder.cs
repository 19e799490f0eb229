namespace Mingling.Studio.Folders;

/// <summary>
/// The folder of a studio: <c>corpora/NAME/WORD/SPEAKER_N.wav</c>, <c>runs/NAME</c>, <c>models/NAME.onnx</c>, <c>exports</c>,
/// <c>alarms</c> and <c>background</c> as the command line reads and writes them, and <c>.studio</c> for what is the studio's alone.
/// </summary>
internal sealed class StudioFolder
{
    private StudioFolder(string root) => Root = root;

    /// <summary>The absolute path.</summary>
    public string Root { get; }

    public string Corpora => Path.Combine(Root, "corpora");
    public string Runs => Path.Combine(Root, "runs");
    public string Models => Path.Combine(Root, "models");
    public string Exports => Path.Combine(Root, "exports");

    /// <summary>Sound that was taken for a command; the next training learns from it.</summary>
    public string Alarms => Path.Combine(Root, "alarms");

    /// <summary>Sound of the room in which no command was said, for thresholds.</summary>
    public string Background => Path.Combine(Root, "background");

    public string Own => Path.Combine(Root, ".studio");
    public string Jobs => Path.Combine(Own, "jobs");
    public string Trash => Path.Combine(Own, "trash");
    public string Imports => Path.Combine(Own, "imports");
    /// <summary>Recipes that the studio wrote for trainings.</summary>
    public string Recipes => Path.Combine(Own, "recipes");

    /// <summary>Short trainings that tell how fast this machine is.</summary>
    public string Speed => Path.Combine(Own, "speed");

    public string Comparisons => Path.Combine(Own, "comparisons");

    /// <summary>Opens a folder, and makes what is missing in it.</summary>
    /// <exception cref="StudioException">It cannot be used.</exception>
    public static StudioFolder Open(string path)
    {
        var folder = new StudioFolder(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        try
        {
            foreach (string part in new[] { folder.Corpora, folder.Runs, folder.Models, folder.Jobs }) Directory.CreateDirectory(part);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StudioException("folder", $"the folder {path} cannot be used for a studio: {e.Message.ReplaceLineEndings(" ")}", path);
        }
        return folder;
    }

    /// <summary>A file or folder below one of the studio's, by names that a page gave; no link on the way.</summary>
    /// <exception cref="StudioException">A name is no name, or leads out of the folder.</exception>
    public string Place(string below, params ReadOnlySpan<string> names)
    {
        string path = below;
        if (!below.StartsWith(Root + Path.DirectorySeparatorChar, StringComparison.Ordinal)) throw new ArgumentException("A place lies within the studio.", nameof(below));
        foreach (string name in names)
        {
            path = Path.Combine(path, StudioName.Check(name));
            // A link within the folder may have been made by its owner, but what a page says is not followed through it.
            if (new FileInfo(path).LinkTarget is not null) throw new StudioException("link", $"'{name}' is a link, which the page does not follow.", name);
        }
        return path;
    }
}
