using System.Security.Cryptography;
using System.Text;

namespace Mingling.Recognition.Models;

/// <summary>The turn to change a file, which one process and one thread of this machine has at a time; dispose it on the same thread.</summary>
internal sealed class FileTurn : IDisposable
{
    private readonly Mutex? _mutex;

    private FileTurn(Mutex? mutex) => _mutex = mutex;

    /// <summary>Waits for the turn.</summary>
    /// <param name="path">The file, which need not exist.</param>
    public static FileTurn Take(string path)
    {
        string full = Path.GetFullPath(path);
        string real = new FileInfo(full) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full : full;
        string name = "Global\\mingling-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(real)))[..40];
        Mutex mutex;
        try
        {
            mutex = new Mutex(false, name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlatformNotSupportedException or WaitHandleCannotBeOpenedException)
        {
            // A machine without a place for such locks has a single program that changes models.
            return new FileTurn(null);
        }
        try
        {
            mutex.WaitOne();
        }
        catch (AbandonedMutexException)
        {
            // Who had it was killed; the file is whole all the same, and the turn is ours.
        }
        return new FileTurn(mutex);
    }

    public void Dispose()
    {
        _mutex?.ReleaseMutex();
        _mutex?.Dispose();
    }
}
