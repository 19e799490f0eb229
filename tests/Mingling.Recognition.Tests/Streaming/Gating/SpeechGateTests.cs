using CsCheck;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Gating;
using Mingling.Tests.Shared;

namespace Mingling.Recognition.Tests.Streaming.Gating;

public class SpeechGateTests
{
    private static readonly string[] Words = ["go", "louder", "turn on"];
    private static readonly SpotterSettings Gated = new() { Decision = new() { Threshold = 0.5 } };
    private static readonly SpotterSettings Open = Gated with { Gate = null };
    private static readonly TemplateModel Model = new([.. Words.Select(word => (word, SampleClips.Read($"{word}/m1_1", Sound.Rate)))]);

    [Fact]
    public void Gate_on_speech_finds_every_event_that_is_found_without_it()
    {
        int found = 0;
        Gen.Select(Gen.Int[0, 2].Array[1, 5], Gen.Double[0.3, 3].Array[6], Gen.Double[-4, -2], Gen.Double[-1, 0], Gen.Int[0, 1000]).Sample(
            (words, pauses, noise, gain, seed) =>
            {
                float[] stream = Speech(words, pauses, Math.Pow(10, noise), Math.Pow(10, gain), seed);
                var open = CommandSpotterTests.Hear(new CommandSpotter(Model, Sound.Rate, Open), stream);
                var gated = CommandSpotterTests.Hear(new CommandSpotter(Model, Sound.Rate, Gated), stream);
                gated.Select(e => (e.Word, e.Time)).ShouldBe(open.Select(e => (e.Word, e.Time)));
                Interlocked.Add(ref found, open.Count);
            },
            iter: 12);
        found.ShouldBeGreaterThan(12);
    }

    [Fact]
    public void Gate_in_a_steady_noise_saves_most_of_the_work_and_finds_the_word_after_it()
    {
        float[] stream = [.. Speech([1], [40, 1], 0.001, 0.5, 1)];
        var open = new CommandSpotter(Model, Sound.Rate, Open);
        var gated = new CommandSpotter(Model, Sound.Rate, Gated);
        CommandSpotterTests.Hear(gated, stream).ShouldBe(CommandSpotterTests.Hear(open, stream));
        CommandSpotterTests.Hear(Reset(gated), stream).ShouldNotBeEmpty();
        ((double)gated.Evaluations / open.Evaluations).ShouldBeLessThan(0.35);

        static CommandSpotter Reset(CommandSpotter spotter)
        {
            spotter.Reset();
            return spotter;
        }
    }

    [Fact]
    public void Gate_on_a_stream_that_begins_within_a_word_is_open()
    {
        var settings = new SpotterSettings { Decision = new() { SmoothingMs = 0 } };
        float[] stream = [.. Sound.Tone(ToneModel.LowHz, 0.5), .. Sound.Noise(2, 0.001)];
        CommandSpotterTests.Hear(new CommandSpotter(new ToneModel(), Sound.Rate, settings), stream).Count.ShouldBe(1);
    }

    [Fact]
    public void Gate_leaves_the_features_of_quiet_sound_in_the_history()
    {
        // The tone grows out of the noise so slowly that it is long under way when it stands out; the model hears all of it.
        float[] tone = Sound.Tone(ToneModel.LowHz, 1);
        float[] stream = [.. Sound.Noise(20, 0.02), .. tone.Select((x, n) => x * n / tone.Length), .. Sound.Noise(2, 0.02)];
        var open = CommandSpotterTests.Hear(new CommandSpotter(new ToneModel(), Sound.Rate, Open), stream);
        open.Count.ShouldBeGreaterThan(0);
        CommandSpotterTests.Hear(new CommandSpotter(new ToneModel(), Sound.Rate, Gated), stream).ShouldBe(open);
    }

    [Fact]
    public void Gate_is_not_deceived_by_an_offset_of_the_microphone()
    {
        float[] stream = [.. Speech([0], [10, 1], 0.001, 0.3, 2).Select(x => x + 0.2f)];
        var open = CommandSpotterTests.Hear(new CommandSpotter(Model, Sound.Rate, Open), stream);
        open.ShouldNotBeEmpty();
        CommandSpotterTests.Hear(new CommandSpotter(Model, Sound.Rate, Gated), stream).ShouldBe(open);
    }

    [Fact]
    public void Gate_follows_a_noise_that_grew()
    {
        var gate = new SpeechGate(100, 0.01, -70, new GateSettings());
        Feed(Sound.Noise(5, 0.001));
        Feed(Sound.Noise(0.5, 0.01, 2));
        (gate.Count - gate.LastActive).ShouldBeLessThan(3);
        Feed(Sound.Noise(8, 0.01, 3));
        (gate.Count - gate.LastActive).ShouldBeGreaterThan(100);
        gate.FloorDb.ShouldBe((float)(20 * Math.Log10(0.01 / Math.Sqrt(3))), 2);

        void Feed(float[] samples)
        {
            foreach (float[] block in samples.Chunk(160)) gate.Push(block);
        }
    }

    [Fact]
    public void LoudestStretch_bridges_short_gaps_and_ends_at_long_ones()
    {
        var gate = new SpeechGate(100, 0.01, -70, new GateSettings());
        float[] quiet = Sound.Noise(0.01, 0.001), loud = Sound.Noise(0.01, 0.3);
        // Blocks 20–29 and 35–44 are loud, and 70–79; levels are averaged over three blocks, so stretches end up to two later.
        for (int i = 0; i < 90; i++) gate.Push(i is (>= 20 and < 30) or (>= 35 and < 45) or (>= 70 and < 80) ? loud : quiet);
        gate.LoudestStretch(0, 60, longestGap: 10).ShouldBe((20, 46));
        gate.LoudestStretch(0, 60, longestGap: 2).First.ShouldBeOneOf(20, 35);
        gate.LoudestStretch(50, 89, longestGap: 10).ShouldBe((70, 81));
    }

    private static float[] Speech(int[] words, double[] pauses, double noise, double gain, int seed)
    {
        string[] voices = ["m1_1", "m2_1", "f1_1", "m3_1"];
        var samples = new List<float>();
        for (int i = 0; i < words.Length; i++)
        {
            samples.AddRange(Sound.Silence(pauses[i]));
            samples.AddRange(SampleClips.Read($"{Words[words[i]]}/{voices[(seed + i) % voices.Length]}", Sound.Rate).Select(x => (float)(x * gain)));
        }

        samples.AddRange(Sound.Silence(pauses[words.Length]));
        float[] room = Sound.Noise((samples.Count + 1.0) / Sound.Rate, noise, seed);
        return Sound.Mix([.. samples], room);
    }
}
