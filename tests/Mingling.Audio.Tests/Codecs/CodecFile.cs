using System.Runtime.InteropServices;

namespace Mingling.Audio.Tests.Codecs;

/// <summary>Writes sound files with libsndfile itself, as input for reading.</summary>
internal static partial class CodecFile
{
    public const int Flac16 = 0x170000 | 0x0002;
    public const int OggVorbis = 0x200000 | 0x0060;
    public const int OggOpus = 0x200000 | 0x0064;
    public const int Mp3 = 0x230000 | 0x0082;
    public const int Aiff16 = 0x020000 | 0x0002;
    public const int Au16 = 0x030000 | 0x0002;
    public const int Caf16 = 0x180000 | 0x0002;
    public const int Sphere16 = 0x070000 | 0x0002;
    public const int Wave64With16 = 0x0B0000 | 0x0002;

    public const int WavImaAdpcm = 0x010000 | 0x0012;
    public const int WavMsAdpcm = 0x010000 | 0x0013;
    public const int WavGsm = 0x010000 | 0x0020;

    private const int WriteMode = 0x20;

    public static unsafe void Write(string path, int format, int rate, int channels, float[] interleaved)
    {
        var info = new CodecLibrary.FileInfo { SampleRate = rate, Channels = channels, Format = format };
        nint file = sf_open(path, WriteMode, &info);
        file.ShouldNotBe(0, $"libsndfile opens {path} for writing");
        // As 16-bit integers, because libsndfile scales floats by 32767 when it writes and divides by 32768 when it reads.
        short[] integers = [.. interleaved.Select(sample => (short)(sample * 32768))];
        fixed (short* samples = integers)
            sf_writef_short(file, samples, interleaved.Length / channels).ShouldBe(interleaved.Length / channels);
        sf_close(file).ShouldBe(0);
    }

    [LibraryImport("libsndfile.so.1", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial nint sf_open(string path, int mode, CodecLibrary.FileInfo* info);

    [LibraryImport("libsndfile.so.1")]
    private static unsafe partial long sf_writef_short(nint file, short* samples, long frames);

    [LibraryImport("libsndfile.so.1")]
    private static partial int sf_close(nint file);
}
