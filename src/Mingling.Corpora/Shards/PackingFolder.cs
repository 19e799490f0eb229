using System.Text.RegularExpressions;

namespace Mingling.Corpora.Shards;

/// <summary>
/// The folder that shards are written into, with a mark as long as they are not all there. A folder that a packing has left which was killed or
/// ran out of room has the mark, and is begun anew; one that another process is packing into is held.
/// </summary>
internal sealed partial class PackingFolder : IDisposable
{
    /// <summary>The name of the mark.</summary>
    public const string Mark = "shards.unfinished";

    private readonly string _path;
    private readonly FileStream _mark;

    private PackingFolder(string path, FileStream mark) => (_path, _mark) = (path, mark);

    /// <exception cref="CorpusException">The folder holds something else, or another process packs into it.</exception>
    /// <exception cref="OutputException">It cannot be made.</exception>
    public static PackingFolder Begin(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            string mark = Path.Combine(path, Mark);
            bool isLeft = File.Exists(mark);
            if (!isLeft) CheckEmpty(path, isLeft);
            var folder = new PackingFolder(path, Hold(path, mark));
            try
            {
                // Again, because another process may have come to its end meanwhile.
                CheckEmpty(path, isLeft);
                foreach (string file in Directory.EnumerateFiles(path)) if (Path.GetFileName(file) != Mark) File.Delete(file);
                return folder;
            }
            catch
            {
                folder.Dispose();
                if (!isLeft) File.Delete(mark);
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"the folder {path} cannot be made: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>All shards are there.</summary>
    public void Finish()
    {
        _mark.Dispose();
        File.Delete(Path.Combine(_path, Mark));
    }

    public void Dispose() => _mark.Dispose();

    private static FileStream Hold(string path, string mark)
    {
        try
        {
            return new FileStream(mark, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(mark))
        {
            throw new CorpusException($"Another process is packing a corpus into '{path}'; wait for it, or name another folder.", e);
        }
    }

    private static void CheckEmpty(string path, bool isLeft)
    {
        string? other = Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry)).FirstOrDefault(name => name != Mark && !(isLeft && Unfinished().IsMatch(name)));
        if (other is not null) throw new CorpusException($"The folder '{path}' is not empty, it holds '{ShownText.OnOneLine(other)}'; shards are written into one of their own.");
    }

    [GeneratedRegex(@"^corpus-[0-9]{6,}\.(tar|index)(\.[0-9]+-[a-z0-9]{8}-[0-9a-f]{8}\.mingling\.tmp)?$|^shards\.json(\.[0-9]+-[a-z0-9]{8}-[0-9a-f]{8}\.mingling\.tmp)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Unfinished();
}
