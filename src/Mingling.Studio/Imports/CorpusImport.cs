using Mingling.Audio;
using Mingling.Corpora;
using Mingling.Corpora.Layouts;
using Mingling.Studio.Folders;

namespace Mingling.Studio.Imports;

/// <summary>What an import brought.</summary>
internal sealed record ImportResult(int Takes, IReadOnlyList<string> Words, int Skipped, IReadOnlyList<PageRemark> Problems);

/// <summary>Turns gathered files into takes: any layout that the command line reads, or loose files of one word.</summary>
internal static class CorpusImport
{
    private const int MostTold = 20;
    private const double LongestSeconds = 60;

    /// <param name="stage">The folder of the import.</param>
    /// <param name="corpus">Where the takes go.</param>
    /// <param name="word">The word of all files; null to read words and speakers from folders, names and tables.</param>
    /// <param name="speaker">Who speaks where nothing tells.</param>
    /// <param name="cancellation">Ends the work; takes that are written stay.</param>
    public static ImportResult Run(string stage, CorpusFolder corpus, string? word, string? speaker, CancellationToken cancellation)
    {
        var (clips, problems) = word is null ? Read(Innermost(stage)) : (Loose(stage, StudioName.CheckWord(word)), []);
        if (clips.Count == 0) throw new StudioException("no-sound", $"no recording in this can be used{(problems.Count > 0 ? $": {problems[0].Text}" : "")}; a folder for each word is what is looked for.");
        var words = new SortedSet<string>(StringComparer.Ordinal);
        var known = corpus.Words().Select(each => each.Word).ToHashSet(StringComparer.Ordinal);
        int takes = 0;
        foreach (var clip in clips)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                string name = StudioName.CheckWord(clip.Label);
                var sound = clip.ReadSound();
                if (sound.Samples.Length > LongestSeconds * sound.SampleRate)
                    throw new AudioFormatException(new Remark("import.long", $"it is longer than {LongestSeconds} s, and a recording holds one word", ("seconds", LongestSeconds)));
                if (known.Add(name)) corpus.AddWord(name);
                corpus.AddTake(name, clip.Speaker ?? SpeakerOf(clip) ?? speaker, sound);
                words.Add(name);
                takes++;
            }
            catch (Exception e) when (e is AudioFormatException or CorpusException or StudioException or ArgumentException)
            {
                // What the library says names the clip already.
                problems.Add((e is CorpusException ? PageRemark.Of(e) : Problem(clip.Name, e)).Replace(clip.Path, clip.Name));
            }
        }
        return new ImportResult(takes, [.. words], problems.Count, [.. problems.Take(MostTold)]);
    }

    private static (IReadOnlyList<CorpusClip> Clips, List<PageRemark> Problems) Read(string root)
    {
        try
        {
            var read = CorpusReader.Read(root);
            return (read.Clips, [.. read.Problems.Select(problem => PageRemark.Of(problem.Remark))]);
        }
        catch (CorpusException e)
        {
            return ([], [PageRemark.Of(e).Replace(root + Path.DirectorySeparatorChar, "").Replace(root, "…")]);
        }
    }

    /// <summary>Who speaks by the name of the file alone; a name that begins with the word tells none.</summary>
    private static string? SpeakerOf(CorpusClip clip) =>
        TakeName.Speaker(Path.GetFileName(clip.Path)) is { } speaker && NameKey.Of(speaker) != NameKey.Of(clip.Label) ? speaker : null;

    private static List<CorpusClip> Loose(string stage, string word) =>
        [.. Directory.EnumerateFiles(stage, "*", SearchOption.AllDirectories).Where(path => TakeName.IsSound(Path.GetFileName(path))).Order(StringComparer.Ordinal)
            .Select(path => new CorpusClip(path, Path.GetFileName(path), word))];

    /// <summary>Without folders that hold nothing but one folder, as a packed folder has; a folder with a table or shards is a corpus and no word.</summary>
    private static string Innermost(string folder)
    {
        while (Directory.GetFiles(folder).Length == 0 && Directory.GetDirectories(folder) is [var only] && (Directory.GetDirectories(only).Length > 0 || Describes(only))) folder = only;
        return folder;
    }

    private static bool Describes(string folder) =>
        Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Any(name => name == "shards.json" || Path.GetFileNameWithoutExtension(name) == "manifest");

    private static PageRemark Problem(string name, Exception e)
    {
        var why = e is StudioException own ? new Remark($"error.{own.Code}", own.Message, ("subject", own.Subject ?? "")) : Remark.Of(e);
        return PageRemark.Of(new Remark("problem.of", $"{name}: {why.Text}", ("path", name), ("why", why)));
    }
}
