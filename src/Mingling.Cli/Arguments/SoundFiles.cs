using Mingling.Cli.Display;
using Mingling.Cli.Host;
using Mingling.Corpora;
using Mingling.Corpora.Layouts;

namespace Mingling.Cli.Arguments;

/// <summary>Sound files that are named one by one or by their folder.</summary>
internal static class SoundFiles
{
    /// <summary>
    /// The files, and all sound files in the folders and below them, in order. As in a corpus, hidden files do not count, and empty ones are
    /// named and left out.
    /// </summary>
    public static string[] Find(IReadOnlyList<string> paths)
    {
        var draft = new CorpusDraft(strict: false);
        string[] files = [.. paths.SelectMany(path => Directory.Exists(path) ? InFolder(path, draft) : [path])];
        CorpusNotes.Print(draft.Problems);
        return files.Length > 0 ? files : throw new UsageException($"there are no sound files in {string.Join(", ", paths)}.");
    }

    /// <summary>Makes something of each file; those that cannot be read are named and left out, unless they were named one by one.</summary>
    /// <param name="paths">What was named.</param>
    /// <param name="files">The files that <see cref="Find"/> found by it.</param>
    /// <param name="read">Reads a file.</param>
    /// <exception cref="MinglingException">A file that was named cannot be read, or none of the others can.</exception>
    public static T[] Read<T>(IReadOnlyList<string> paths, IReadOnlyList<string> files, Func<string, T> read)
    {
        var made = new List<T>();
        var problems = new List<CorpusProblem>();
        foreach (string file in files)
        {
            try
            {
                made.Add(read(file));
            }
            catch (Exception e) when (!paths.Contains(file) && e is MinglingException or IOException or UnauthorizedAccessException)
            {
                problems.Add(new CorpusProblem(file, $"cannot be read: {e.Message.TrimEnd('.')}"));
            }
        }
        if (made.Count == 0 && problems.Count > 0) throw new CorpusException($"none of the recordings can be used; the first: {problems[0]}");
        CorpusNotes.Print(problems);
        return [.. made];
    }

    private static IEnumerable<string> InFolder(string folder, CorpusDraft draft) =>
        SoundFolder.Open(Path.GetFullPath(folder), draft).Files.Where(draft.Accepts).Select(file => Path.Combine(folder, file.Name));
}
