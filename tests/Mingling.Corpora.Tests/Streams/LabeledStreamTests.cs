using System.Security.Cryptography;
using Mingling.Audio;
using Mingling.Corpora.Streams;

namespace Mingling.Corpora.Tests.Streams;

public sealed class LabeledStreamTests : IDisposable
{
    private const int Rate = 8000;
    private readonly TemporaryCorpus _corpus = new();

    public LabeledStreamTests()
    {
        // "Words" of one tone each, in the middle of silence.
        foreach (var (word, hz) in new[] { ("go", 500), ("no", 1000) })
            for (int take = 1; take <= 3; take++) _corpus.Record($"words/{word}/anna_{take}.wav", Tone(hz, 0.2 + (0.1 * take), silence: 0.2));
        _corpus.Record("phrases/talk.wav", Tone(1500, 2, silence: 0)).Record("phrases/more.wav", Tone(1500, 1, silence: 0.1));
        _corpus.Record("noise/hiss.wav", seconds: 1.3, rate: Rate, level: 0.02f).Record("noise/roar.wav", seconds: 0.7, rate: Rate, level: 0.5f);
    }

    private StreamRequest Request => new() { Commands = Clips("words"), Phrases = Clips("phrases"), Noise = Clips("noise"), SampleRate = Rate };

    [Fact]
    public void LabeledStream_says_each_clip_once_where_its_labels_say_so()
    {
        var (samples, made) = Make(Request with { Noise = [], ShortestPause = 0.3, LongestPause = 0.6 });
        (made.Commands, made.Phrases, made.Labels.Count).ShouldBe((6, 2, 8));
        made.Labels.Where(label => label.Word != "_unknown_").Select(label => (label.Word, Math.Round(label.End - label.Start, 2))).Order()
            .ShouldBe([("go", 0.3), ("go", 0.4), ("go", 0.5), ("no", 0.3), ("no", 0.4), ("no", 0.5)]);
        (made.CommandHours * 3600).ShouldBe(2.4, 0.05);
        (made.PhraseHours * 3600).ShouldBe(3, 0.05);
        made.Seconds.ShouldBe((double)samples.Length / Rate);
        foreach (var label in made.Labels)
        {
            // The tone of the word, at one level for all, and silence before it.
            var said = samples.AsSpan((int)(label.Start * Rate), (int)((label.End - label.Start) * Rate));
            var middle = said[(int)(0.1 * Rate)..^(int)(0.1 * Rate)];
            double hz = label.Word switch { "go" => 500, "no" => 1000, _ => 1500 };
            Level(middle).ShouldBe(-26, 0.5);
            Share(middle, hz).ShouldBeGreaterThan(0.95);
            Level(samples.AsSpan((int)((label.Start - 0.25) * Rate), (int)(0.1 * Rate))).ShouldBeLessThan(-90);
        }

        var gaps = made.Labels.Zip(made.Labels.Skip(1), (one, next) => next.Start - one.End).ToList();
        // A pause, and up to a tenth of a second that fades on either side.
        gaps.ShouldAllBe(gap => gap >= 0.3 - 0.02 && gap <= 0.6 + 0.2 + 0.02);
        (made.Seconds - made.Labels[^1].End).ShouldBeInRange(0.58, 0.72);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(0)]
    [InlineData(-10)]
    public void LabeledStream_has_speech_so_many_decibels_over_its_noise(double snrDb)
    {
        var request = Request with { SnrDb = snrDb, CommandCount = 30, PhraseHours = 20 / 3600.0 };
        var (samples, made) = Make(request);
        var (clean, again) = Make(request with { Noise = [] });
        again.Labels.ShouldBe(made.Labels);
        float[] noise = [.. samples.Zip(clean, (a, b) => a - b)];
        var word = made.Labels.First(label => label.Word == "go");
        double speech = Level(clean.AsSpan((int)((word.Start + 0.1) * Rate), (int)(0.1 * Rate)));
        (speech - Level(noise)).ShouldBe(snrDb, 0.7);
        // Both recordings of noise, and everything between them, have this level.
        for (int second = 0; second + 2 < noise.Length / Rate; second += 2) Level(noise.AsSpan(second * Rate, 2 * Rate)).ShouldBe(Level(noise), 1.5);
        samples.Max(Math.Abs).ShouldBeLessThan(1);
    }

    [Fact]
    public void LabeledStream_of_a_number_of_commands_and_hours_of_phrases_has_these()
    {
        var made = Make(Request with { CommandCount = 20, PhraseHours = 10 / 3600.0 }).Made;
        made.Commands.ShouldBe(20);
        // The last phrase may be of two seconds.
        (made.PhraseHours * 3600).ShouldBeInRange(10, 12);
        // No clip is said a fourth time before all six were said three times.
        made.Labels.CountBy(label => (label.Word, Length: Math.Round(label.End - label.Start, 1))).Where(count => count.Key.Word != "_unknown_").ShouldAllBe(count => count.Value == 3 || count.Value == 4);
        Make(Request with { Phrases = [], CommandCount = 2 }).Made.Labels.Count.ShouldBe(2);
        // Told before an order of so many is drawn.
        Should.Throw<CorpusException>(() => Make(Request with { CommandCount = int.MaxValue })).Message.ShouldStartWith("The stream would be longer than the ");
    }

    [Fact]
    public void LabeledStream_of_one_request_has_the_same_bytes_and_of_another_seed_others()
    {
        var request = Request with { RoomShare = 0.5, CommandCount = 12 };
        string once = Hash(request), twice = Hash(request), other = Hash(request with { Seed = 2 });
        (twice == once, other == once).ShouldBe((true, false));
        // Streams are benchmarks: what is said when stays the same from version to version.
        string.Join(' ', Make(request).Made.Labels.Select(label => System.FormattableString.Invariant($"{label.Word}@{label.Start:0.0}"))).ShouldBe(
            "no@2.1 go@4.4 go@7.7 no@9.6 no@11.9 go@13.6 no@16.8 _unknown_@19.2 go@21.8 no@23.2 no@25.7 go@27.2 go@29.4 _unknown_@32.5");
    }

    [Fact]
    public void LabeledStream_in_rooms_has_the_labels_of_the_words_without_their_echo()
    {
        var request = Request with { Noise = [], Phrases = [], ShortestPause = 1, LongestPause = 1 };
        var (dry, labels) = (Make(request).Samples, Make(request).Made.Labels);
        var (echoed, after) = Make(request with { RoomShare = 1 });
        after.Labels.Select(label => (label.Word, Math.Round(label.End - label.Start, 6))).ShouldBe(labels.Select(label => (label.Word, Math.Round(label.End - label.Start, 6))));
        labels.Max(label => AfterWord(dry, label)).ShouldBeLessThan(-90);
        after.Labels.Min(label => AfterWord(echoed, label)).ShouldBeGreaterThan(-75);

        static double AfterWord(float[] samples, StreamLabel label) => Level(samples.AsSpan((int)((label.End + 0.02) * Rate), (int)(0.03 * Rate)));
    }

    [Fact]
    public void LabeledStream_leaves_out_what_cannot_be_used_and_names_it()
    {
        _corpus.Record("phrases/silent.wav", new AudioClip(new float[Rate], Rate)).Write("phrases/broken.wav", "no sound").Record("noise/silent.wav", new AudioClip(new float[Rate], Rate));
        var made = Make(Request).Made;
        made.Phrases.ShouldBe(2);
        made.Problems.Select(problem => Path.GetFileName(problem.Path)).Order(StringComparer.Ordinal).ShouldBe(["broken.wav", "silent.wav", "silent.wav"]);
        Should.Throw<CorpusException>(() => Make(Request with { Strict = true })).Message.ShouldContain("is silent and no noise");
        Should.Throw<CorpusException>(() => Make(Request with { Strict = true, Noise = [] }));
        CorpusClip[] unusable = [.. Clips("phrases").Where(clip => clip.Path.EndsWith("silent.wav", StringComparison.Ordinal))];
        Should.Throw<CorpusException>(() => Make(Request with { Phrases = unusable, PhraseHours = 1 })).Message.ShouldStartWith("None of the 1 recordings can be used; the first: 'phrases/silent.wav' is silent");
        Should.Throw<CorpusException>(() => Make(Request with { Noise = unusable })).Message.ShouldStartWith("There is no noise for the stream: 'phrases/silent.wav' is silent");
    }

    [Fact]
    public void StreamRequest_that_is_wrong_names_everything_that_is()
    {
        Should.Throw<ArgumentException>(() => Make(Request with { SnrDb = 100, ShortestPause = 3, RoomShare = -1, SampleRate = 10, CommandCount = 0 })).Message.ShouldBe(
            "The settings of the stream are wrong: CommandCount 0 is below 1; SnrDb 100 is outside -30…60; ShortestPause 3 is outside 0…LongestPause (2.5); "
            + $"RoomShare -1 is outside 0…1; SampleRate 10 is outside {SampleRates.Range}.");
        Should.Throw<ArgumentException>(() => Make(Request with { Phrases = [], PhraseHours = 1 })).Message.ShouldContain("PhraseHours is set without Phrases");
        Should.Throw<CorpusException>(() => Make(Request with { Commands = [] })).Message.ShouldStartWith("There are no clips of commands");
        Should.Throw<CorpusException>(() => Make(Request with { Phrases = Clips("words") })).Message.ShouldContain("is both a command and other speech");
    }

    [Fact]
    public void LabeledStream_files_are_whole_or_not_there()
    {
        string path = _corpus.PathOf("out.wav"), labels = _corpus.PathOf("out.csv");
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Should.Throw<OperationCanceledException>(() => LabeledStream.Write(Request, path, labels, stopped.Token));
        Directory.GetFiles(_corpus.Root).ShouldBeEmpty();
        var made = LabeledStream.Write(Request, path, labels);
        File.ReadAllText(labels).ShouldBe(StreamLabel.Table(made.Labels));
        AudioFile.Read(path).Duration.TotalSeconds.ShouldBe(made.Seconds, 1e-6);
        Should.Throw<OutputException>(() => LabeledStream.Write(Request, _corpus.PathOf("no/such/folder.wav"), labels));
    }

    [Fact]
    public void StreamLabel_table_has_seconds_and_words_as_they_are() =>
        StreamLabel.Table([new(0.5, 1.23456, "turn on, please"), new(2, 3, "say \"yes\"")]).ShouldBe("start,end,word\n0.500,1.235,turn on, please\n2.000,3.000,\"say \"\"yes\"\"\"\n");

    [Fact]
    public void CommandClips_are_those_of_words_speakers_and_lists()
    {
        _corpus.Record("words/go/ben_1.wav").Record("words/no/ben_1.wav").Record("words/_unknown_/ben_1.wav").Write("some.csv", "file,class\ngo/anna_2.wav,go\nno/ben_1.wav,no\n");
        CorpusSource source = new() { Path = _corpus.PathOf("words"), Options = new CorpusOptions { Pattern = "{label}/{speaker}_{index}.wav" } };
        CommandClips.Choose(source, null, [], []).Count.ShouldBe(8);
        CommandClips.Choose(source, null, ["go"], []).Count.ShouldBe(4);
        Names(CommandClips.Choose(source, null, ["go"], ["ben"])).ShouldBe(["go/ben_1.wav"]);
        Names(CommandClips.Choose(source, _corpus.PathOf("some.csv"), [], [])).ShouldBe(["go/anna_2.wav", "no/ben_1.wav"]);
        Fails("'gp' is no word of", () => CommandClips.Choose(source, null, ["gp"], []));
        Fails("did you mean 'go' or 'no'?", () => CommandClips.Choose(source, null, ["mo"], []));
        Fails("'bem' is no speaker of", () => CommandClips.Choose(source, null, [], ["bem"]));
        Fails("There is no clip of 'no' in", () => CommandClips.Choose(source, _corpus.PathOf("some.csv"), ["no"], ["anna"]));
        Fails("There is no folder and no manifest", () => CommandClips.Choose(new CorpusSource { Path = _corpus.PathOf("nowhere") }, null, [], []));

        static void Fails(string message, Action choose) => Should.Throw<CorpusException>(choose).Message.ShouldContain(message);

        static IEnumerable<string> Names(IReadOnlyList<CorpusClip> clips) => clips.Select(clip => clip.Name);
    }

    public void Dispose() => _corpus.Dispose();

    private CorpusClip[] Clips(string folder) =>
    [
        .. Directory.GetFiles(_corpus.PathOf(folder), "*.wav", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => new CorpusClip(path, Path.GetRelativePath(_corpus.Root, path).Replace('\\', '/'), Path.GetFileName(Path.GetDirectoryName(path)!))),
    ];

    private static (float[] Samples, StreamSummary Made) Make(StreamRequest request)
    {
        using var file = new MemoryStream();
        var made = LabeledStream.Write(request, file);
        return (WavReader.Read(file.ToArray(), "stream").Samples, made);
    }

    private static string Hash(StreamRequest request)
    {
        using var file = new MemoryStream();
        LabeledStream.Write(request, file);
        return Convert.ToHexString(SHA256.HashData(file.ToArray()));
    }

    private static AudioClip Tone(double hz, double seconds, double silence)
    {
        float[] pause = new float[(int)(silence * Rate)];
        return new AudioClip([.. pause, .. Enumerable.Range(0, (int)(seconds * Rate)).Select(n => (float)(0.05 * Math.Sin(2 * Math.PI * hz * n / Rate))), .. pause], Rate);
    }

    private static double Level(ReadOnlySpan<float> samples) => ClipLevel.Measure(samples).RmsDb;

    /// <summary>The share of the power that lies at a frequency.</summary>
    private static double Share(ReadOnlySpan<float> samples, double hz)
    {
        double cos = 0, sin = 0, power = 0;
        for (int n = 0; n < samples.Length; n++)
        {
            cos += samples[n] * Math.Cos(2 * Math.PI * hz * n / Rate);
            sin += samples[n] * Math.Sin(2 * Math.PI * hz * n / Rate);
            power += samples[n] * samples[n];
        }

        return 2 * ((cos * cos) + (sin * sin)) / (power * samples.Length);
    }
}
