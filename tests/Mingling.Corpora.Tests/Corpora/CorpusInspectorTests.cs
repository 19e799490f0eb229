using System.Text.Json;
using Mingling.Audio;
using Mingling.Corpora.Inspection;
using Mingling.Corpora.Splitting;

namespace Mingling.Corpora.Tests;

public class CorpusInspectorTests
{
    /// <summary>Two channels of which one is the other turned over.</summary>
    [Fact]
    public void File_that_is_odd_though_read_is_named()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("yes/1.wav", "yes/2.wav", "no/1.wav", "no/2.wav");
        byte[] whole = File.ReadAllBytes(files.PathOf("yes/1.wav"));
        BitConverter.TryWriteBytes(whole.AsSpan(32), (ushort)0).ShouldBeTrue();
        File.WriteAllBytes(files.PathOf("yes/1.wav"), whole);
        var inspection = CorpusInspector.Inspect(files.Open());
        inspection.OddFiles.ShouldBe(["'yes/1.wav' declares frames of 0 bytes where 1 channel of PCM 16 take 2, as it is read."]);
        inspection.Warnings.ShouldContain("1 file is odd, though read: 'yes/1.wav' declares frames of 0 bytes where 1 channel of PCM 16 take 2, as it is read.");
        inspection.Clips.ShouldBe(4);
    }

    private static AudioClip Constant(float value, int samples = 800, int rate = 8000) => new([.. Enumerable.Repeat(value, samples)], rate);

    private static AudioClip Square(float amplitude, float offset = 0) =>
        new([.. Enumerable.Range(0, 800).Select(i => offset + (i / 10 % 2 == 0 ? amplitude : -amplitude))], 8000);

    private static TemporaryCorpus Recordings() => new TemporaryCorpus()
        .RecordAll(TemporaryCorpus.FolderNames(["打开", "no"], ["anna", "ben", "carl"], takes: 4));

    [Fact]
    public void Classes_and_speakers_are_counted()
    {
        using var files = Recordings().Record("no/anna_5.wav", seconds: 0.5).Record("no/anna_6.wav", seconds: 0.2);
        var corpus = files.Open();
        var inspection = CorpusInspector.Inspect(corpus, CorpusSplitter.Split(corpus, new SplitOptions { LeaveOutSpeakers = ["ben"] }));
        inspection.Layout.ShouldBe(CorpusLayout.FolderPerClass);
        inspection.Clips.ShouldBe(26);
        inspection.TotalSeconds.ShouldBe(24 * 0.01 + 0.7, 1e-9);
        inspection.Classes.ShouldBe([
            new ClassInspection("no", 14, 3, 0.01, 0.01, 0.5, 10, 4, 0),
            new ClassInspection("打开", 12, 3, 0.01, 0.01, 0.01, 8, 4, 0)]);
        inspection.Speakers.Select(speaker => (speaker.Name, speaker.Clips, speaker.Classes))
            .ShouldBe([("anna", 10, 2), ("ben", 8, 2), ("carl", 8, 2)]);
        inspection.Speakers[1].Splits.ShouldBe([Split.Validation]);
        inspection.Splits.ShouldNotBeNull();
        (inspection.Splits.Train, inspection.Splits.Validation, inspection.Splits.TrainSpeakers, inspection.Splits.ValidationSpeakers)
            .ShouldBe((18, 8, 2, 1));
        inspection.Splits.SharedSpeakers.ShouldBeEmpty();
    }

    [Fact]
    public void Rates_encodings_and_lengths_are_told()
    {
        using var files = Recordings().Record("no/anna_9.wav", seconds: 5, rate: 16000);
        WavWriter.Write(files.PathOf("no/anna_8.wav"), Constant(0.1f), WavEncoding.Float32);
        var inspection = CorpusInspector.Inspect(files.Open());
        inspection.SampleRates.ShouldBe(new Dictionary<int, int> { [8000] = 25, [16000] = 1 });
        inspection.Encodings.Values.Order().ShouldBe([1, 25]);
        inspection.Channels.ShouldBe(new Dictionary<int, int> { [1] = 26 });
        inspection.Warnings.ShouldContain(warning => warning.Contains("8000 Hz: 25, 16000 Hz: 1"));
        inspection.Warnings.ShouldContain(warning => warning.Contains("'no' are longer than 4 s"));
        inspection.Warnings.ShouldContain(warning => warning.Contains("are shorter than 0.1 s"));
        inspection.Warnings.ShouldContain(warning => warning.Contains("only 3 speakers"));
        inspection.Warnings.ShouldContain(warning => warning.Contains("fewer than 20 clips of 'no', '打开'"));
    }

    [Fact]
    public void Silent_quiet_loud_clipped_and_shifted_clips_are_named()
    {
        using var files = Recordings().Record("no/silent.wav", Constant(0)).Record("no/quiet.wav", level: 0.003f, seconds: 0.1)
            .Record("no/clipped.wav", Square(amplitude: 1)).Record("no/shifted.wav", Square(amplitude: 0.1f, offset: 0.05f));
        var inspection = CorpusInspector.Inspect(files.Open());
        inspection.SilentClips.ShouldContain("no/silent.wav");
        inspection.SilentClips.ShouldNotContain("no/quiet.wav");
        inspection.Levels.QuietClips.ShouldBe(["no/quiet.wav"]);
        inspection.Levels.LoudClips.ShouldBe(["no/clipped.wav"]);
        inspection.Levels.ClippedClips.ShouldBe(["no/clipped.wav"]);
        inspection.Levels.DcOffsetClips.ShouldContain("no/shifted.wav");
        inspection.Levels.DcOffsetClips.ShouldNotContain("no/clipped.wav");
        inspection.Levels.MedianRmsDb!.Value.ShouldBe(20 * Math.Log10(0.1 / Math.Sqrt(3)), 1.0);
        inspection.Warnings.ShouldContain(warning => warning.Contains("silent"));
    }

    [Fact]
    public void Equal_recordings_across_splits_and_classes_are_flagged()
    {
        using var files = Recordings().Record("no/ben_7.wav", seed: 500).Record("no/carl_7.wav", seed: 500)
            .Record("打开/carl_8.wav", seed: 600).Record("no/carl_8.wav", seed: 600);
        var corpus = files.Open();
        var inspection = CorpusInspector.Inspect(corpus, CorpusSplitter.Split(corpus, new SplitOptions { LeaveOutSpeakers = ["ben"] }));
        inspection.Duplicates.Select(group => (string.Join(' ', group.Clips), group.AcrossSplits, group.AcrossClasses)).ShouldBe([
            ("no/ben_7.wav no/carl_7.wav", true, false), ("no/carl_8.wav 打开/carl_8.wav", false, true)]);
        inspection.Warnings.ShouldContain(warning => warning.Contains("two labels"));
        inspection.Warnings.ShouldContain(warning => warning.Contains("more than one split") && warning.Contains("'no/ben_7.wav'"));
    }

    [Fact]
    public void Files_that_cannot_be_read_are_problems_and_do_not_count()
    {
        using var files = Recordings().Write("no/anna_text.wav", "no sound").Write("no/anna_empty.wav", "");
        var inspection = CorpusInspector.Inspect(files.Open());
        inspection.Clips.ShouldBe(24);
        inspection.Problems.Select(problem => problem.Path).ShouldBe(["no/anna_empty.wav", "no/anna_text.wav"]);
        inspection.Warnings[0].ShouldStartWith("2 files or rows were skipped");
    }

    [Fact]
    public void Clips_of_splits_that_cannot_be_read_do_not_count()
    {
        using var files = Recordings().Write("no/anna_9.wav", "no sound").Write("no/ben_9.wav", "no sound").Write("no/dora_9.wav", "no sound");
        var corpus = files.Open();
        var inspection = CorpusInspector.Inspect(corpus, CorpusSplitter.Split(corpus, new SplitOptions { LeaveOutSpeakers = ["ben"] }));
        inspection.Splits.ShouldBe(new SplitInspection(16, 8, 0, 2, 1, 0, inspection.Splits!.SharedSpeakers));
        (inspection.Splits.Train, inspection.Splits.Validation).ShouldBe(
            (inspection.Classes.Sum(of => of.Train), inspection.Classes.Sum(of => of.Validation)));
    }

    [Fact]
    public void Corpus_that_cannot_be_split_is_inspected_undivided()
    {
        using var files = Recordings().Record("rare/anna_1.wav");
        var corpus = files.Open();
        Should.Throw<CorpusException>(() => CorpusSplitter.Split(corpus));
        var inspection = CorpusInspector.Inspect(corpus);
        inspection.Splits.ShouldBeNull();
        inspection.Classes.Select(of => (of.Label, of.Clips, of.Train)).ShouldBe([("no", 12, 0), ("rare", 1, 0), ("打开", 12, 0)]);
    }

    [Fact]
    public void Uneven_classes_are_told()
    {
        using var files = Recordings().RecordAll(Enumerable.Range(10, 30).Select(take => $"no/anna_{take}.wav"));
        CorpusInspector.Inspect(files.Open()).Warnings.ShouldContain("The classes are uneven: 'no' has 42 clips and '打开' 12.");
    }

    [Fact]
    public void Inspection_does_not_depend_on_the_number_of_threads()
    {
        using var files = Recordings();
        var corpus = files.Open();
        CorpusInspector.Inspect(corpus, parallelism: 4).ToJson().ShouldBe(CorpusInspector.Inspect(corpus).ToJson());
    }

    [Fact]
    public void Json_has_camel_case_names_and_letters_of_all_scripts()
    {
        using var files = Recordings().Record("no/silent_1.wav", Constant(0));
        var corpus = files.Open();
        string text = CorpusInspector.Inspect(corpus, CorpusSplitter.Split(corpus)).ToJson();
        text.ShouldContain("\"打开\"");
        using var json = JsonDocument.Parse(text);
        json.RootElement.GetProperty("layout").GetString().ShouldBe("folderPerClass");
        json.RootElement.GetProperty("sampleRates").GetProperty("8000").GetInt32().ShouldBe(25);
        json.RootElement.GetProperty("classes")[0].GetProperty("medianSeconds").GetDouble().ShouldBe(0.01);
        json.RootElement.GetProperty("splits").GetProperty("trainSpeakers").GetInt32().ShouldBeGreaterThan(0);
    }
}
