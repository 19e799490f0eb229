using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace Mingling.Audio;

/// <summary>libsndfile, the C library of Erik de Castro Lopo that reads FLAC, Ogg Vorbis, Opus, MP3 and others, where it is installed.</summary>
/// <remarks>Functions are looked up when the library is loaded and not bound by name, so that a program runs without it.</remarks>
internal sealed unsafe class CodecLibrary
{
    private const int ReadMode = 0x10;

    private static readonly Lazy<CodecLibrary?> InstalledLibrary = new(() => Load(UsualNames));

    private readonly delegate* unmanaged[Cdecl]<void*, int, FileInfo*, nint> _open;
    private readonly delegate* unmanaged[Cdecl]<nint, float*, long, long> _readFrames;
    private readonly delegate* unmanaged[Cdecl]<nint, int> _error;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*> _errorText;
    private readonly delegate* unmanaged[Cdecl]<nint, int> _close;

    private CodecLibrary(nint library)
    {
        // Paths are UTF-16 on Windows, and bytes elsewhere.
        string open = OperatingSystem.IsWindows() ? "sf_wchar_open" : "sf_open";
        _open = (delegate* unmanaged[Cdecl]<void*, int, FileInfo*, nint>)NativeLibrary.GetExport(library, open);
        _readFrames = (delegate* unmanaged[Cdecl]<nint, float*, long, long>)NativeLibrary.GetExport(library, "sf_readf_float");
        _error = (delegate* unmanaged[Cdecl]<nint, int>)NativeLibrary.GetExport(library, "sf_error");
        _errorText = (delegate* unmanaged[Cdecl]<nint, byte*>)NativeLibrary.GetExport(library, "sf_strerror");
        _close = (delegate* unmanaged[Cdecl]<nint, int>)NativeLibrary.GetExport(library, "sf_close");
        var version = (delegate* unmanaged[Cdecl]<byte*>)NativeLibrary.GetExport(library, "sf_version_string");
        Version = Marshal.PtrToStringUTF8((nint)version()) ?? "libsndfile";
    }

    /// <summary>The library of this machine, or null where it is not installed.</summary>
    public static CodecLibrary? Installed => InstalledLibrary.Value;

    /// <summary>What the library calls itself, such as "libsndfile-1.2.2".</summary>
    public string Version { get; }

    private static string[] UsualNames =>
        OperatingSystem.IsWindows() ? ["sndfile.dll", "libsndfile-1.dll"]
        : OperatingSystem.IsMacOS() ? ["libsndfile.1.dylib", "/opt/homebrew/lib/libsndfile.1.dylib", "/usr/local/lib/libsndfile.1.dylib"]
        : ["libsndfile.so.1"];

    /// <summary>Loads the first of the named libraries that is there; null where none is.</summary>
    public static CodecLibrary? Load(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out nint library))
                return new CodecLibrary(library);
        }
        return null;
    }

    /// <summary>Opens a file, to be closed with <see cref="Close"/>; 0 where the library cannot read it.</summary>
    public nint Open(string path, out FileInfo info)
    {
        FileInfo opened = default;
        nint file;
        if (OperatingSystem.IsWindows())
        {
            fixed (char* text = path)
                file = _open(text, ReadMode, &opened);
        }
        else
        {
            byte* text = Utf8StringMarshaller.ConvertToUnmanaged(path);
            file = _open(text, ReadMode, &opened);
            Utf8StringMarshaller.Free(text);
        }
        info = opened;
        return file;
    }

    /// <summary>Reads interleaved frames, scaled to −1…1; returns how many were read, 0 at the end or at an error.</summary>
    public long ReadFrames(nint file, Span<float> interleaved, int channels)
    {
        fixed (float* samples = interleaved)
            return _readFrames(file, samples, interleaved.Length / channels);
    }

    /// <summary>What went wrong with a file, or, for 0, in the last call to <see cref="Open"/>; null where nothing did.</summary>
    public string? Error(nint file) =>
        _error(file) == 0 ? null : Marshal.PtrToStringUTF8((nint)_errorText(file))?.Trim().TrimEnd('.');

    /// <summary>Closes a file.</summary>
    public void Close(nint file) => _close(file);

    /// <summary>SF_INFO of sndfile.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct FileInfo
    {
        public long Frames;
        public int SampleRate;
        public int Channels;
        public int Format;
        public int Sections;
        public int Seekable;
    }
}
