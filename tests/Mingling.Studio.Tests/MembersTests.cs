using System.Text.Json;
using Mingling.Studio.Tests.Support;

namespace Mingling.Studio.Tests;

/// <summary>Trainings of several models, and what they cost with the preparation of other speech.</summary>
public class MembersTests
{
    private const string Costs = "/api/costs?corpus=c";

    [Fact]
    public async Task Cost_of_a_training_counts_the_preparation_of_other_speech()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        studio.Copy("c", "go", "stop");
        var usual = await studio.Client.GetAsync(Costs);
        Kind(usual, "quick").GetProperty("otherSpeechSeconds").GetDouble().ShouldBe(0);
        var room = Kind(usual, "room");
        double speech = room.GetProperty("otherSpeechSeconds").GetDouble(), all = room.GetProperty("seconds").GetDouble();
        speech.ShouldBe(47, 0.5);
        int epochs = room.GetProperty("epochs").GetInt32(), clips = room.GetProperty("clips").GetInt32();
        // Both models count, the preparation once: 300 windows in a second, 2.5 for each clip.
        all.ShouldBe(speech + (epochs * 2.5 * clips / 300), 1e-6 * all);

        // A run of this machine tells it better, whatever number of sounds it made.
        MembersRun.Write(studio["runs/r"]);
        Kind(await studio.Client.GetAsync(Costs), "room").GetProperty("otherSpeechSeconds").GetDouble().ShouldBe(MembersRun.OtherSpeechSeconds * 10_000 / MembersRun.Sounds, 1e-6);
        foreach (string damaged in new[] { "", "null", "[]", """{ "version": 1 }""", """{ "version": 1, "otherSpeechSeconds": -1 }""", """{ "version": 9, "otherSpeechSeconds": 1 }""", """{ "version": 1, "otherSpeechSeconds": "x" }""" })
        {
            File.WriteAllText(studio["runs/r/preparation.json"], damaged);
            Kind(await studio.Client.GetAsync(Costs), "room").GetProperty("otherSpeechSeconds").GetDouble().ShouldBe(47, 0.5, damaged);
        }
    }

    [Fact]
    public async Task Run_of_two_models_counts_their_passes_through()
    {
        await using var studio = await OpenedStudio.OpenAsync();
        MembersRun.Write(studio["runs/r"]);
        var run = await studio.Client.GetAsync("/api/run?run=r");
        (run.GetProperty("members").GetInt32(), run.GetProperty("epochs").GetInt32(), run.GetProperty("state").GetString()).ShouldBe((2, 2 * MembersRun.Epochs, "done"));
        run.GetProperty("history").EnumerateArray().Select(epoch => epoch.GetProperty("epoch").GetInt32()).ShouldBe(Enumerable.Range(1, 2 * MembersRun.Epochs));
    }

    private static JsonElement Kind(JsonElement costs, string kind) => costs.EnumerateArray().First(cost => cost.GetProperty("kind").GetString() == kind);
}
