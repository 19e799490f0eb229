using System.Runtime.InteropServices;

namespace Mingling.Recognition.Streaming.Sources;

/// <summary>The functions of libasound that record sound (Linux).</summary>
internal static unsafe partial class AlsaLibrary
{
    public const int Capture = 1, SignedLittleEndian16 = 2, Interleaved = 3;
    private const string Name = "libasound.so.2";

    private static readonly Lazy<bool> Loaded = new(Load);

    /// <summary>Whether the library is installed.</summary>
    public static bool IsInstalled => Loaded.Value;

    [LibraryImport(Name, EntryPoint = "snd_pcm_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(out nint handle, string device, int direction, int mode);

    [LibraryImport(Name, EntryPoint = "snd_pcm_set_params")]
    public static partial int SetParameters(nint handle, int format, int access, uint channels, uint rate, int mayResample, uint latencyMicroseconds);

    [LibraryImport(Name, EntryPoint = "snd_pcm_readi")]
    public static partial nint Read(nint handle, short* buffer, nuint frames);

    [LibraryImport(Name, EntryPoint = "snd_pcm_recover")]
    public static partial int Recover(nint handle, int error, int silent);

    [LibraryImport(Name, EntryPoint = "snd_pcm_close")]
    public static partial void Close(nint handle);

    /// <summary>What an error number means.</summary>
    public static string Explain(int error) => Marshal.PtrToStringUTF8(ErrorText(error)) ?? $"error {error}";

    [LibraryImport(Name, EntryPoint = "snd_strerror")]
    private static partial nint ErrorText(int error);

    [LibraryImport(Name, EntryPoint = "snd_lib_error_set_handler")]
    private static partial void SetErrorHandler(delegate* unmanaged[Cdecl]<nint, int, nint, int, nint, void> handler);

    private static bool Load()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad(Name, out _)) return false;
        // Its own handler prints; what went wrong is thrown.
        SetErrorHandler(&Ignore);
        return true;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static void Ignore(nint file, int line, nint function, int error, nint format)
    {
    }
}
