using System.Text;

namespace Mingling.Studio.Folders;

/// <summary>One studio for each folder. Commands may work in the folder meanwhile; runs have locks of their own.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;
    private readonly string _addressPath;

    private FolderLock(FileStream file, string addressPath) => (_file, _addressPath) = (file, addressPath);

    /// <exception cref="StudioException">Another studio has the folder; the message says where its page is.</exception>
    public static FolderLock Take(StudioFolder folder)
    {
        string path = Path.Combine(folder.Own, "studio.lock"), address = Path.Combine(folder.Own, "studio.address");
        try
        {
            return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose), address);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string where = File.Exists(address) ? $" at {File.ReadAllText(address).Trim()}" : "";
            throw new StudioException("in-use", $"another studio has {folder.Root} open{where}; use its page, or end it first.", folder.Root);
        }
    }

    /// <summary>Tells where the page is, for those who come later. Without the token: the file is for everyone who reads the folder.</summary>
    public void Tell(Uri address) => OutputFile.Write(_addressPath, stream => stream.Write(Encoding.UTF8.GetBytes(address.GetLeftPart(UriPartial.Path) + "\n")));

    public void Dispose()
    {
        File.Delete(_addressPath);
        _file.Dispose();
    }
}
