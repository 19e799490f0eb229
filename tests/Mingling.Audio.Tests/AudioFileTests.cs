using Mingling.Audio.Tests.Wav;

namespace Mingling.Audio.Tests;

/// <summary>Files by path: what is let through, what is refused, what is resampled.</summary>
public sealed class AudioFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mingling-files").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AudioFile_wav_with_another_extension_is_read() =>
        AudioFile.Read(Write("x.flac", new WavBytes { Data = WavBytes.Int16(16384) })).Samples.ShouldBe([0.5f]);

    [Fact]
    public void AudioFile_wanted_rate_resamples()
    {
        string path = Write("x.wav", new WavBytes { Rate = 8000, Data = WavBytes.Int16([.. Enumerable.Range(0, 800).Select(i => (short)(i * 13))]) });

        var clip = AudioFile.Read(path, 16000);

        clip.SampleRate.ShouldBe(16000);
        clip.Samples.ShouldBe(new Resampler(8000, 16000).Process(AudioFile.Read(path).Samples));
        clip.Duration.ShouldBe(TimeSpan.FromMilliseconds(100));
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(2_000_000_011u)]
    public void AudioFile_absurd_rate_is_refused_where_it_would_be_resampled(uint rate)
    {
        string path = Write("x.wav", new WavBytes { Rate = rate, Data = new byte[100] });

        Should.Throw<AudioFormatException>(() => AudioFile.Read(path, 16000)).Message.ShouldBe(
            $"{path} has a sample rate of {rate} Hz; it takes 1000 to 384000 Hz to be resampled to 16000.");
        AudioFile.Read(path).SampleRate.ShouldBe((int)rate);
    }

    [Theory]
    [InlineData("empty.wav", "", "is empty")]
    [InlineData("text.wav", "version https://example.org/pointer\noid sha256:0", "begins with text")]
    [InlineData("movie.mp4", "\0\0\0\u0018ftypmp42", "is MP4, which cannot be read")]
    [InlineData("noise.bin", "\u0001\u0002\u0003\u0004", "not a sound file of a known format")]
    public void AudioFile_content_that_is_no_sound_is_refused_by_name(string name, string content, string sentence)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);

        string message = Should.Throw<AudioFormatException>(() => AudioFile.Read(path)).Message;

        message.ShouldStartWith($"{path} is ");
        message.ShouldContain(sentence);
    }

    [Fact]
    public void AudioFile_missing_file_is_a_missing_file() =>
        Should.Throw<FileNotFoundException>(() => AudioFile.Read(Path.Combine(_folder, "none.wav")));

    [Fact]
    public void AudioFile_folder_is_no_file() => Should.Throw<UnauthorizedAccessException>(() => AudioFile.Read(_folder));

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    public void AudioFile_wanted_rate_out_of_range_is_refused(int rate) =>
        Should.Throw<ArgumentOutOfRangeException>(() => AudioFile.Read("x.wav", rate));

    [Fact]
    public void AudioClip_without_a_rate_is_refused() => Should.Throw<ArgumentOutOfRangeException>(() => new AudioClip([], 0));

    private string Write(string name, WavBytes wav)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, wav.ToArray());
        return path;
    }
}
