using Mingling.Corpora.Layouts;
using Mingling.Studio.Tests.Support;

namespace Mingling.Studio.Tests.Folders;

/// <summary>Corpora as page and command line see them.</summary>
public sealed class CorpusFolderTests
{
    [Fact]
    public async Task Take_is_a_whole_file_with_the_samples_that_were_sent()
    {
        await using var studio = await OpenStudioAsync();
        byte[] tone = OpenedStudio.Tone(0.5, 48_000);
        var take = await studio.Client.SendAsync(HttpMethod.Post, "/api/takes?corpus=c&word=go&speaker=Anna_B", tone);
        take.GetProperty("file").GetString().ShouldBe("Anna-B_001.wav");
        take.GetProperty("seconds").GetDouble().ShouldBe(0.5, 0.01);
        take.GetProperty("problems").GetArrayLength().ShouldBe(0);
        File.ReadAllBytes(studio["corpora/c/go/Anna-B_001.wav"]).ShouldBe(tone);
        Directory.GetFiles(studio["corpora/c/go"]).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Take_tells_at_once_what_is_wrong_with_it()
    {
        await using var studio = await OpenStudioAsync();
        float[] loud = [.. Enumerable.Range(0, 8000).Select(i => i / 20 % 2 == 0 ? 1f : -1f)];
        (await ProblemsAsync(OpenedStudio.Wav(loud, 16_000))).ShouldContain("clipped");
        (await ProblemsAsync(OpenedStudio.Wav(new float[8000], 16_000))).ShouldContain("silent");
        (await ProblemsAsync(OpenedStudio.Wav([.. Enumerable.Range(0, 8000).Select(i => 0.01f * MathF.Sin(0.2f * i))], 16_000))).ShouldContain("quiet");
        (await ProblemsAsync(OpenedStudio.Tone(0.1))).ShouldContain("short");

        async Task<string[]> ProblemsAsync(byte[] wav) =>
            [.. (await studio.Client.SendAsync(HttpMethod.Post, "/api/takes?corpus=c&word=go&speaker=a", wav)).GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()!)];
    }

    [Fact]
    public async Task Deleted_take_comes_back_even_in_another_studio()
    {
        using var folder = new Mingling.Tests.Shared.TemporaryFolder();
        string undo;
        byte[] tone = OpenedStudio.Tone();
        await using (var studio = await OpenStudioAsync(folder))
        {
            await studio.Client.SendAsync(HttpMethod.Post, "/api/takes?corpus=c&word=go&speaker=a", tone);
            undo = (await studio.Client.SendAsync(HttpMethod.Delete, "/api/takes?corpus=c&word=go&file=a_001.wav")).GetProperty("undo").GetString()!;
            Directory.GetFiles(studio["corpora/c/go"]).ShouldBeEmpty();
        }
        await using (var studio = await OpenedStudio.OpenAsync(folder))
        {
            // The name was given again meanwhile.
            await studio.Client.SendAsync(HttpMethod.Post, "/api/takes?corpus=c&word=go&speaker=a", OpenedStudio.Tone(0.8));
            await studio.Client.PostAsync($"/api/undo?id={undo}");
            File.ReadAllBytes(studio["corpora/c/go/a_002.wav"]).ShouldBe(tone);
            (await studio.Client.RefusalAsync(HttpMethod.Post, $"/api/undo?id={undo}")).Code.ShouldBe("no-undo");
        }
    }

    [Fact]
    public async Task Word_is_renamed_and_deleted_with_its_takes_and_comes_back()
    {
        await using var studio = await OpenStudioAsync();
        await studio.Client.SendAsync(HttpMethod.Post, "/api/takes?corpus=c&word=go&speaker=a", OpenedStudio.Tone());
        await studio.Client.PutAsync("/api/words?corpus=c&word=go", new { name = "come" });
        (await WordsAsync(studio)).ShouldBe(["come:1"]);
        await studio.Client.PutAsync("/api/words?corpus=c&word=come", new { name = "Go" });
        await studio.Client.PutAsync("/api/words?corpus=c&word=Go", new { name = "go" });
        string undo = (await studio.Client.SendAsync(HttpMethod.Delete, "/api/words?corpus=c&word=go")).GetProperty("undo").GetString()!;
        (await WordsAsync(studio)).ShouldBe([]);
        await studio.Client.PostAsync($"/api/undo?id={undo}");
        (await WordsAsync(studio)).ShouldBe(["go:1"]);
        await studio.Client.PostAsync("/api/words?corpus=c", new { name = "Stop" });
        (await studio.Client.RefusalAsync(HttpMethod.Delete, "/api/words?corpus=c&word=none")).Code.ShouldBe("no-word");
    }

    [Fact]
    public async Task What_the_command_line_put_into_the_folder_is_there_and_the_other_way_round()
    {
        await using var studio = await OpenStudioAsync();
        studio.Copy("c", "stop");
        (await WordsAsync(studio)).ShouldBe(["go:0", "stop:42"], ignoreOrder: true);
        for (int i = 0; i < 3; i++)
        {
            foreach (string speaker in new[] { "anna", "ben" }) await studio.Client.SendAsync(HttpMethod.Post, $"/api/takes?corpus=c&word=go&speaker={speaker}", OpenedStudio.Tone(0.4 + (0.1 * i)));
        }
        var read = CorpusReader.Read(studio["corpora/c"]);
        read.Classes.ShouldBe(["go", "stop"]);
        read.Clips.Where(clip => clip.Label == "go").Count().ShouldBe(6);
        read.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Corpus_with_a_manifest_is_not_changed_by_the_page()
    {
        await using var studio = await OpenStudioAsync();
        File.WriteAllText(studio["corpora/c/manifest.csv"], "path,label\n");
        (await studio.Client.RefusalAsync(HttpMethod.Post, "/api/takes?corpus=c&word=go&speaker=a", OpenedStudio.Tone())).Code.ShouldBe("manifest");
    }

    [Fact]
    public async Task Similar_words_are_marked()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        // By pinyin, for which no program is needed.
        var found = await studio.Client.PostAsync("/api/similar", new { words = new[] { "kai1 deng1", "guan1 deng1", "kai1 men2" } });
        found.GetProperty("words").GetArrayLength().ShouldBe(3);
        found.GetProperty("pairs").EnumerateArray().Select(pair => $"{pair.GetProperty("first")}/{pair.GetProperty("second")}").ShouldContain("kai1 deng1/guan1 deng1");
    }

    [Fact]
    public async Task Quality_is_what_the_command_line_says()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        studio.Copy("c", "go", "stop");
        File.WriteAllBytes(studio["corpora/c/go/zoe_9.wav"], OpenedStudio.Wav(new float[16_000], 16_000));
        var found = await studio.Client.GetAsync("/api/quality?corpus=c");
        found.GetProperty("clips").GetInt32().ShouldBe(85);
        var silent = found.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("kind").GetString() == "silent");
        silent.GetProperty("clips").EnumerateArray().Single().GetString().ShouldBe("go/zoe_9.wav");
        // By the names of takes, as a training knows them, and not by a guess that needs many.
        found.GetProperty("speakers").EnumerateArray().Select(speaker => speaker.GetProperty("name").GetString()).ShouldContain("zoe");
        found.GetProperty("speakers").GetArrayLength().ShouldBeGreaterThan(30);
    }

    private static async Task<OpenedStudio> OpenStudioAsync(Mingling.Tests.Shared.TemporaryFolder? folder = null)
    {
        var studio = await OpenedStudio.OpenAsync(folder);
        await studio.Client.PostAsync("/api/corpora", new { name = "c" });
        await studio.Client.PostAsync("/api/words?corpus=c", new { name = "go" });
        return studio;
    }

    private static async Task<string[]> WordsAsync(OpenedStudio studio) =>
        [.. (await studio.Client.GetAsync("/api/corpus?corpus=c")).GetProperty("words").EnumerateArray().Select(word => $"{word.GetProperty("word")}:{word.GetProperty("takes")}")];
}
