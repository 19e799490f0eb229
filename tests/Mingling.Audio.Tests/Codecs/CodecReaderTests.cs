using Mingling.Audio.Tests.Wav;

namespace Mingling.Audio.Tests.Codecs;

/// <summary>Formats other than WAV, where libsndfile is installed.</summary>
public sealed class CodecReaderTests : IDisposable
{
    private const int Rate = 16000;

    private readonly string _folder = Directory.CreateTempSubdirectory("mingling-codecs").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(CodecFile.Flac16, "FLAC")]
    [InlineData(CodecFile.Aiff16, "AIFF")]
    [InlineData(CodecFile.Au16, "AU")]
    [InlineData(CodecFile.Caf16, "CAF")]
    [InlineData(CodecFile.Sphere16, "NIST SPHERE")]
    [InlineData(CodecFile.Wave64With16, "Wave64")]
    public void AudioFile_lossless_format_gives_the_samples_that_were_written(int format, string name)
    {
        SkipWithoutLibrary();
        float[] samples = Chirp();
        // The extension is wrong on purpose: formats are told by content.
        string path = Write(format, channels: 1, samples, "صوت.wav");

        var clip = AudioFile.Read(path, out var info);

        clip.Samples.ShouldBe(samples);
        info.ShouldBe(new AudioFileInfo(Rate, 1, name, samples.Length));
    }

    [Theory]
    [InlineData(CodecFile.OggVorbis, "Ogg Vorbis")]
    [InlineData(CodecFile.OggOpus, "Opus")]
    [InlineData(CodecFile.Mp3, "MP3")]
    [InlineData(CodecFile.WavImaAdpcm, "WAV with IMA ADPCM")]
    [InlineData(CodecFile.WavMsAdpcm, "WAV with MS ADPCM")]
    [InlineData(CodecFile.WavGsm, "WAV with GSM 6.10")]
    public void AudioFile_lossy_format_sounds_like_what_was_written(int format, string name)
    {
        SkipWithoutLibrary();
        float[] samples = Chirp();

        var clip = AudioFile.Read(Write(format, channels: 1, samples, "x.bin"), out var info);

        (info.Encoding, info.SampleRate).ShouldBe((name, Rate));
        info.Frames.ShouldBeInRange(samples.Length, samples.Length + 4000);
        Correlation(clip.Samples, samples).ShouldBeGreaterThan(0.97);
    }

    [Fact]
    public void AudioFile_stereo_flac_is_mixed_to_its_mean()
    {
        SkipWithoutLibrary();
        string path = Write(CodecFile.Flac16, channels: 2, [0.5f, 0.25f, -1, 0], "x.flac");

        AudioFile.Read(path, out var info).Samples.ShouldBe([0.375f, -0.5f]);
        info.Channels.ShouldBe(2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void AudioFile_damaged_flac_is_read_or_refused(int seed)
    {
        SkipWithoutLibrary();
        byte[] whole = File.ReadAllBytes(Write(CodecFile.Flac16, channels: 1, Chirp(), "whole.flac"));
        string path = Path.Combine(_folder, "damaged.flac");
        var random = new Random(seed);
        for (int i = 0; i < 50; i++)
        {
            byte[] bytes = [.. whole];
            for (int change = 0; change < 5; change++)
                bytes[random.Next(4, random.Next(2) == 0 ? 60 : bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(path, bytes[..random.Next(4, bytes.Length)]);
            try
            {
                AudioFile.Read(path).Samples.ShouldNotBeEmpty();
            }
            catch (AudioFormatException refusal)
            {
                refusal.Message.ShouldStartWith(path);
            }
        }
    }

    [Theory]
    [InlineData(WavEncoding.Pcm8)]
    [InlineData(WavEncoding.Pcm24)]
    [InlineData(WavEncoding.Float64)]
    [InlineData(WavEncoding.ALaw)]
    [InlineData(WavEncoding.MuLaw)]
    public void WavReader_each_encoding_agrees_with_libsndfile(WavEncoding encoding)
    {
        SkipWithoutLibrary();
        string path = Path.Combine(_folder, "x.wav");
        byte[] data = encoding == WavEncoding.Float64
            ? [.. Chirp().SelectMany(sample => BitConverter.GetBytes((double)sample))]
            : [.. Enumerable.Range(0, 768).Select(i => (byte)(i * 7))];
        File.WriteAllBytes(path, (WavBytes.Of(encoding) with { Data = data }).ToArray());

        var other = CodecReader.Read(CodecLibrary.Installed, path, ContentKind.Wav, out _);

        AudioFile.Read(path).Samples.ShouldBe(other.Samples);
    }

    [Fact]
    public void AudioFile_without_the_library_says_how_to_get_it()
    {
        var missing = CodecLibrary.Load("libmingling-no-such-library.so");
        string path = Path.Combine(_folder, "x.flac");
        File.WriteAllBytes(path, [.. "fLaC"u8, 0, 0, 0, 34]);

        missing.ShouldBeNull();
        Should.Throw<AudioFormatException>(() => AudioFile.Read(path, missing, out _)).Message
            .ShouldBe($"{path} is FLAC; install libsndfile (Debian, Ubuntu: apt-get install libsndfile1) or convert it to WAV.");
    }

    [Fact]
    public void AudioFile_of_wav_with_a_codec_without_the_library_names_the_codec()
    {
        string path = Path.Combine(_folder, "x.wav");
        File.WriteAllBytes(path, new WavBytes { Tag = 17, Bits = 4, BlockAlign = 256, Data = new byte[512] }.ToArray());

        Should.Throw<AudioFormatException>(() => AudioFile.Read(path, null, out _)).Message
            .ShouldBe($"{path} is WAV with IMA ADPCM; install libsndfile (Debian, Ubuntu: apt-get install libsndfile1) or convert it to PCM.");
    }

    [Fact]
    public void AudioFile_library_version_names_the_library()
    {
        SkipWithoutLibrary();
        AudioFile.CodecLibraryVersion.ShouldNotBeNull().ShouldStartWith("libsndfile");
    }

    private static void SkipWithoutLibrary() =>
        Assert.SkipUnless(OperatingSystem.IsLinux() && CodecLibrary.Installed is not null, "libsndfile is not installed.");

    private string Write(int format, int channels, float[] samples, string name)
    {
        string path = Path.Combine(_folder, name);
        CodecFile.Write(path, format, Rate, channels, samples);
        return path;
    }

    /// <summary>One second from 200 to 2200 Hz, on the grid of 16 bits.</summary>
    private static float[] Chirp() =>
        [.. Enumerable.Range(0, Rate).Select(i => (double)i / Rate).Select(t => MathF.Round((float)Math.Sin(2 * Math.PI * (200 + 1000 * t) * t) * 16384) / 32768)];

    /// <summary>The largest normalised correlation over the delays that codecs introduce.</summary>
    private static double Correlation(float[] actual, float[] expected)
    {
        const int maxDelay = 1500;
        const int length = 8000;
        double best = 0;
        for (int delay = 0; delay < maxDelay; delay++)
        {
            double product = 0, a = 0, b = 0;
            for (int i = 0; i < length; i++)
            {
                double x = actual[i + delay], y = expected[i];
                (product, a, b) = (product + x * y, a + x * x, b + y * y);
            }
            best = Math.Max(best, product / Math.Sqrt(a * b));
        }
        return best;
    }
}
