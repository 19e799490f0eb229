using Mingling.Audio;
using Mingling.Recognition.Streaming.Evaluation;
using Mingling.Recognition.Streaming.Sources;

namespace Mingling.Recognition.Tests.Streaming.Evaluation;

public sealed class ErrorClipsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mingling-test-").FullName;

    [Fact]
    public async Task ErrorClips_are_the_stretches_around_errors_named_by_cause_word_and_time()
    {
        WordInterval weak = new(1, 1.5, "turn/on"), late = new(4, 4.5, "go"), other = new(3, 3.4, "go");
        Detection alarm = new("no", 2.25, 0.9), wrong = new("no", 3.5, 0.8), after = new("go", 5.6, 0.7), twice = new("no", 3.9, 0.75);
        var match = StreamMatch.Pair([weak, late, other], [alarm, wrong, after, twice], new MatchSettings { EarlySeconds = 0, ToleranceSeconds = 0.5 });
        match.FalseAlarms.ShouldBe([alarm]);
        var errors = StreamError.Of(match,
            [new(weak, MissCause.BelowThreshold, 0.4, null), new(late, MissCause.Late, 0.7, after), new(other, MissCause.OtherWord, 0.1, wrong)]);

        float[] stream = [.. Enumerable.Range(0, 6 * 8000).Select(i => i / 48_000f)];
        var files = await ErrorClips.WriteAsync(new ClipSource(new AudioClip(stream, 8000)), errors, Path.Combine(_folder, "errors"));
        files.ShouldBe(
        [
            "miss-below-threshold_turn-on_00001.00.wav", "false-alarm_no_00002.25.wav", "miss-other-word_go as no_00003.00.wav",
            "wrong-command_go as no_00003.00.wav", "miss-late_go_00004.00.wav",
        ]);
        Span(files[0]).ShouldBe((0, 24_000));
        Span(files[1]).ShouldBe((0, 22_000));
        Span(files[2]).ShouldBe((16_000, 39_200));
        Span(files[4]).ShouldBe((24_000, 48_000));
        string[] table = File.ReadAllLines(Path.Combine(_folder, "errors", "errors.csv"));
        table[..3].ShouldBe(
        [
            "kind,time,said,heard,heard_at,score,file", "miss-below-threshold,1.000,turn/on,,,0.4000,miss-below-threshold_turn-on_00001.00.wav",
            "false-alarm,2.250,,no,2.250,0.9000,false-alarm_no_00002.25.wav",
        ]);

        // Sample n of the stream has the value n / 48,000.
        (int First, int End) Span(string file)
        {
            float[] samples = AudioFile.Read(Path.Combine(_folder, "errors", file)).Samples;
            int first = (int)Math.Round(samples[0] * 48_000, MidpointRounding.AwayFromZero);
            return ((int)Math.Round(first / 100.0) * 100, ((int)Math.Round(first / 100.0) * 100) + samples.Length);
        }
    }

    [Fact]
    public async Task ErrorClips_with_one_name_are_told_apart()
    {
        Detection[] twice = [new("no", 0.501, 1), new("no", 0.502, 1)];
        var files = await ErrorClips.WriteAsync(new ClipSource(new AudioClip(new float[8000], 8000)), StreamError.Of(StreamMatch.Pair([], twice), []), _folder);
        files.ShouldBe(["false-alarm_no_00000.50.wav", "false-alarm_no_00000.50-2.wav"]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
