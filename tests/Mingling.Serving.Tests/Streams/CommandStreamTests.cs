using Mingling.Recognition;
using Mingling.Recognition.Streaming;
using Mingling.Serving.Models;
using Mingling.Serving.Streams;
using Mingling.Serving.Tests.Support;
using Mingling.Tests.Shared;

namespace Mingling.Serving.Tests.Streams;

public sealed class CommandStreamTests : IDisposable
{
    private static readonly CommandModelsOptions Never = new() { ReloadInterval = Timeout.InfiniteTimeSpan };
    private readonly TemporaryFolder _folder = new();

    public CommandStreamTests()
    {
        ToneModel.Write(_folder["a.onnx"]);
        ToneModel.Write(_folder["b.onnx"], "tief", "hoch");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(16_000)]
    [InlineData(44_100)]
    [InlineData(8000)]
    public void Events_are_to_the_last_bit_those_of_a_spotter(int rate)
    {
        float[] sound = Tones.Say("lhhl", rate);
        using var recognizer = Recognizer.Load(_folder["a.onnx"]);
        using var spotter = recognizer.OpenStream(rate);
        spotter.Push(sound);
        spotter.Complete();
        List<CommandEvent> expected = [];
        while (spotter.TryRead(out var heard)) expected.Add(heard);
        using var models = CommandModels.Load([_folder["a.onnx"]], Never);
        using var stream = new CommandStream(models, rate);
        expected.Count.ShouldBe(4);
        Hear(stream, sound).ShouldBe(expected);
        stream.Duration.ShouldBe((double)sound.Length / rate);
    }

    [Fact]
    public void Times_at_a_rate_without_a_small_filter_are_those_of_the_stream()
    {
        const int rate = 15_013;
        float[] sound = Tones.Say(new string(' ', 60) + "l", rate);
        using var models = CommandModels.Load([_folder["a.onnx"]], Never);
        using var stream = new CommandStream(models, rate);
        using var near = new CommandStream(models, 15_000);
        double time = Hear(stream, sound).ShouldHaveSingleItem().Time, nearTime = Hear(near, Tones.Say(new string(' ', 60) + "l", 15_000)).ShouldHaveSingleItem().Time;
        time.ShouldBe(nearTime, tolerance: 0.02);
    }

    [Fact]
    public void Several_models_are_heard_in_the_order_of_time_and_each_word_alone_where_asked()
    {
        using var models = CommandModels.Load([_folder["a.onnx"], _folder["b.onnx"]], Never);
        models.Words.ShouldBe(["low", "high", "tief", "hoch"]);
        float[] sound = Tones.Say("lh");
        using var all = new CommandStream(models, 16_000);
        Hear(all, sound).Select(heard => heard.Word).ShouldBe(["low", "tief", "high", "hoch"]);
        using var some = new CommandStream(models, 16_000, ["tief", "HIGH"]);
        Hear(some, sound).Select(heard => heard.Word).ShouldBe(["tief", "high"]);
        Should.Throw<ServingException>(() => new CommandStream(models, 16_000, ["tieff"])).Message.ShouldContain("did you mean 'tief'");
        Should.Throw<ServingException>(() => new CommandStream(models, 16_000, []));
        Should.Throw<ServingException>(() => new CommandStream(models, 16_000, [new string('x', 100_000)])).Message.Length.ShouldBeLessThan(200);
        Should.Throw<ArgumentOutOfRangeException>(() => new CommandStream(models, 999));
    }

    [Fact]
    public void Words_can_be_chosen_anew_within_a_stream()
    {
        using var models = CommandModels.Load([_folder["a.onnx"], _folder["b.onnx"]], Never);
        float[] sound = Tones.Say("l");
        using var stream = new CommandStream(models, 16_000, ["low"]);
        stream.Push(sound);
        stream.Detect(["tief"]);
        stream.Push(sound);
        Should.Throw<ServingException>(() => stream.Detect(["nobody"]));
        var heard = Hear(stream, []);
        heard.Select(one => one.Word).ShouldBe(["low", "tief"]);
        // On the clock of the whole stream.
        heard[1].Time.ShouldBe(heard[0].Time + ((double)sound.Length / 16_000), tolerance: 0.2);
    }

    [Fact]
    public void Stream_keeps_its_model_until_it_is_time_to_switch()
    {
        using var models = CommandModels.Load([_folder["a.onnx"]], Never with { SwitchAfter = Timeout.InfiniteTimeSpan });
        using var early = new CommandStream(models, 16_000);
        early.Push(Tones.Say("l"));
        ToneModel.Write(_folder["a.onnx"], "unten", "oben");
        models.ReloadChanged().ShouldBeTrue();
        models.Words.ShouldBe(["unten", "oben"]);
        Hear(early, Tones.Say("h")).Select(heard => heard.Word).ShouldBe(["low", "high"]);
        using var late = new CommandStream(models, 16_000);
        Hear(late, Tones.Say("lh")).Select(heard => heard.Word).ShouldBe(["unten", "oben"]);
    }

    [Fact]
    public void Stream_that_runs_on_switches_between_two_pieces_and_loses_no_word_before()
    {
        using var models = CommandModels.Load([_folder["a.onnx"]], Never with { SwitchAfter = TimeSpan.Zero });
        using var stream = new CommandStream(models, 16_000);
        // A word at the very end of what the former model hears.
        stream.Push([.. new float[16_000], .. Tones.Tone(ToneModel.LowHz, 0.7)]);
        ToneModel.Write(_folder["a.onnx"], "unten", "oben");
        models.ReloadChanged().ShouldBeTrue();
        var heard = Hear(stream, Tones.Say("h"));
        heard.Select(one => one.Word).ShouldBe(["low", "oben"]);
        heard[1].Start.ShouldBe(2.7, tolerance: 0.3);
        ToneModel.Write(_folder["a.onnx"], "left", "right");
        using var asked = new CommandStream(models, 16_000, ["oben"]);
        models.ReloadChanged().ShouldBeTrue();
        Should.Throw<ServingException>(() => asked.Push(new float[160])).Message.ShouldContain("'oben'");
    }

    [Fact]
    public void Streams_of_many_threads_share_the_model_and_hear_the_same()
    {
        using var models = CommandModels.Load([_folder["a.onnx"]], Never);
        float[][] sounds = [.. Enumerable.Range(0, 8).Select(seed => Tones.Say("lh", seed: seed))];
        CommandEvent[][] alone = [.. sounds.Select(sound => { using var stream = new CommandStream(models, 16_000); return Hear(stream, sound).ToArray(); })];
        Parallel.For(0, 64, i =>
        {
            using var stream = new CommandStream(models, 16_000);
            Hear(stream, sounds[i % 8], 100 + i).ToArray().ShouldBe(alone[i % 8]);
        });
    }

    [Fact]
    public void Stream_outlives_its_models_and_is_refused_after_them()
    {
        var models = CommandModels.Load([_folder["a.onnx"]], Never);
        using var stream = new CommandStream(models, 16_000);
        models.Dispose();
        Hear(stream, Tones.Say("l")).ShouldHaveSingleItem();
        Should.Throw<ObjectDisposedException>(() => new CommandStream(models, 16_000));
        stream.Dispose();
        Should.Throw<ObjectDisposedException>(() => stream.Push([0]));
    }

    private static List<CommandEvent> Hear(CommandStream stream, float[] sound, int piece = 1600)
    {
        for (int at = 0; at < sound.Length; at += piece) stream.Push(sound.AsSpan(at, Math.Min(piece, sound.Length - at)));
        stream.Complete();
        List<CommandEvent> events = [];
        while (stream.TryRead(out var heard)) events.Add(heard);
        return events;
    }
}
