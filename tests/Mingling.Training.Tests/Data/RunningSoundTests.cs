using Mingling.Corpora.Streams;
using Mingling.Training.Data;
using Mingling.Training.Models;
using Mingling.Training.Recipes;

namespace Mingling.Training.Tests.Data;

/// <summary>What trainings on running sound hear.</summary>
[Collection(TorchRandom.Name)]
public sealed class RunningSoundTests
{
    private const int Rate = 16_000;
    private static readonly float[] Word = [.. Enumerable.Range(0, Rate).Select(i => i is >= 4800 and < 11_200 ? 0.5f : 0)];

    [Fact]
    public void A_command_ends_where_it_was_put_and_others_are_said_around_it()
    {
        var pieces = new SpeechPieces([Word], [Ones(3 * Rate, 0.1f)], 0, new HardPlaces(), [], Rate);
        var spoken = SpokenStretch.Of(Word, Rate)!;
        float[] window = new float[Rate];
        pieces.AddCommand(Word, spoken, end: 14_000, neighbors: 0, window, new SeededRandom(1));
        for (int i = 0; i < Rate; i++) window[i].ShouldBe(i is >= 7600 and < 14_000 ? 0.5f : 0);

        Array.Clear(window);
        pieces.AddCommand(Word, spoken, end: 14_000, neighbors: 1, window, new SeededRandom(1));
        window[..7600].Max(Math.Abs).ShouldBeGreaterThan(0.1f);
        // Never during the word itself, nor within 40 ms of it.
        window[(7600 - 640)..7600].ShouldAllBe(sample => sample == 0);
        window[7600..14_000].ShouldAllBe(sample => sample == 0.5f);
    }

    [Fact]
    public void No_window_without_a_command_holds_a_whole_one()
    {
        var windows = new NegativeWindows(new SpeechPieces([Word], [], 0, new HardPlaces(), [], Rate), new HardPlaces(), hardShare: 0.5);
        float[] window = new float[Rate];
        int heard = 0;
        for (ulong seed = 0; seed < 500; seed++)
        {
            windows.Fill(window, Rate, new SeededRandom(seed));
            int run = 0, longest = 0;
            foreach (float sample in window) longest = Math.Max(longest, run = sample == 0.5f ? run + 1 : 0);
            longest.ShouldBeLessThan(6400 * 6 / 10);
            if (window.Any(sample => sample != 0)) heard++;
        }
        heard.ShouldBeGreaterThan(400);
    }

    [Fact]
    public void Hard_places_are_taken_as_often_as_the_recipe_says_and_from_where_they_are()
    {
        float[] ramp = [.. Enumerable.Range(0, 4 * Rate).Select(i => i / (4f * Rate))];
        var hard = new HardPlaces { Places = [0, 2 * Rate] };
        var windows = new NegativeWindows(new SpeechPieces([Word], [ramp], 0, hard, [], Rate), hard, hardShare: 1);
        float[] window = new float[Rate];
        for (ulong seed = 0; seed < 20; seed++)
        {
            windows.Fill(window, Rate, new SeededRandom(seed)).ShouldBe(SaidWhen.Always);
            // Within 80 ms of the place.
            ((double)window[0]).ShouldBe(0.5, 0.08 / 4 + 1e-3);
            ((double)window[^1] - window[0]).ShouldBe(0.25, 1e-3);
        }
    }

    /// <summary>Nine made recordings and one of people: without a share of its own the one would be a tenth.</summary>
    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(1, 0.5)]
    [InlineData(10, 0.1)]
    public void Recordings_of_people_are_half_of_the_other_speech(int given, double share)
    {
        var pieces = new SpeechPieces([Word], [Ones(Rate, 0.3f), .. Enumerable.Range(0, 9).Select(_ => Ones(Rate, 0.2f))], given, new HardPlaces(), [], Rate);
        int first = 0, other = 0;
        for (ulong seed = 0; seed < 2000; seed++)
        {
            float[] window = new float[200];
            // Words of 0.5 are scrambled commands.
            pieces.AddOther(window, -400, 0, new SeededRandom(seed));
            if (window[100] == 0.3f) first++;
            else if (window[100] == 0.2f) other++;
        }
        ((double)first / (first + other)).ShouldBe(share, 0.03);
    }

    [Fact]
    public void Doubted_recordings_are_never_heard()
    {
        var hard = new HardPlaces { Places = [0, 0, 1, 0], Doubted = [0, -1, -1] };
        var pieces = new SpeechPieces([Word], [Ones(Rate, 0.3f), Ones(Rate, 0.2f)], 1, hard, [], Rate);
        var windows = new NegativeWindows(pieces, hard, hardShare: 0.5);
        float[] window = new float[Rate];
        bool isOtherHeard = false;
        for (ulong seed = 0; seed < 300; seed++)
        {
            windows.Fill(window, Rate, new SeededRandom(seed));
            window.ShouldNotContain(0.3f);
            isOtherHeard |= window.Contains(0.2f);
        }
        isOtherHeard.ShouldBeTrue();
    }

    [Fact]
    public void What_an_encoder_for_streams_counts_is_as_long_as_its_settings_say()
    {
        foreach (var (frames, samples) in new[] { ((int?)null, Rate), (40, 6400), (41, 7680), (500, Rate) })
        {
            using var model = new CommandModel(Stream with { Encoder = Stream.Encoder with { PooledFrames = frames } }, ["_unknown_", "a", "b"]);
            var heard = new HeardWindow(model);
            (heard.Counted, heard.Decisions).ShouldBe((samples, 17));
        }
    }

    [Fact]
    public void A_window_of_an_encoder_for_clips_has_one_decision()
    {
        using var model = new CommandModel(Trainings.Recipe with { Negatives = new NegativeSettings { Ratio = 1 } }, ["_unknown_", "a", "b"]);
        var heard = new HeardWindow(model);
        (heard.Decisions, heard.Sound).ShouldBe((1, model.Window));
        long[] labels = new long[1];
        heard.Label(new SaidWhen(3000, 9000), 2, 0, labels);
        labels.ShouldBe([2]);
    }

    [Fact]
    public void An_encoder_for_streams_decides_at_each_step_and_knows_a_word_from_its_end_on()
    {
        using var model = new CommandModel(Stream, ["_unknown_", "a", "b"]);
        var heard = new HeardWindow(model);
        int step = 1280;
        heard.Sound.Samples.ShouldBe(Rate + 16 * step);
        long[] labels = new long[heard.Decisions];
        int end = heard.Sound.Samples - 2 * step, start = end - 5 * step;
        heard.Label(new SaidWhen(start, end), 2, 0, labels);
        labels[^3..].ShouldBe([2, 2, 2]);
        // Of a word of five steps, two are no word yet; then nobody can say.
        labels[^5..^3].ShouldAllBe(label => label == HeardWindow.Ignored);
        labels[^6].ShouldBe(0);
        labels[..^6].ShouldAllBe(label => label == HeardWindow.Ignored);

        heard.Label(SaidWhen.AtEnd, 2, 0, labels);
        labels[^1].ShouldBe(2);
        labels[..^1].ShouldAllBe(label => label == HeardWindow.Ignored);

        heard.Label(SaidWhen.Always, 0, 0, labels);
        labels[^1].ShouldBe(0);
        labels.Count(label => label == 0).ShouldBe((labels.Length + 3) / 4);
    }

    private static TrainingRecipe Stream => Trainings.Recipe with { Encoder = new() { Name = "tc-resnet8-stream", Width = 0.5 }, Negatives = new NegativeSettings { Ratio = 1 } };

    private static float[] Ones(int count, float value) => [.. Enumerable.Repeat(value, count)];
}
