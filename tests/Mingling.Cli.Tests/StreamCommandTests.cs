using System.Text.Json;
using Mingling.Audio;
using Mingling.Cli.Commands;
using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Cli.Tests;

public class StreamCommandTests
{
    [Fact]
    public void Mingling_from_run_to_spotted_enrolled_and_calibrated_words_works_from_end_to_end()
    {
        using var tones = new ToneCorpus();
        MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--epochs", "25", "--batch", "16").ExitCode.ShouldBe(0);
        MinglingProcess.Run(tones.Folder, "export", "run", "--out", "model.onnx").ExitCode.ShouldBe(0);

        float[] word = AudioFile.Read(Path.Combine(tones.Corpus, "停", "speaker0_take_0.wav"), 16_000).Samples, pause = new float[24_000];
        Write(tones["stream.wav"], [.. pause, .. word, .. pause]);
        string spotted = Succeed("spot", "model.onnx", "stream.wav", "--threshold", "0.3", "--json");
        var events = spotted.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        events.ShouldNotBeEmpty();
        events[0].GetProperty("file").GetString().ShouldBe("stream.wav");
        double end = 1.5 + (word.Length / 16_000.0);
        // With so little training it need not be the right word.
        events.ShouldContain(e => e.GetProperty("time").GetDouble() > 1.5 && e.GetProperty("time").GetDouble() < end + 0.5);

        File.WriteAllText(tones["labels.csv"], $"start,end,word\n1.5,{end:0.000},停\n");
        var judged = JsonDocument.Parse(Succeed("evaluate", "model.onnx", "--stream", "stream.wav", "--labels", "labels.csv", "--json")).RootElement;
        judged.GetProperty("words").GetInt32().ShouldBe(1);
        judged.GetProperty("curve").GetArrayLength().ShouldBeGreaterThan(0);
        judged.GetProperty("falseRejectionRateAt").GetArrayLength().ShouldBe(3);
        judged.GetProperty("missCauses").EnumerateObject().Sum(cause => cause.Value.GetInt32()).ShouldBe(judged.GetProperty("missed").GetInt32());
        judged.GetProperty("speechHours").ValueKind.ShouldBe(JsonValueKind.Null);
        judged.GetProperty("toleranceSeconds").GetDouble().ShouldBe(1);
        KeepsErrorsAndDraws(tones, judged.GetProperty("falseRejectionRateAt")[0].GetProperty("falseAlarmsPerHour").GetDouble());

        KeepsAlarms(tones);

        // A run is heard like the file that was made of it.
        Succeed("spot", "run", "stream.wav", "--threshold", "0.3", "--json").ShouldBe(spotted);
        Succeed("evaluate", "run", "--stream", "stream.wav", "--labels", "labels.csv", "--json")
            .ShouldBe(Succeed("evaluate", "model.onnx", "--stream", "stream.wav", "--labels", "labels.csv", "--json"));

        Succeed("report", "run", "--stream", "stream.wav", "--labels", "labels.csv");
        string page = File.ReadAllText(tones["run/report.html"]);
        page.ShouldContain("1 command in 0.00 hours of <bdi>stream.wav</bdi>");
        page.ShouldContain("<a href=\"#run-0-stream\">In a stream</a>");
        File.Exists(tones["run/report-figures/stream-det.svg"]).ShouldBeTrue();
        Fail(2, "a stream is judged by what is said in it; give --labels too", "report", "run", "--stream", "stream.wav");
        Fail(2, "give --stream too", "report", "run", "--labels", "labels.csv");

        Write(tones["noise.wav"], Noise(20, 0.05));
        var calibrated = JsonDocument.Parse(Succeed("calibrate", "model.onnx", "--background", "noise.wav", "--false-alarms-per-hour", "2", "--json")).RootElement;
        calibrated.GetProperty("commands").GetArrayLength().ShouldBe(3);
        calibrated.GetProperty("claim").GetString()!.ShouldContain("per hour (95 %)");

        Write(tones["new.wav"], [.. Noise(0.3, 0.001), .. Enumerable.Range(0, 8000).Select(n => (float)(0.3 * Math.Sin(n * n * 2e-5))), .. Noise(0.3, 0.001)]);
        Succeed("enroll", "model.onnx", "--word", "up", "new.wav", "--force", "--out", "more.onnx").ShouldStartWith("up\t1 examples");
        Succeed("enroll", "more.onnx", "--rename", "up", "higher").ShouldStartWith("higher\t");
        var listed = JsonDocument.Parse(Succeed("enroll", "more.onnx", "--list", "--json")).RootElement.GetProperty("enrolled");
        listed.EnumerateArray().Select(e => e.GetProperty("word").GetString()).ShouldBe(["higher"]);
        Succeed("spot", "more.onnx", "new.wav");
        Succeed("enroll", "more.onnx", "--remove", "higher").ShouldBeEmpty();
        Succeed("enroll", "model.onnx", "--list").ShouldBeEmpty();

        // The calibrated threshold of the word was measured without the verifier.
        Write(tones["talk.wav"], Noise(4, 0.1));
        string[] own = ["corpus/停/speaker0_take_0.wav", "corpus/停/speaker0_take_1.wav", "corpus/停/speaker0_take_2.wav"];
        var verified = MinglingProcess.Run(tones.Folder, ["enroll", "model.onnx", "--verifier", "--word", "停", .. own, "--background", "talk.wav", "--out", "verified.onnx"]);
        verified.Output.ShouldBe("停\tverifier of 3 recordings\n");
        verified.Error.ShouldContain("run 'mingling calibrate' again");
        Succeed("spot", "verified.onnx", "stream.wav");
        Succeed("enroll", "model.onnx", "--verifier", "corpus", "--background", "talk.wav", "--out", "all.onnx").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
        Succeed("enroll", "verified.onnx", "--verifier", "--remove", "停").ShouldBeEmpty();
        Fail(2, "'停' has no verifier", "enroll", "verified.onnx", "--verifier", "--remove", "停");
        Fail(2, "no other speech", "enroll", "model.onnx", "--verifier", "--word", "停", own[0], own[1]);
        Fail(2, "'up' is no command of the model", "enroll", "model.onnx", "--verifier", "--word", "up", own[0], own[1], "--background", "talk.wav");
        Fail(2, "at least 2 different recordings", "enroll", "model.onnx", "--verifier", "--word", "停", own[0], own[0], "--background", "talk.wav");
        Fail(2, "--verifier takes the recordings of one command with --word", "enroll", "model.onnx", "--verifier", own[0], own[1], "--background", "talk.wav");
        Fail(2, "--background goes with --verifier", "enroll", "model.onnx", "--word", "up", "new.wav", "--background", "talk.wav");
        Fail(2, "--force does not go with --verifier", "enroll", "model.onnx", "--verifier", "corpus", "--background", "talk.wav", "--force");

        Fail(2, "the model was trained with a word", "enroll", "model.onnx", "--word", "停", "new.wav");
        Fail(2, "no command of the model", "evaluate", "model.onnx", "--stream", "stream.wav", "--labels", Labels("1,2,jump"));
        Fail(2, "ends at 90.00 s, after the stream", "evaluate", "model.onnx", "--stream", "stream.wav", "--labels", Labels("89,90,停"));
        Fail(2, "less than the model's window", "evaluate", "model.onnx", "--stream", "corpus/停/speaker0_take_0.wav", "--labels", Labels("0,0.4,停"));
        Fail(2, "--tolerance takes seconds from 0 to 10", "evaluate", "model.onnx", "--stream", "stream.wav", "--labels", "labels.csv", "--tolerance", "-1");
        Fail(2, "--threshold takes a score", "evaluate", "model.onnx", "--stream", "stream.wav", "--labels", "labels.csv", "--threshold", "0");
        Fail(2, "--figure takes a file name that ends in .svg or .png", "evaluate", "model.onnx", "--stream", "stream.wav", "--labels", "labels.csv", "--figure", "det.jpg");
        Fail(2, "--keep-errors takes a new or empty folder", "evaluate", "model.onnx", "--stream", "stream.wav", "--labels", "labels.csv", "--keep-errors", "errors");
        Fail(2, "--keep-errors goes with --stream", "evaluate", "model.onnx", "corpus", "--keep-errors", "new");
        Fail(1, "line 1", "evaluate", "model.onnx", "--stream", "stream.wav", "--labels", Labels("1"));
        Fail(2, "--list is for judging clips", "evaluate", "model.onnx", "--stream", "stream.wav", "--labels", "labels.csv", "--list", "l.csv");
        Fail(2, "--repeats is for judging clips", "evaluate", "model.onnx", "--stream", "stream.wav", "--labels", "labels.csv", "--repeats", "2");
        Fail(2, "model.onnx is a model file and has only its own", "evaluate", "model.onnx", "--stream", "stream.wav", "--labels", "labels.csv", "--last");
        Fail(2, "there is nothing to listen to", "spot", "model.onnx");
        Fail(2, "sound files tell their rate themselves", "spot", "model.onnx", "stream.wav", "--rate", "8000");
        Fail(2, "--threshold takes a score", "spot", "model.onnx", "stream.wav", "--threshold", "2");
        Fail(2, "a rate above 0", "calibrate", "model.onnx", "--background", "noise.wav", "--false-alarms-per-hour", "0");
        Fail(2, "give one of", "enroll", "model.onnx");
        Fail(1, "missing.wav", "spot", "model.onnx", "missing.wav");
        File.WriteAllBytes(tones["cut.wav"], File.ReadAllBytes(tones["stream.wav"])[..^1000]);
        Fail(1, "cut.wav", "spot", "model.onnx", "cut.wav");

        // At a threshold that nothing reaches, the word is missed, and other speech takes no part.
        void KeepsErrorsAndDraws(ToneCorpus tones, double leastRate)
        {
            leastRate.ShouldBe(0.5);
            File.WriteAllText(tones["speech.csv"], $"start,end,word\n0.1,0.9,_unknown_\n1.5,{end:0.000},停\n");
            var strict = JsonDocument.Parse(Succeed("evaluate", "model.onnx", "--stream", "stream.wav", "--labels", "speech.csv", "--threshold", "1", "--tolerance", "0.5",
                "--keep-errors", "errors", "--figure", "det.svg", "--json")).RootElement;
            strict.GetProperty("missed").GetInt32().ShouldBe(1);
            strict.GetProperty("toleranceSeconds").GetDouble().ShouldBe(0.5);
            strict.GetProperty("speechHours").GetDouble().ShouldBe(1.3 / 3600, 1e-6);
            strict.GetProperty("missCauses").GetProperty("belowThreshold").GetInt32().ShouldBe(1);
            Directory.GetFiles(tones["errors"]).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["errors.csv", "miss-below-threshold_停_00001.50.wav"]);
            AudioFile.Read(tones["errors/miss-below-threshold_停_00001.50.wav"]).Duration.TotalSeconds.ShouldBe(3, 0.01);
            File.ReadAllText(tones["det.svg"]).ShouldContain("<svg");
        }

        string Succeed(params string[] arguments)
        {
            var result = MinglingProcess.Run(tones.Folder, arguments);
            result.ExitCode.ShouldBe(0, result.Error);
            return result.Output;
        }

        void Fail(int code, string message, params string[] arguments)
        {
            var result = MinglingProcess.Run(tones.Folder, arguments);
            result.ExitCode.ShouldBe(code, result.Error);
            result.Error.ShouldContain(message, Case.Insensitive);
            result.Error.ShouldNotContain("   at ");
        }

        string Labels(string text)
        {
            File.WriteAllText(tones["wrong.csv"], text);
            return "wrong.csv";
        }
    }

    [Fact]
    public void Corpus_stream_makes_a_stream_and_labels_that_can_be_judged_by()
    {
        using var tones = new ToneCorpus();
        Directory.CreateDirectory(tones["talk"]);
        Write(tones["talk/a.wav"], Noise(1.5, 0.2));
        Write(tones["hiss.wav"], Noise(2, 0.01));
        string[] request = ["corpus", "stream", "corpus", "--words", "停,turn on", "--speakers", "speaker1,speaker2", "--pattern", "{label}/{speaker}_take_{index}.wav", "--commands", "9",
            "--phrases", "talk", "--phrase-hours", "0.001", "--noise", "hiss.wav", "--snr", "10", "--pause", "0.2,0.4", "--rooms", "0.5", "--seed", "7"];
        var made = Run([.. request, "--out", "stream.wav", "--json"]);
        made.ExitCode.ShouldBe(0, made.Error);
        var report = JsonDocument.Parse(made.Output).RootElement;
        (report.GetProperty("commands").GetInt32(), report.GetProperty("phrases").GetInt32(), report.GetProperty("labels").GetString()).ShouldBe((9, 3, "stream.csv"));
        var labels = LabelFile.Read(tones["stream.csv"]);
        labels.CountBy(label => label.Word).Select(count => count.Key).Order(StringComparer.Ordinal).ShouldBe(["_unknown_", "turn on", "停"]);
        labels.Select(label => label.Start).ShouldBeInOrder();
        labels[^1].End.ShouldBeLessThan(AudioFile.Read(tones["stream.wav"]).Duration.TotalSeconds);

        var again = Run([.. request, "--out", "again.wav", "--labels", "told.csv"]);
        again.Output.ShouldContain("with 9 commands and 3 phrases");
        File.ReadAllBytes(tones["again.wav"]).ShouldBe(File.ReadAllBytes(tones["stream.wav"]));
        File.ReadAllText(tones["told.csv"]).ShouldBe(File.ReadAllText(tones["stream.csv"]));

        MinglingProcess.Result Run(params string[] arguments) => MinglingProcess.Run(tones.Folder, arguments);
    }

    [Theory]
    [InlineData(1, "'jump' is no word of", "--words", "jump")]
    [InlineData(1, "There is no clip of '停' in list.csv; leave out the word", "--list", "list.csv", "--words", "停")]
    [InlineData(1, "is both a command and other speech", "--phrases", "corpus/停")]
    [InlineData(1, "None of the 1 recordings can be used; the first: 'silent.wav' is silent", "--phrases", "silent.wav", "--phrase-hours", "1")]
    [InlineData(1, "There is no noise for the stream: 'silent.wav' is silent", "--noise", "silent.wav")]
    [InlineData(2, "there are no sound files in empty", "--phrases", "empty")]
    [InlineData(2, "--snr takes decibels from -30 to 60, not 90.", "--noise", "silent.wav", "--snr", "90")]
    [InlineData(2, "--snr goes with --noise.", "--snr", "10")]
    [InlineData(2, "--phrase-hours goes with --phrases.", "--phrase-hours", "1")]
    [InlineData(2, "--phrase-hours takes hours above 0", "--phrases", "silent.wav", "--phrase-hours", "0")]
    [InlineData(2, "--pause takes the shortest and the longest pause in seconds, such as 0.5,2.5, not '2,1'.", "--pause", "2,1")]
    [InlineData(2, "--rooms takes a share from 0 to 1, not 2.", "--rooms", "2")]
    [InlineData(2, "--commands takes a number from 1, not 0.", "--commands", "0")]
    [InlineData(2, "--sample-rate takes", "--sample-rate", "10")]
    [InlineData(2, "cannot hold the stream and its labels", "--labels", "out.wav")]
    public void Corpus_stream_that_cannot_be_says_so_in_a_sentence(int exitCode, string sentence, params string[] options)
    {
        using var tones = new ToneCorpus(speakers: 1, takes: 1);
        Directory.CreateDirectory(tones["empty"]);
        Write(tones["silent.wav"], new float[8000]);
        File.WriteAllText(tones["list.csv"], "file,class\nturn on/speaker0_take_0.wav,turn on\n");
        var result = MinglingProcess.Run(tones.Folder, ["corpus", "stream", "corpus", "--out", "out.wav", .. options]);
        result.ExitCode.ShouldBe(exitCode, result.Error);
        result.Error.ShouldStartWith("mingling: ");
        result.Error.ShouldContain(sentence);
        result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
        Directory.GetFiles(tones.Folder, "out*").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0.0001f, "nothing is heard")]
    [InlineData(0.005f, "too quiet")]
    [InlineData(3f, "is clipped")]
    public void MicrophoneCheck_of_a_bad_recording_says_what_to_do(float amplitude, string text)
    {
        var finding = MicrophoneCheck.Judge([.. Enumerable.Range(0, 16_000).Select(n => Math.Clamp(amplitude * MathF.Sin(0.3f * n), -1, 1))], overruns: 0);
        (finding.Verdict, finding.Text.Contains(text, StringComparison.Ordinal)).ShouldBe((Verdict.Broken, true), finding.Text);
    }

    [Fact]
    public void MicrophoneCheck_of_a_good_recording_is_content() =>
        MicrophoneCheck.Judge([.. Enumerable.Range(0, 16_000).Select(n => 0.3f * MathF.Sin(0.3f * n))], overruns: 0).Verdict.ShouldBe(Verdict.Works);

    private static float[] Noise(double seconds, double amplitude)
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, (int)(seconds * 16_000)).Select(_ => (float)(amplitude * ((2 * random.NextDouble()) - 1)))];
    }

    private static void Write(string path, float[] samples) => WavWriter.Write(path, new AudioClip(samples, 16_000));

    /// <summary>What spotting keeps, and what is mined in the same sound, is the sound before each event.</summary>
    private static void KeepsAlarms(ToneCorpus tones)
    {
        var spotted = MinglingProcess.Run(tones.Folder, "spot", "model.onnx", "stream.wav", "--threshold", "0.3", "--json", "--keep-alarms", "alarms");
        spotted.ExitCode.ShouldBe(0, spotted.Error);
        string[] kept = [.. Directory.GetFiles(tones["alarms"]).Select(file => Path.GetFileName(file))];
        kept.ShouldNotBeEmpty();
        kept.ShouldBe(spotted.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("sound").GetString()!), ignoreOrder: true);
        AudioFile.Read(Path.Combine(tones["alarms"], kept[0])).Duration.TotalSeconds.ShouldBeInRange(0.5, 3);
        var full = MinglingProcess.Run(tones.Folder, "spot", "model.onnx", "stream.wav", "--keep-alarms", "alarms");
        full.ExitCode.ShouldBe(2);
        full.Error.ShouldContain("--keep-alarms takes a new or empty folder; alarms holds other files.");

        var mined = MinglingProcess.Run(tones.Folder, "mine", "model.onnx", "stream.wav", "--threshold", "0.3", "--keep", "mined", "--json");
        mined.ExitCode.ShouldBe(0, mined.Error);
        var places = JsonDocument.Parse(mined.Output).RootElement.GetProperty("places").EnumerateArray().ToArray();
        places.Length.ShouldBe(kept.Length);
        places.Select(place => place.GetProperty("score").GetDouble()).ShouldBeInOrder(SortDirection.Descending);
        Directory.GetFiles(tones["mined"]).Length.ShouldBe(places.Length);
        var told = MinglingProcess.Run(tones.Folder, "mine", "model.onnx", "stream.wav", "--threshold", "0.3");
        told.Output.ShouldContain($"{places.Length} places in");
        MinglingProcess.Run(tones.Folder, "mine", "model.onnx", "stream.wav", "--threshold", "0").Error.ShouldContain("--threshold takes a score above 0 and at most 1, not 0.");
    }
}
