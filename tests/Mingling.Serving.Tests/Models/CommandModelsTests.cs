using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Mingling.Recognition.Models;
using Mingling.Serving.Models;
using Mingling.Serving.Streams;
using Mingling.Serving.Telemetry;
using Mingling.Serving.Tests.Support;
using Mingling.Tests.Shared;

namespace Mingling.Serving.Tests.Models;

public sealed class CommandModelsTests : IDisposable, IModelObserver
{
    private static readonly CommandModelsOptions Never = new() { ReloadInterval = Timeout.InfiniteTimeSpan };
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _told = [];

    public CommandModelsTests() => ToneModel.Write(_folder["a.onnx"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_cannot_be_served_is_told_in_one_sentence()
    {
        Should.Throw<ArgumentException>(() => CommandModels.Load([])).Message.ShouldContain("name at least one");
        Should.Throw<ArgumentException>(() => CommandModels.Load([_folder["a.onnx"], _folder["./a.onnx"]])).Message.ShouldContain("named twice");
        Should.Throw<ArgumentException>(() => CommandModels.Load([_folder["a.onnx"]], new CommandModelsOptions { ReloadInterval = TimeSpan.Zero })).Message.ShouldContain("ReloadInterval");
        Should.Throw<ArgumentException>(() => CommandModels.Load([_folder["a.onnx"]], Never with { Adjust = (_, settings) => settings with { HopMs = 0 } })).Message.ShouldContain("HopMs 0");
        Should.Throw<ModelException>(() => CommandModels.Load([_folder["none.onnx"]])).Message.ShouldContain("none.onnx");
        Should.Throw<ModelException>(() => CommandModels.Load(["base"])).Message.ShouldContain("has no command");
        ToneModel.Write(_folder["b.onnx"], "hoch", "Low");
        Should.Throw<ModelException>(() => CommandModels.Load([_folder["a.onnx"], _folder["b.onnx"]])).Message.ShouldContain("the word 'Low' is in both");
    }

    [Fact]
    public void File_that_is_damaged_or_gone_leaves_the_former_model_until_a_whole_one_comes()
    {
        using var models = CommandModels.Load([_folder["a.onnx"]], Never, observer: this);
        byte[] next = ToneModel.Bytes("unten", "oben");
        models.ReloadChanged().ShouldBeFalse();
        foreach (byte[] part in new[] { next[..(next.Length / 2)], [.. next[..50], 1, .. next[51..]], "no model"u8.ToArray(), [] })
        {
            File.WriteAllBytes(_folder["a.onnx"], part);
            models.ReloadChanged().ShouldBeFalse();
            models.Words.ShouldBe(["low", "high"]);
            models.Problems.ShouldHaveSingleItem().ShouldContain("a.onnx");
            // Once for each change.
            models.ReloadChanged().ShouldBeFalse();
        }
        File.Delete(_folder["a.onnx"]);
        models.ReloadChanged().ShouldBeFalse();
        models.Problems.ShouldHaveSingleItem().ShouldContain("could not be read");
        _told.Count.ShouldBe(5);
        using (var stream = new CommandStream(models, 16_000)) stream.Push(Tones.Say("l"));
        File.WriteAllBytes(_folder["a.onnx"], next);
        models.ReloadChanged().ShouldBeTrue();
        models.Problems.ShouldBeEmpty();
        models.Words.ShouldBe(["unten", "oben"]);
        _told.Last().ShouldBe("reloaded unten");
    }

    [Fact]
    public void Link_is_followed_and_one_in_a_circle_leaves_the_former_model()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows makes links for administrators alone.");
        ToneModel.Write(_folder["b.onnx"], "tief", "hoch");
        File.CreateSymbolicLink(_folder["link.onnx"], _folder["a.onnx"]);
        using var models = CommandModels.Load([_folder["link.onnx"]], Never);
        File.Delete(_folder["link.onnx"]);
        File.CreateSymbolicLink(_folder["link.onnx"], _folder["link.onnx"]);
        models.ReloadChanged().ShouldBeFalse();
        models.Words.ShouldBe(["low", "high"]);
        models.Problems.ShouldHaveSingleItem();
        File.Delete(_folder["link.onnx"]);
        File.CreateSymbolicLink(_folder["link.onnx"], _folder["b.onnx"]);
        models.ReloadChanged().ShouldBeTrue();
        models.Words.ShouldBe(["tief", "hoch"]);
    }

    [Fact]
    public void File_that_is_replaced_by_a_word_of_another_is_refused()
    {
        ToneModel.Write(_folder["b.onnx"], "tief", "hoch");
        using var models = CommandModels.Load([_folder["a.onnx"], _folder["b.onnx"]], Never);
        ToneModel.Write(_folder["b.onnx"], "low", "hoch");
        models.ReloadChanged().ShouldBeFalse();
        models.Problems.ShouldHaveSingleItem().ShouldContain("'low' is in both");
        models.Words.ShouldBe(["low", "high", "tief", "hoch"]);
    }

    [Fact]
    public async Task Files_are_looked_after_while_clients_come_and_go()
    {
        using var models = CommandModels.Load([_folder["a.onnx"]], new CommandModelsOptions { ReloadInterval = TimeSpan.FromSeconds(0.1), SwitchAfter = TimeSpan.Zero }, observer: this);
        using var stop = new CancellationTokenSource();
        float[] sound = Tones.Say("l");
        var streams = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var stream = new CommandStream(models, 16_000);
                for (int at = 0; at + 1600 <= sound.Length; at += 1600) stream.Push(sound.AsSpan(at, 1600));
                stream.Complete();
                stream.TryRead(out var heard).ShouldBeTrue();
                new[] { "low", "unten", "tief" }.ShouldContain(heard!.Word);
            }
        })).ToArray();
        foreach (var (low, high) in new[] { ("unten", "oben"), ("tief", "hoch"), ("low", "high") })
        {
            ToneModel.Write(_folder["a.onnx"], low, high);
            for (int i = 0; i < 500 && models.Words[0] != low; i++) await Task.Delay(10);
            models.Words.ShouldBe([low, high]);
        }
        await stop.CancelAsync();
        await Task.WhenAll(streams);
        _told.ShouldBe(["reloaded unten", "reloaded tief", "reloaded low"]);
    }

    [Fact]
    public void Clip_is_recognized_by_the_model_that_knows_its_word()
    {
        using var models = CommandModels.Load([_folder["a.onnx"]], Never);
        models.Recognize(Tones.Tone(ToneModel.HighHz, 0.9, 44_100), 44_100).Word.ShouldBe("high");
        models.Recognize(new float[16_000], 16_000).Word.ShouldBeNull();
        Should.Throw<ArgumentOutOfRangeException>(() => models.Recognize([0], 10));
    }

    [Fact]
    public void What_happens_is_counted_under_names_of_OpenTelemetry()
    {
        using var metrics = new ServingMetrics();
        var counted = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == ServingMetrics.MeterName) own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>(Count);
        listener.SetMeasurementEventCallback<long>(Count);
        listener.SetMeasurementEventCallback<double>(Count);
        listener.Start();
        using var models = CommandModels.Load([_folder["a.onnx"]], Never, metrics);
        float[] sound = Tones.Say("llh");
        var stream = new CommandStream(models, 16_000);
        stream.Push(sound);
        stream.Complete();
        counted["mingling.stream.active_streams"].ShouldBe(1);
        stream.Dispose();
        models.Recognize(sound, 16_000);
        File.WriteAllText(_folder["a.onnx"], "no model");
        models.ReloadChanged();
        counted["mingling.stream.active_streams"].ShouldBe(0);
        counted["mingling.stream.sound"].ShouldBe(sound.Length / 16_000.0, tolerance: 1e-9);
        counted["mingling.stream.processing.time"].ShouldBeGreaterThan(0);
        counted["mingling.stream.detections low"].ShouldBe(2);
        counted["mingling.stream.detections high"].ShouldBe(1);
        counted["mingling.model.loads"].ShouldBe(1);
        counted["mingling.model.loads model"].ShouldBe(1);

        void Count<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
        {
            string name = instrument.Name;
            foreach (var tag in tags)
                if (tag.Key is "mingling.word" or "error.type") name += $" {tag.Value}";
            counted.AddOrUpdate(name, Convert.ToDouble(value), (_, sum) => sum + Convert.ToDouble(value));
        }
    }

    void IModelObserver.Reloaded(LoadedModel model) => _told.Enqueue($"reloaded {model.Words[0]}");

    void IModelObserver.Kept(LoadedModel model, string problem) => _told.Enqueue($"kept {problem}");
}
