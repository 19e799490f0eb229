using System.Runtime.InteropServices;
using System.Text.Json;
using Mingling.Audio;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Tests.Streaming;
using Mingling.Recognition.Tests.Support;
using Mingling.Recognition.Vectors;

namespace Mingling.Recognition.Tests.Vectors;

public class TestVectorsTests
{
    private static readonly AudioClip Sound16 = new([.. Sound.Noise(1, 0.01), .. Sound.Tone(700, 2), .. Sound.Noise(1, 0.01, seed: 2), .. Sound.Tone(1900, 0.7)], 16_000);

    public static TheoryData<bool> Kinds => [false, true];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Vectors_hold_what_the_spotter_computes_however_it_is_cut(bool isStreaming)
    {
        using var folder = new TemporaryFolder();
        byte[] model = Model(isStreaming);
        File.WriteAllBytes(folder["m.onnx"], model);
        string target = folder["vectors"];
        var counts = TestVectors.Write(folder["m.onnx"], [Sound16], target, new VectorSettings { Rates = [16_000, 44_100], LongestPiece = 3000 });
        var set = Read(target);
        (counts.Streams, counts.Clips, counts.Events, counts.NoStreams).ShouldBe((2, 2, set.Streams.Sum(stream => stream.Events.Count), null));
        File.ReadAllBytes(Path.Combine(target, set.Model)).ShouldBe(model);
        set.Streams.Select(stream => stream.SampleRate).ShouldBe([16_000, 44_100]);
        using var recognizer = Recognizer.Load("m", model);
        foreach (var stream in set.Streams)
        {
            stream.Pieces.ShouldAllBe(size => size >= 1 && size <= 3000);
            var sound = AudioFile.Read(Path.Combine(target, stream.Sound));
            sound.Samples.Length.ShouldBe((int)stream.Samples);
            using var spotter = recognizer.OpenStream(stream.SampleRate);
            spotter.Push(sound.Samples);
            spotter.Complete();
            var events = new List<CommandEvent>();
            while (spotter.TryRead(out var heard)) events.Add(heard);
            stream.Events.ShouldBe(events);
            events.ShouldNotBeEmpty();

            var rows = new List<float>();
            var times = new List<double>();
            using var spotting = recognizer.OpenSpottingModel();
            var posteriors = new PosteriorStream(spotting, stream.SampleRate, spotting.Settings, (step, scores, _) =>
            {
                rows.AddRange(scores);
                times.Add(step.Time);
            });
            posteriors.Push(sound.Samples);
            posteriors.Complete();
            stream.Posteriors.Times.ShouldBe(times);
            stream.Posteriors.Evaluated.ShouldBe(posteriors.Evaluations);
            Floats(target, stream.Posteriors.File).ShouldBe(rows);
            rows.Count.ShouldBe(stream.Posteriors.Steps * stream.Posteriors.Classes);
            stream.Posteriors.Classes.ShouldBe(set.StreamClasses.Count);
        }
    }

    [Fact]
    public void Frames_of_a_stream_are_those_of_its_sound_after_the_room_before_it()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["m.onnx"], MadeModel.Bytes());
        TestVectors.Write(folder["m.onnx"], [Sound16], folder["vectors"], new VectorSettings { Rates = [16_000] });
        var stream = Read(folder["vectors"]).Streams.Single();
        float[] written = Floats(folder["vectors"], stream.Features.File);
        written.Length.ShouldBe((int)stream.Features.Frames * stream.Features.Bins);
        float[] alone = new FeatureExtractor(FeatureSettings.LogMel40).Compute(AudioFile.Read(Path.Combine(folder["vectors"], stream.Sound)).Samples);
        // Half a window and the smoothing span, in whole steps of 80 ms; the frames at its edges see the room.
        int lead = 8 * (int)Math.Ceiling((500 + 320) / 80.0);
        const int bins = 40, edge = 2 * bins;
        written.AsSpan((lead * bins) + edge, alone.Length - (2 * edge)).SequenceEqual(alone.AsSpan(edge..^edge)).ShouldBeTrue();
    }

    [Fact]
    public void Clips_are_those_of_the_recognizer_at_any_rate()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["m.onnx"], MadeModel.Bytes());
        TestVectors.Write(folder["m.onnx"], [Sound16], folder["vectors"], new VectorSettings { Rates = [8000, 16_000] });
        using var recognizer = MadeModel.Load();
        foreach (var clip in Read(folder["vectors"]).Clips)
        {
            float[] samples = AudioFile.Read(Path.Combine(folder["vectors"], clip.Sound), 16_000).Samples;
            var result = recognizer.Recognize(samples);
            (clip.Word, clip.Best, clip.Score, clip.IsEnrolled).ShouldBe((result.Word, result.Best, result.Score, result.IsEnrolled));
            clip.Posteriors.ShouldBe(result.Posteriors);
            clip.Embedding.ShouldBe(result.Embedding);
            Floats(folder["vectors"], clip.Features!.File).ShouldBe(new ClipFeaturizer(recognizer.Window).Compute(samples));
        }
    }

    [Fact]
    public void Model_that_no_stream_can_use_has_clips_and_a_reason()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["m.onnx"], MadeModel.Bytes(MadeModel.Card with { Features = FeatureSettings.Pcen40 }));
        TestVectors.Write(folder["m.onnx"], [Sound16], folder["vectors"]).NoStreams!.ShouldContain("PCEN");
        var set = Read(folder["vectors"]);
        set.Streams.ShouldBeEmpty();
        set.Clips.Count.ShouldBe(4);
        set.HopMs.ShouldBeNull();
    }

    [Fact]
    public void Pieces_are_of_every_size_and_follow_from_the_seed()
    {
        int[] pieces = TestVectors.Pieces(5, 20_000);
        pieces.ShouldBe(TestVectors.Pieces(5, 20_000));
        pieces.ShouldNotBe(TestVectors.Pieces(6, 20_000));
        pieces.Min().ShouldBeLessThan(10);
        pieces.Max().ShouldBeInRange(5000, 20_000);
    }

    [Fact]
    public void Settings_that_are_wrong_are_all_named()
    {
        var problem = Should.Throw<ArgumentException>(() => new VectorSettings { Rates = [10, 16_000, 16_000], LongestPiece = 0 }.Validate());
        foreach (string part in (string[])["the rate 10 is outside", "given twice", "LongestPiece 0"]) problem.Message.ShouldContain(part);
        Should.Throw<ArgumentException>(() => TestVectors.Write("base", [], "nowhere")).Message.ShouldContain("at least one");
        Directory.Exists("nowhere").ShouldBeFalse();
    }

    /// <summary>A model that hears something in the tones: thresholds low enough, and a word enrolled from one of them.</summary>
    private static byte[] Model(bool isStreaming)
    {
        byte[] graph = isStreaming ? MadeStreamModel.Graph() : MadeModel.Graph();
        var card = isStreaming ? MadeStreamModel.Card : MadeModel.Card;
        using var plain = Recognizer.Load("plain", ModelFile.Seal("plain", graph, card));
        return ModelFile.Seal("made", graph, card with
        {
            Enrolled = [new EnrolledWord("new", plain.Recognize(Sound.Tone(700, 1)).Embedding, 1, 0.9)],
            Calibration = new Calibration(0.5, 1, "test") { Commands = [new CommandThreshold("go", 0.3, 0.25), new CommandThreshold("stop", 0.35)] },
        });
    }

    private static VectorSet Read(string folder) =>
        JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(folder, "vectors.json")), VectorSetJson.Default.VectorSet)!;

    private static float[] Floats(string folder, string file) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, file))).ToArray();
}
