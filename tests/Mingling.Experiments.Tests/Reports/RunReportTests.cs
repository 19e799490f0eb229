using Mingling.Audio;
using Mingling.Corpora;
using Mingling.Experiments.Reports.Content;
using Mingling.Experiments.Reports.Page;
using Mingling.Training.Models;

namespace Mingling.Experiments.Tests.Reports;

public class RunReportTests
{
    private static readonly string[] Words = ["no", "on", "up"];

    [Fact]
    public void Report_of_a_run_gathers_what_the_model_says_of_every_clip()
    {
        using var folder = new TemporaryFolder();
        var run = MadeRuns.Run(folder["run"], Words);
        run.Name.ShouldBe("run");
        run.Clips.Count.ShouldBe(42);
        run.Clips.Count(clip => clip.IsError).ShouldBe(6);
        run.Evaluation.Errors.Count.ShouldBe(6);
        run.Clips.ShouldAllBe(clip => run.Evaluation.Classes[clip.Said] == clip.Clip.Label && Math.Abs(clip.Score - 0.9) < 1e-6);
        run.Maps.ShouldAllBe(map => map.Points.Count == 42);
        run.Maps.Count.ShouldBe(2);
        // 3 words of 14 clips.
        run.Distances!.Same.Sum().ShouldBe(3 * 14 * 13 / 2);
        run.Distances.Different.Sum().ShouldBe(3 * 14 * 14);
        run.Verification!.Targets.ShouldBe(273);
    }

    [Fact]
    public void Report_of_a_single_clip_has_no_pairs_to_measure()
    {
        using var folder = new TemporaryFolder();
        var run = MadeRuns.Run(folder["run"], Words);
        using var model = new OneAnswer(Words);
        var one = RunReport.Measure(
            MadeRuns.Begin(folder["one"], Words), model, false, new ReportClips([new LoadedClip(run.Clips[0].Clip, run.Clips[0].Samples)], "the only one", 0, []));
        one.Distances.ShouldBeNull();
        one.Verification.ShouldBeNull();
        ReportPage.Write(MadeRuns.Of(one)).ShouldContain("1 clip recognised");
    }

    [Fact]
    public void Report_by_clips_of_other_words_says_which_ones_the_run_knows()
    {
        using var folder = new TemporaryFolder();
        using var model = new OneAnswer(Words);
        var clip = new LoadedClip(new CorpusClip("/nowhere/x.wav", "x.wav", "strange"), [0.1f]);
        Should.Throw<CorpusException>(() => RunReport.Measure(MadeRuns.Begin(folder["run"], Words), model, false, new ReportClips([clip], "all", 0, [])))
            .Message.ShouldContain("it knows no, on, up");
    }

    [Fact]
    public void Pairs_of_a_run_hold_their_errors_and_a_right_clip_of_each_word()
    {
        using var folder = new TemporaryFolder();
        var run = MadeRuns.Run(folder["run"], Words);
        var pairs = WordPairErrors.Count(run);
        pairs.Sum(pair => pair.Errors).ShouldBe(run.Evaluation.Errors.Count);
        foreach (var pair in pairs)
        {
            pair.First.ShouldAllBe(clip => clip.Clip.Label == pair.Pair.First && run.Evaluation.Classes[clip.Recognized] == pair.Pair.Second);
            pair.Second.ShouldAllBe(clip => clip.Clip.Label == pair.Pair.Second && run.Evaluation.Classes[clip.Recognized] == pair.Pair.First);
            pair.RightFirst.ShouldNotBeNull().IsError.ShouldBeFalse();
            pair.RightSecond.ShouldNotBeNull().Clip.Label.ShouldBe(pair.Pair.Second);
        }
    }

    [Fact]
    public void Sound_beyond_the_room_is_left_out_and_counted()
    {
        using var folder = new TemporaryFolder();
        var run = MadeRuns.Run(folder["run"], Words);
        var errors = run.Clips.Where(clip => clip.IsError).ToList();
        List<string> sounds = [];
        // A clip is 44 + 16,000 bytes: 21,392 characters of base64.
        var media = new ClipMedia(run, errors.Concat(errors), 3 * 21_392, sounds);
        media.Wanted.ShouldBe(errors.Count);
        media.Count.ShouldBe(3);
        sounds.Count.ShouldBe(3);
        media.Of(errors[0])!.Sound.ShouldBe(0);
        media.Of(errors[3]).ShouldBeNull();
        byte[] wav = Convert.FromBase64String(sounds[0]);
        wav.Length.ShouldBe(16_044);
        wav.AsSpan(0, 4).SequenceEqual("RIFF"u8).ShouldBeTrue();
    }

    [Fact]
    public void Differences_of_runs_are_named()
    {
        using var folder = new TemporaryFolder();
        var run = MadeRuns.Run(folder["a"], Words);
        RunDifferences.Find([run, MadeRuns.Run(folder["b"], Words)]).ShouldBeEmpty();
        RunDifferences.Find([run, MadeRuns.Run(folder["c"], ["no", "off"])]).ShouldBe(["their words", "the clips that judge them"]);
        RunDifferences.Find([run, run with { Manifest = run.Manifest with { Version = "other" } }]).ShouldBe(["the version of Mingling that trained them"]);
    }

    private sealed class OneAnswer(IReadOnlyList<string> words) : Training.Models.IClipRecognizer
    {
        public IReadOnlyList<string> Classes => words;

        public int SampleRate => 16000;

        public ClipWindow Window { get; } = new(FeatureSettings.LogMel40, 1);

        public IReadOnlyList<ClipOutput> Recognize(IReadOnlyList<float[]> clips) => [.. clips.Select(_ => new ClipOutput([1, 0, 0], [1, 2, 3]))];

        public void Dispose()
        {
        }
    }
}
