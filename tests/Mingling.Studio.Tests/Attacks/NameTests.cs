using System.Net;
using Mingling.Studio.Folders;
using Mingling.Studio.Tests.Support;

namespace Mingling.Studio.Tests.Attacks;

/// <summary>Names that try to lead out of the folder, or to become markup.</summary>
public sealed class NameTests
{
    public static TheoryData<string> BadNames =>
    [
        "..", ".", "../x", "..\\x", "/etc/passwd", "C:\\x", "a/b", "a\\b", "x:y", ".hidden", "end.", "con", "NUL.txt", "a\0b", "a\nb", "\u202Egpj", "  ", "", "a*b", "<b>", "\"", "\uFFFD",
        "%2e%2e%2fx/..", new string('a', 200), new string('字', 60),
    ];

    [Theory]
    [MemberData(nameof(BadNames))]
    public void Name_that_is_no_file_is_refused(string name) => Should.Throw<StudioException>(() => StudioName.Check(name));

    [Theory]
    [InlineData("turn on")]
    [InlineData("开灯")]
    [InlineData("été")]
    [InlineData("100%")]
    [InlineData("%2e%2e%2f")]
    [InlineData("a&b=c#d")]
    [InlineData("it's")]
    public async Task Name_of_any_script_is_a_word(string name)
    {
        await using var studio = await OpenedStudio.OpenAsync();
        await studio.Client.PostAsync("/api/corpora", new { name = "my words" });
        string corpus = "corpus=my%20words", word = $"word={Uri.EscapeDataString(name)}";
        await studio.Client.PostAsync($"/api/words?{corpus}", new { name });
        string file = (await studio.Client.SendAsync(HttpMethod.Post, $"/api/takes?{corpus}&{word}&speaker=anna", OpenedStudio.Tone())).GetProperty("file").GetString()!;
        (await studio.Client.RawAsync(HttpMethod.Get, $"/api/takes/sound?{corpus}&{word}&file={file}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        File.Exists(studio[$"corpora/my words/{name}/anna_001.wav"]).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(BadNames))]
    public async Task No_endpoint_follows_a_bad_name(string name)
    {
        await using var studio = await OpenedStudio.OpenAsync();
        studio.Copy("c", "go");
        File.WriteAllText(Path.Combine(studio.Root, "..", "x"), "secret");
        string bad = Uri.EscapeDataString(name);
        (HttpMethod, string)[] requests =
        [
            (HttpMethod.Get, $"/api/corpus?corpus={bad}"), (HttpMethod.Get, $"/api/quality?corpus={bad}"), (HttpMethod.Get, $"/api/takes?corpus=c&word={bad}"),
            (HttpMethod.Get, $"/api/takes/sound?corpus=c&word=go&file={bad}"), (HttpMethod.Get, $"/api/takes/sound?corpus={bad}&word=go&file=x.wav"), (HttpMethod.Delete, $"/api/takes?corpus=c&word=go&file={bad}"),
            (HttpMethod.Delete, $"/api/words?corpus=c&word={bad}"), (HttpMethod.Get, $"/api/run?run={bad}"), (HttpMethod.Get, $"/report?run={bad}"), (HttpMethod.Delete, $"/api/runs?run={bad}"),
            (HttpMethod.Get, $"/comparison?id={bad}"), (HttpMethod.Get, $"/api/job?id={bad}"), (HttpMethod.Delete, $"/api/job?id={bad}"), (HttpMethod.Get, $"/api/models/file?model={bad}"), (HttpMethod.Delete, $"/api/models?model={bad}"),
            (HttpMethod.Get, $"/api/exports/file?name={bad}"), (HttpMethod.Get, $"/api/alarms/sound?file={bad}"), (HttpMethod.Delete, $"/api/alarms?file={bad}"), (HttpMethod.Post, $"/api/undo?id={bad}"),
            (HttpMethod.Put, $"/api/imports?id={bad}&path=x.wav"), (HttpMethod.Post, $"/api/imports/finish?id={bad}&corpus=c"), (HttpMethod.Post, $"/api/thresholds?model={bad}&rate=1&keep=1"), (HttpMethod.Post, $"/api/costs/measure?corpus={bad}"), (HttpMethod.Get, $"/api/live/words?model={bad}"),
        ];
        foreach (var (method, path) in requests)
        {
            using var response = await studio.Client.RawAsync(method, path, method == HttpMethod.Put ? OpenedStudio.Tone() : method == HttpMethod.Post ? "{}"u8.ToArray() : null);
            ((int)response.StatusCode).ShouldBeInRange(400, 499, $"{method} {path}");
            (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("secret");
        }
        File.ReadAllText(Path.Combine(studio.Root, "..", "x")).ShouldBe("secret");
        Directory.GetFiles(studio["corpora/c/go"]).Length.ShouldBe(42);
    }

    [Fact]
    public async Task Link_within_the_folder_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        await using var studio = await OpenedStudio.OpenAsync();
        studio.Copy("c", "go");
        string secret = Path.Combine(studio.Root, "..", "secret.wav");
        File.WriteAllBytes(secret, OpenedStudio.Tone());
        File.CreateSymbolicLink(studio["corpora/c/go/link_1.wav"], secret);
        Directory.CreateSymbolicLink(studio["corpora/out"], Path.Combine(studio.Root, ".."));
        (await studio.Client.RefusalAsync(HttpMethod.Get, "/api/takes/sound?corpus=c&word=go&file=link_1.wav")).Code.ShouldBe("link");
        (await studio.Client.RefusalAsync(HttpMethod.Delete, "/api/takes?corpus=c&word=go&file=link_1.wav")).Code.ShouldBe("link");
        (await studio.Client.RefusalAsync(HttpMethod.Get, "/api/corpus?corpus=out")).Code.ShouldBe("link");
    }

    [Fact]
    public async Task Path_of_the_page_leads_to_its_files_alone()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        foreach (string path in new[] { "/page/../StudioServer.cs", "/page/%2e%2e/%2e%2e/etc/passwd", "/page/js/../../x", "/page//etc/passwd", "/page/index.html", "/.studio/jobs", "/corpora", "/api/none" })
            (await studio.Client.RefusalAsync(HttpMethod.Get, path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
    }
}
