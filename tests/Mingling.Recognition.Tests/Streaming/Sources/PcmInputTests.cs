using Mingling.Recognition.Streaming.Sources;

namespace Mingling.Recognition.Tests.Streaming.Sources;

public class PcmInputTests
{
    [Fact]
    public void PcmInput_with_a_header_takes_the_rate_from_it_and_without_one_from_the_user()
    {
        byte[] wav = Wav(1, 44_100, 16);
        PcmInput.Open(new MemoryStream(wav), null).SampleRate.ShouldBe(44_100);
        PcmInput.Open(new MemoryStream(wav), 44_100).SampleRate.ShouldBe(44_100);
        Should.Throw<SampleStreamException>(() => PcmInput.Open(new MemoryStream(wav), 16_000)).Message.ShouldContain("44100 Hz where 16000 were stated");
        PcmInput.Open(new MemoryStream([1, 0, 2, 0]), 8000).SampleRate.ShouldBe(8000);
        Should.Throw<SampleStreamException>(() => PcmInput.Open(new MemoryStream([1, 0, 2, 0]), null)).Message.ShouldStartWith("Raw sound does not tell its rate");
        Should.Throw<SampleStreamException>(() => PcmInput.Open(new MemoryStream(Wav(2, 44_100, 16)), null)).Message.ShouldContain("2 channels of 16 bits");
        Should.Throw<SampleStreamException>(() => PcmInput.Open(new MemoryStream(wav[..30]), null)).Message.ShouldContain("stops within its header");
    }

    [Fact]
    public async Task PcmInput_loses_no_sample_to_the_search_for_a_header()
    {
        byte[] raw = [.. Enumerable.Range(0, 9).SelectMany(i => BitConverter.GetBytes((short)(i * 100)))];
        foreach ((byte[] bytes, int? rate) in new[] { (raw, (int?)8000), ([.. Wav(1, 8000, 16), .. raw], null), (raw[..6], 8000) })
        {
            var source = PcmInput.Open(new MemoryStream(bytes), rate);
            var samples = new List<float>();
            float[] buffer = new float[4];
            while (await source.ReadAsync(buffer) is var read and > 0) samples.AddRange(buffer.AsSpan(0, read));
            samples.ShouldBe(Enumerable.Range(0, bytes.Length == 6 ? 3 : 9).Select(i => i * 100 / 32768f));
        }
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 65 })]
    public async Task PcmInput_passes_over_an_odd_chunk_with_and_without_its_pad_byte(byte[] pad)
    {
        byte[] plain = Wav(1, 8000, 16), chunk = [.. "inst"u8, 7, 0, 0, 0, 60, 0, 127, 0, 127, 0, 127, .. pad];
        int data = plain.AsSpan().IndexOf("data"u8);
        var source = PcmInput.Open(new MemoryStream([.. plain[..data], .. chunk, .. plain[data..], 1, 0, 2, 0]), null);
        float[] samples = new float[10];
        (await source.ReadAsync(samples, TestContext.Current.CancellationToken)).ShouldBe(2);
        samples[..2].ShouldBe([1 / 32768f, 2 / 32768f]);
    }

    [Fact]
    public void PcmInput_of_another_format_or_rate_says_so()
    {
        foreach ((byte[] begin, string name) in new[] { ("fLaC"u8.ToArray(), "FLAC"), ("OggS"u8.ToArray(), "Ogg"), ("ID3\u0004"u8.ToArray(), "MP3"), ("RF64"u8.ToArray(), "RF64") })
            Should.Throw<SampleStreamException>(() => PcmInput.Open(new MemoryStream([.. begin, .. new byte[40]]), 16_000)).Message.ShouldStartWith($"The sound is {name};");
        foreach (int rate in new[] { 999, 384_001 })
            Should.Throw<SampleStreamException>(() => PcmInput.Open(new MemoryStream(Wav(1, rate, 16)), null)).Message.ShouldStartWith($"The sound has {rate} Hz;");
        Should.Throw<SampleStreamException>(() => PcmInput.Open(new MemoryStream(new byte[40]), 0)).Message.ShouldStartWith("The sound has 0 Hz;");
    }

    [Fact]
    public async Task PcmInput_stops_where_the_samples_end_and_takes_an_unknown_size_for_all()
    {
        byte[] raw = [1, 0, 2, 0, 3, 0], more = [.. "LIST"u8, 2, 0, 0, 0, 1, 1];
        foreach ((int size, int count) in new[] { (6, 3), (0, 8), (-1, 8), (0x7FFFF000, 8), (4, 2) })
        {
            byte[] header = Wav(1, 8000, 16);
            BitConverter.TryWriteBytes(header.AsSpan(header.Length - 4), size);
            var source = PcmInput.Open(new MemoryStream([.. header, .. raw, .. more]), null);
            int read = 0;
            float[] buffer = new float[4];
            while (await source.ReadAsync(buffer) is var now and > 0) read += now;
            read.ShouldBe(count);
        }
    }

    [Fact]
    public void PcmInput_takes_an_extensible_header_of_the_same_samples()
    {
        byte[] plain = Wav(1, 8000, 16);
        byte[] format = [.. plain.AsSpan(20, 16), 22, 0, 16, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];
        (format[0], format[1]) = (0xFE, 0xFF);
        byte[] extensible = [.. plain.AsSpan(0, 16), 40, 0, 0, 0, .. format, .. plain.AsSpan(36)];
        PcmInput.Open(new MemoryStream(extensible), null).SampleRate.ShouldBe(8000);
    }

    private static byte[] Wav(short channels, int rate, short bits) =>
    [
        .. "RIFF"u8, .. BitConverter.GetBytes(-1), .. "WAVE"u8, .. "fmt "u8, .. BitConverter.GetBytes(16), .. BitConverter.GetBytes((short)1), .. BitConverter.GetBytes(channels),
        .. BitConverter.GetBytes(rate), .. BitConverter.GetBytes(rate * channels * bits / 8), .. BitConverter.GetBytes((short)(channels * bits / 8)), .. BitConverter.GetBytes(bits),
        .. "data"u8, .. BitConverter.GetBytes(-1),
    ];
}
