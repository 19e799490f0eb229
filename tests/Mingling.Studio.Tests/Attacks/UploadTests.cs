using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Mingling.Studio.Tests.Support;

namespace Mingling.Studio.Tests.Attacks;

/// <summary>Uploads that are not what they say, or do not end.</summary>
public sealed class UploadTests
{
    [Theory]
    [InlineData("../../evil.wav")]
    [InlineData("go/../../evil.wav")]
    [InlineData("/evil.wav")]
    [InlineData("..\\evil.wav")]
    public async Task Zip_that_leads_out_is_refused(string entry)
    {
        await using var studio = await OpenStudioAsync();
        string id = await BeginAsync(studio);
        var (status, _) = await studio.Client.RefusalAsync(HttpMethod.Put, $"/api/imports?id={id}&path=a.zip", Zip((entry, OpenedStudio.Tone())));
        // A leading slash is no way out: the rest is a name within the import. A name that begins with a dot is left out.
        status.ShouldBe(entry[0] == '/' || entry.Contains('\\') ? HttpStatusCode.OK : HttpStatusCode.BadRequest);
        Directory.GetFiles(Path.GetDirectoryName(studio.Root)!, "evil.wav", SearchOption.TopDirectoryOnly).ShouldBeEmpty();
        Directory.GetFiles(studio.Root, "evil.wav", SearchOption.TopDirectoryOnly).ShouldBeEmpty();
    }

    [Fact]
    public async Task Zip_with_links_gives_no_links()
    {
        await using var studio = await OpenStudioAsync();
        string id = await BeginAsync(studio);
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var link = archive.CreateEntry("go/link_1.wav");
            link.ExternalAttributes = unchecked((int)0xA1FF0000);
            using (var writer = new StreamWriter(link.Open())) writer.Write("/etc/passwd");
            using var sound = archive.CreateEntry("go/anna_1.wav").Open();
            sound.Write(OpenedStudio.Tone());
        }
        await studio.Client.SendAsync(HttpMethod.Put, $"/api/imports?id={id}&path=a.zip", bytes.ToArray());
        var result = await studio.Client.PostAsync($"/api/imports/finish?id={id}&corpus=c");
        result.GetProperty("takes").GetInt32().ShouldBe(1);
        Directory.GetFiles(studio["corpora/c/go"]).ShouldHaveSingleItem().ShouldEndWith("anna_001.wav");
    }

    [Fact]
    public async Task Zip_bomb_is_stopped_before_it_fills_the_disk()
    {
        await using var studio = await OpenStudioAsync();
        string id = await BeginAsync(studio);
        // 100 MB of zeros in 100 kB.
        var (status, code) = await studio.Client.RefusalAsync(HttpMethod.Put, $"/api/imports?id={id}&path=a.zip", Zip(("go/a_1.wav", new byte[100 << 20])));
        (status, code).ShouldBe((HttpStatusCode.RequestEntityTooLarge, "too-large"));
        new DirectoryInfo(studio[".studio"]).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length).ShouldBeLessThan(40 << 20);
    }

    [Fact]
    public async Task Zip_that_is_none_is_refused()
    {
        await using var studio = await OpenStudioAsync();
        string id = await BeginAsync(studio);
        (await studio.Client.RefusalAsync(HttpMethod.Put, $"/api/imports?id={id}&path=a.zip", "no zip"u8.ToArray())).Code.ShouldBe("bad-zip");
        (await studio.Client.RefusalAsync(HttpMethod.Put, $"/api/imports?id={id}&path=a.exe", [1, 2, 3])).Code.ShouldBe("not-sound");
        (await studio.Client.RefusalAsync(HttpMethod.Post, $"/api/imports/finish?id={id}&corpus=c")).Code.ShouldBe("no-sound");
    }

    [Fact]
    public async Task Take_that_is_no_sound_is_refused_and_nothing_is_written()
    {
        await using var studio = await OpenStudioAsync();
        await studio.Client.PostAsync("/api/words?corpus=c", new { name = "go" });
        byte[] cut = OpenedStudio.Tone()[..30];
        foreach (byte[] body in new[] { [], "<script>"u8.ToArray(), cut, new byte[100_000] })
            (await studio.Client.RefusalAsync(HttpMethod.Post, "/api/takes?corpus=c&word=go&speaker=a", body)).Status.ShouldBe(HttpStatusCode.BadRequest);
        Directory.GetFiles(studio["corpora/c/go"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task Body_that_is_too_large_is_refused()
    {
        await using var studio = await OpenStudioAsync();
        await studio.Client.PostAsync("/api/words?corpus=c", new { name = "go" });
        (await StatusOfAsync(studio, "/api/takes?corpus=c&word=go", 13L << 20)).ShouldBe("413");
        (await StatusOfAsync(studio, "/api/corpora", 65L << 10)).ShouldBe("413");
        (await StatusOfAsync(studio, "/api/imports?id=x&path=a.wav", 2L << 30, "PUT")).ShouldBe("413");
    }

    [Fact]
    public async Task Body_without_end_is_cut_off()
    {
        await using var studio = await OpenStudioAsync();
        await studio.Client.PostAsync("/api/words?corpus=c", new { name = "go" });
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, studio.Server.Address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Head(studio, "POST", "/api/takes?corpus=c&word=go") + "Transfer-Encoding: chunked\r\n\r\n"), TestContext.Current.CancellationToken);
        byte[] chunk = [.. "10000\r\n"u8, .. new byte[0x10000], .. "\r\n"u8];
        long sent = 0;
        try
        {
            for (; sent < 64 << 20; sent += 0x10000) await stream.WriteAsync(chunk, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // It does not listen any more.
        }
        sent.ShouldBeLessThan(64 << 20);
        (await studio.Client.GetAsync("/api/studio")).GetProperty("version").GetString().ShouldBe("test");
        Directory.GetFiles(studio["corpora/c/go"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task Take_that_is_sent_again_is_kept_once()
    {
        await using var studio = await OpenStudioAsync();
        await studio.Client.PostAsync("/api/words?corpus=c", new { name = "go" });
        for (int i = 0; i < 3; i++) await studio.Client.SendAsync(HttpMethod.Post, "/api/takes?corpus=c&word=go&speaker=a&id=same", OpenedStudio.Tone());
        Directory.GetFiles(studio["corpora/c/go"]).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Zip_of_a_corpus_comes_in_with_its_speakers()
    {
        await using var studio = await OpenStudioAsync();
        string id = await BeginAsync(studio);
        byte[] tone = OpenedStudio.Tone();
        (string, byte[])[] files = [.. from word in new[] { "go", "stop" } from speaker in new[] { "anna", "ben" } from i in new[] { 1, 2 } select ($"my recordings/{word}/{speaker}_{i}.wav", OpenedStudio.Tone(0.4 + (0.1 * i) + (speaker == "anna" ? 0.03 : 0) + (word == "go" ? 0.01 : 0)))];
        await studio.Client.SendAsync(HttpMethod.Put, $"/api/imports?id={id}&path=a.zip", Zip([.. files, ("my recordings/go/broken_1.wav", tone[..20]), ("my recordings/read me.md", [1])]));
        var result = await studio.Client.PostAsync($"/api/imports/finish?id={id}&corpus=c");
        result.GetProperty("takes").GetInt32().ShouldBe(8);
        result.GetProperty("skipped").GetInt32().ShouldBe(1);
        Directory.GetFiles(studio["corpora/c/go"]).Select(Path.GetFileName).Order().ShouldBe(["anna_001.wav", "anna_002.wav", "ben_001.wav", "ben_002.wav"]);
        Directory.GetDirectories(studio[".studio/imports"]).ShouldBeEmpty();
    }

    private static async Task<OpenedStudio> OpenStudioAsync()
    {
        var studio = await OpenedStudio.OpenAsync();
        await studio.Client.PostAsync("/api/corpora", new { name = "c" });
        return studio;
    }

    private static async Task<string> BeginAsync(OpenedStudio studio) => (await studio.Client.PostAsync("/api/imports")).GetProperty("id").GetString()!;

    private static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }
        return bytes.ToArray();
    }

    private static string Head(OpenedStudio studio, string method, string path)
    {
        string own = studio.Server.Address.GetLeftPart(UriPartial.Authority);
        return $"{method} {path} HTTP/1.1\r\nHost: {new Uri(own).Authority}\r\nOrigin: {own}\r\nX-Mingling: {studio.Client.Key}\r\nContent-Type: application/json\r\n";
    }

    /// <summary>The status of a request that says how much it will send, and sends nothing.</summary>
    private static async Task<string> StatusOfAsync(OpenedStudio studio, string path, long length, string method = "POST")
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, studio.Server.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Head(studio, method, path) + $"Content-Length: {length}\r\n\r\n"));
        using var reader = new StreamReader(client.GetStream());
        return (await reader.ReadLineAsync())!.Split(' ')[1];
    }
}
