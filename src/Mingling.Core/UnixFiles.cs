using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Mingling;

/// <summary>What .NET cannot do with files on Unix: keep the owner of a file that is replaced, and flush a folder.</summary>
internal static unsafe partial class UnixFiles
{
    private const string Library = "libc";
    private const int CurrentFolder = -100, ReadOnly = 0;
    private const uint OwnerAndGroup = 0x18;

    // struct statx of linux/stat.h, the same on every processor.
    private const int StatusSize = 256, MaskAt = 0, OwnerAt = 20, GroupAt = 24;

    /// <summary>Gives a file the owner and group of another, where this process may: otherwise what root replaces would become root's.</summary>
    public static void CopyOwner(string of, SafeFileHandle to)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return;
        try
        {
            byte* status = stackalloc byte[StatusSize];
            if (Status(CurrentFolder, of, 0, OwnerAndGroup, status) == 0 && (*(uint*)(status + MaskAt) & OwnerAndGroup) == OwnerAndGroup)
                _ = ChangeOwner(to, *(uint*)(status + OwnerAt), *(uint*)(status + GroupAt));
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library without it keeps no owner, as before.
        }
    }

    /// <summary>Flushes a folder to the disk, so that a file that was renamed in it has its new name after a power failure too.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        try
        {
            int descriptor = Open(folder, ReadOnly);
            if (descriptor < 0) return;
            _ = Flush(descriptor);
            _ = Close(descriptor);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // The file itself is flushed.
        }
    }

    [LibraryImport(Library, EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int folder, string path, int flags, uint mask, byte* status);

    [LibraryImport(Library, EntryPoint = "fchown")]
    private static partial int ChangeOwner(SafeFileHandle file, uint owner, uint group);

    [LibraryImport(Library, EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "fsync")]
    private static partial int Flush(int descriptor);

    [LibraryImport(Library, EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
