using CsCheck;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Gating;
using Mingling.Recognition.Streaming.Sources;
using Mingling.Tests.Shared;

namespace Mingling.Recognition.Tests.Streaming;

public class CommandSpotterTests
{
    private static readonly int[] PieceSizes = [0, 1, 7, 159, 160, 161, 1280, 4096, 4097, 20_000];
    private static readonly float[] TwoWords =
    [
        .. Sound.Noise(1.5, 0.001), .. Sound.Tone(ToneModel.LowHz, 0.5), .. Sound.Noise(1.5, 0.001, 2),
        .. Sound.Tone(ToneModel.HighHz, 0.5), .. Sound.Noise(1.5, 0.001, 3),
    ];

    [Fact]
    public void CommandSpotter_hears_each_word_where_it_is()
    {
        var events = Hear(new CommandSpotter(new ToneModel(), Sound.Rate, new SpotterSettings()), TwoWords);
        events.Select(e => e.Word).ShouldBe(["low", "high"]);
        foreach ((var heard, double start) in events.Zip([1.5, 3.5]))
        {
            heard.Start.ShouldBe(start, 0.03);
            heard.Time.ShouldBeInRange(start + 0.2, start + 0.5 + 0.5);
            heard.End.ShouldBe(Math.Min(start + 0.5, heard.Time), 0.03);
            heard.Score.ShouldBeInRange(0.7, 1);
            heard.FalseAlarmsPerHour.ShouldBeNull();
        }
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    public void CommandSpotter_at_another_rate_hears_the_same_words(int rate)
    {
        float[] clip = [.. Sound.Noise(1.5, 0.001, 1, rate), .. Sound.Tone(ToneModel.HighHz, 0.5, rate), .. Sound.Noise(1.5, 0.001, 1, rate)];
        var heard = Hear(new CommandSpotter(new ToneModel(), rate, new SpotterSettings()), clip).ShouldHaveSingleItem();
        heard.Word.ShouldBe("high");
        heard.Start.ShouldBe(1.5, 0.03);
    }

    [Fact]
    public void CommandSpotter_cut_anyhow_hears_the_same_events()
    {
        foreach (int rate in new[] { Sound.Rate, 48_000 })
        {
            var whole = Hear(new CommandSpotter(new ToneModel(), rate, new SpotterSettings()), TwoWords);
            Gen.Int[0, PieceSizes.Length - 1].Array[1, 8].Sample(
                pieces => Hear(new CommandSpotter(new ToneModel(), rate, new SpotterSettings()), TwoWords, [.. pieces.Select(i => PieceSizes[i])]).ShouldBe(whole), iter: 20);
        }
    }

    [Fact]
    public void CommandSpotter_with_the_same_word_twice_hears_it_twice()
    {
        float[] word = [.. Sound.Noise(0.9, 0.001), .. Sound.Tone(ToneModel.LowHz, 0.4)];
        Hear(new CommandSpotter(new ToneModel(), Sound.Rate, new SpotterSettings()), [.. word, .. word, .. word, .. Sound.Noise(1, 0.001)]).Count.ShouldBe(3);
    }

    [Fact]
    public void CommandSpotter_with_the_same_word_again_before_the_window_has_left_the_first_hears_both()
    {
        float[] word = [.. Sound.Tone(ToneModel.LowHz, 0.35), .. Sound.Noise(0.4, 0.001)];
        Hear(new CommandSpotter(new ToneModel(), Sound.Rate, new SpotterSettings()), [.. Sound.Noise(1, 0.001), .. word, .. word, .. Sound.Noise(1, 0.001)]).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CommandSpotter_in_silence_never_fires(bool gated)
    {
        // The model takes silence for a command.
        var settings = new SpotterSettings { Gate = gated ? new GateSettings() : null };
        var spotter = new CommandSpotter(new ToneModel(judgesSilence: true), Sound.Rate, settings);
        Hear(spotter, Sound.Silence(5)).ShouldBeEmpty();
        spotter.Evaluations.ShouldBe(0);
        spotter.Reset();
        Hear(spotter, Sound.Noise(5, 1e-4)).ShouldBeEmpty();
    }

    [Fact]
    public void CommandSpotter_before_its_window_is_full_decides_nothing()
    {
        var settings = new SpotterSettings { Decision = new() { SmoothingMs = 0, Threshold = 0.1 } };
        var spotter = new CommandSpotter(new ToneModel(), Sound.Rate, settings);
        spotter.Push(Sound.Tone(ToneModel.LowHz, 1));
        spotter.TryRead(out _).ShouldBeFalse();
        spotter.Push(Sound.Tone(ToneModel.LowHz, 0.02));
        spotter.TryRead(out var heard).ShouldBeTrue();
        heard.Time.ShouldBe(1.02, 1e-9);
    }

    [Fact]
    public void CommandSpotter_at_the_end_hears_the_last_word_with_the_tail_and_not_without()
    {
        float[] clip = [.. Sound.Noise(1.2, 0.001), .. Sound.Tone(ToneModel.LowHz, 0.3)];
        var heard = Hear(new CommandSpotter(new ToneModel(), Sound.Rate, new SpotterSettings()), clip).ShouldHaveSingleItem();
        heard.Time.ShouldBe(1.5, 1e-9);
        heard.End.ShouldBe(1.5, 1e-9);
        Hear(new CommandSpotter(new ToneModel(), Sound.Rate, new SpotterSettings { TailMs = 0 }), clip).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.02)]
    [InlineData(0.05)]
    public void CommandSpotter_at_the_beginning_hears_the_first_word_with_the_lead_and_not_without(double before)
    {
        float[] clip = [.. Sound.Noise(before, 0.001), .. Sound.Tone(ToneModel.LowHz, 0.25), .. Sound.Noise(2, 0.001, 2)];
        foreach (int piece in new[] { 160, 4097, 100_000 })
        {
            var heard = Hear(new CommandSpotter(new ToneModel(), Sound.Rate, new SpotterSettings()), clip, [piece]).ShouldHaveSingleItem();
            heard.Word.ShouldBe("low");
            heard.Start.ShouldBe(before, 0.03);
            heard.End.ShouldBe(before + 0.25, 0.03);
            heard.Time.ShouldBe(1.02, 1e-9);
        }
        Hear(new CommandSpotter(new ToneModel(), Sound.Rate, new SpotterSettings { LeadMs = 0 }), clip).ShouldBeEmpty();
    }

    [Fact]
    public void CommandSpotter_given_a_clip_cut_to_a_short_word_hears_it()
    {
        foreach (int rate in new[] { 8000, Sound.Rate, 44_100 })
        {
            var heard = Hear(new CommandSpotter(new ToneModel(), rate, new SpotterSettings()), Sound.Tone(ToneModel.LowHz, 0.25, rate)).ShouldHaveSingleItem();
            (heard.Word, heard.Start, heard.Time).ShouldBe(("low", 0, 0.25));
        }
    }

    [Fact]
    public void CommandSpotter_given_a_clip_shorter_than_its_window_still_hears_it() =>
        Hear(new CommandSpotter(new ToneModel(), Sound.Rate, new SpotterSettings()), Sound.Tone(ToneModel.LowHz, 0.5)).ShouldHaveSingleItem().Word.ShouldBe("low");

    [Fact]
    public void CommandSpotter_of_nothing_hears_nothing() => Hear(new CommandSpotter(new ToneModel(), Sound.Rate, new SpotterSettings()), []).ShouldBeEmpty();

    [Fact]
    public void CommandSpotter_after_Reset_hears_the_same_again()
    {
        var spotter = new CommandSpotter(new ToneModel(), Sound.Rate, new SpotterSettings());
        var first = Hear(spotter, TwoWords);
        spotter.Reset();
        Hear(spotter, TwoWords).ShouldBe(first);
    }

    [Fact]
    public void CommandSpotter_tells_the_false_alarms_of_a_calibrated_threshold()
    {
        var settings = new SpotterSettings { Decision = new() { Thresholds = [new("low", 0.8, 0.5, 1.2)] } };
        Hear(new CommandSpotter(new ToneModel(), Sound.Rate, settings), TwoWords).Select(e => e.FalseAlarmsPerHour).ShouldBe([0.5, null]);
    }

    [Fact]
    public async Task CommandSpotters_in_parallel_hear_what_one_alone_hears()
    {
        var model = new ToneModel();
        var alone = Hear(new CommandSpotter(model, Sound.Rate, new SpotterSettings()), TwoWords);
        var together = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Hear(new CommandSpotter(model, Sound.Rate, new SpotterSettings()), TwoWords, [160 + i]))));
        foreach (var events in together) events.ShouldBe(alone);
    }

    [Fact]
    public void CommandSpotter_in_steady_state_allocates_nothing()
    {
        foreach (int rate in new[] { Sound.Rate, 48_000 })
        {
            var spotter = new CommandSpotter(new ToneModel(), rate, new SpotterSettings { Gate = null });
            float[] piece = Sound.Noise(0.01, 0.1, 1, rate);
            Allocations.Least(() => Run(1000)).ShouldBe(0, $"at {rate} Hz");
            spotter.Evaluations.ShouldBeGreaterThan(100);

            void Run(int pieces)
            {
                for (int i = 0; i < pieces; i++) spotter.Push(piece);
            }
        }
    }

    /// <summary>Whatever a source does with its token and its thread, a listener that is stopped ends.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ListenAsync_that_is_cancelled_ends_though_its_source_never_does(bool blocks)
    {
        using var stop = new CancellationTokenSource();
        using var source = new EndlessSource(blocks);
        var spotter = new CommandSpotter(new ToneModel(), Sound.Rate, new SpotterSettings());
        var listening = Task.Run(async () =>
        {
            await foreach (var heard in spotter.ListenAsync(source, stop.Token)) heard.ShouldBeNull();
        });
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => listening.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    /// <summary>A source that waits for ever and looks at no token.</summary>
    private sealed class EndlessSource(bool blocks) : ISampleSource, IDisposable
    {
        private readonly ManualResetEventSlim _end = new();

        public int SampleRate => Sound.Rate;

        public async ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancellationToken = default)
        {
            if (blocks) _end.Wait(CancellationToken.None);
            else await Task.Delay(Timeout.Infinite, CancellationToken.None);
            return 0;
        }

        public void Dispose() => _end.Set();
    }

    internal static List<CommandEvent> Hear(CommandSpotter spotter, float[] samples, int[]? pieces = null)
    {
        pieces ??= [Math.Max(1, samples.Length)];
        for (int i = 0, at = 0; at < samples.Length; i++)
        {
            int size = Math.Min(pieces[i % pieces.Length] + (i % pieces.Length == 0 ? 1 : 0), samples.Length - at);
            spotter.Push(samples.AsSpan(at, size));
            at += size;
        }

        spotter.Complete();
        var events = new List<CommandEvent>();
        while (spotter.TryRead(out var heard)) events.Add(heard);
        return events;
    }
}
