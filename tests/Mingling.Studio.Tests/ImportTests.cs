using Mingling.Corpora.Layouts;
using Mingling.Corpora.Shards;
using Mingling.Studio.Tests.Support;
using Mingling.Tests.Shared;

namespace Mingling.Studio.Tests;

/// <summary>What comes in from elsewhere, and what trainings make of it.</summary>
public sealed class ImportTests
{
    [Fact]
    public async Task Shards_of_the_command_line_come_in_with_words_and_speakers()
    {
        using var folder = new TemporaryFolder();
        await using var studio = await OpenedStudio.OpenAsync();
        foreach (string word in new[] { "go", "stop" })
        {
            Directory.CreateDirectory(folder[$"files/{word}"]);
            foreach (string file in SampleClips.Of(word).Take(5)) File.Copy(file, folder[$"files/{word}/{Path.GetFileName(file)}"]);
        }
        CorpusPacker.Pack(CorpusReader.Read(folder["files"]), folder["shards"]);
        await studio.Client.PostAsync("/api/corpora", new { name = "c" });
        string id = (await studio.Client.PostAsync("/api/imports")).GetProperty("id").GetString()!;
        foreach (string file in Directory.GetFiles(folder["shards"]))
            await studio.Client.SendAsync(HttpMethod.Put, $"/api/imports?id={id}&path=shards/{Path.GetFileName(file)}", File.ReadAllBytes(file));
        var result = await studio.Client.PostAsync($"/api/imports/finish?id={id}&corpus=c");
        result.GetProperty("takes").GetInt32().ShouldBe(10, result.ToString());
        var words = (await studio.Client.GetAsync("/api/corpus?corpus=c")).GetProperty("words").EnumerateArray().ToDictionary(word => word.GetProperty("word").GetString()!, word => word.GetProperty("takes").GetInt32());
        words.ShouldBe(new Dictionary<string, int> { ["go"] = 5, ["stop"] = 5 }, ignoreOrder: true);
        var sound = Audio.AudioFile.Read(Directory.GetFiles(studio["corpora/c/go"]).Order(StringComparer.Ordinal).First());
        Directory.GetFiles(folder["files/go"]).Select(path => Audio.AudioFile.Read(path).Samples.Length).ShouldContain(sound.Samples.Length);
    }

    [Fact]
    public async Task Kept_false_alarms_teach_a_quick_training_one_more_word()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        studio.Copy("c", "go", "stop");
        Directory.CreateDirectory(studio["alarms"]);
        foreach (string file in SampleClips.Of("louder").Take(4)) File.Copy(file, studio[$"alarms/{Path.GetFileName(file)}"]);
        await studio.Client.PostAsync("/api/runs", new { corpus = "c", kind = "quick", name = "r", epochs = 4, alarms = true });
        await TrainedStudio.UntilAsync(studio.Client, "r", "done");
        var card = Recognition.Models.ModelFile.ReadCard(studio["models/r.onnx"]);
        card.Classes.Order().ShouldBe(["_unknown_", "go", "stop"]);
        card.Encoder.ShouldBe("tc-resnet8");
        // What a pass with them took is what a pass with them is said to cost; without them it costs less.
        var run = await studio.Client.GetAsync("/api/run?run=r");
        double took = run.GetProperty("history").EnumerateArray().Average(epoch => epoch.GetProperty("seconds").GetDouble()) / run.GetProperty("clips").GetInt32();
        var cost = (await studio.Client.GetAsync("/api/costs?corpus=c")).EnumerateArray().First(one => one.GetProperty("kind").GetString() == "quick");
        int clips = cost.GetProperty("clips").GetInt32();
        double With(string name) => cost.GetProperty($"seconds{name}").GetDouble() / cost.GetProperty($"epochs{name}").GetInt32() / clips;
        cost.GetProperty("basis").GetString().ShouldBe("measured");
        With("WithAlarms").ShouldBe(took, 1e-3 * took);
        With("").ShouldBe(took / 1.5, 1e-3 * took);
        // Without them there is no such word.
        await studio.Client.PostAsync("/api/runs", new { corpus = "c", kind = "quick", name = "s", epochs = 2, alarms = false });
        await TrainedStudio.UntilAsync(studio.Client, "s", "done");
        Recognition.Models.ModelFile.ReadCard(studio["models/s.onnx"]).Classes.Order().ShouldBe(["go", "stop"]);
    }

    [Fact]
    public async Task Cost_of_each_kind_is_measured_on_this_machine()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        studio.Copy("c", "go", "stop");
        (await studio.Client.GetAsync("/api/costs?corpus=c")).EnumerateArray().Select(cost => cost.GetProperty("basis").GetString()).ShouldAllBe(basis => basis == "usual");
        await studio.Client.PostAsync("/api/costs/measure?corpus=c");
        string? state = null;
        for (int i = 0; i < 9000 && state is null or "running"; i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            var job = await studio.Client.GetAsync("/api/job?id=speed");
            state = job.GetProperty("state").GetString();
            if (state == "failed") throw new InvalidOperationException(job.ToString());
        }
        state.ShouldBe("done");
        var costs = (await studio.Client.GetAsync("/api/costs?corpus=c")).EnumerateArray().ToList();
        costs.Select(cost => cost.GetProperty("basis").GetString()).ShouldAllBe(basis => basis == "measured");
        costs.ShouldAllBe(cost => cost.GetProperty("seconds").GetDouble() > 0);
        // The measurement is no training of the folder.
        (await studio.Client.GetAsync("/api/runs")).GetArrayLength().ShouldBe(0);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', costs));
    }
}
