using Mingling.Audio;
using Mingling.Corpora;
using Mingling.Corpora.Layouts;
using Mingling.Recognition;
using Mingling.Recognition.Enrollment;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Benchmarks.Spotting;

/// <summary>
/// How well commands are heard in streams built of recordings: for each pass a stream of the listed clips, commands among other words, and
/// one of further words, and the noise by itself.
/// </summary>
internal static class SpottingBenchmark
{
    private sealed record Row(
        string Name, double SnrDb, int Words, int Passes, double Hours, double? FalseRejectionRateAtHalf, double? FalseRejectionRateAtOne,
        double? FalseRejectionRateAtTen, double? LatencyMedian, double? Latency95, IReadOnlyList<TradeOffPoint> Curve);

    private sealed record Stream(string Name, AudioClip Sound, IReadOnlyList<WordInterval> Words);

    public static void Run(string[] args)
    {
        var options = SpottingOptions.Parse(args);
        using var recognizer = Recognizer.Load(options.Model);
        if (options.Enroll is null)
        {
            using var model = recognizer.OpenSpottingModel();
            var known = model.Classes.Where(Vocabulary.IsCommand).ToHashSet();
            Judge("commands", model, Settings(recognizer.Card, options.SmoothingMs), Streams(options, known, []), options);
            return;
        }

        var (enrolled, rest) = Enrolled(recognizer, options);
        var streams = Streams(options, [], rest);
        using var session = enrolled.OpenSpottingModel();
        foreach (string word in rest.Keys)
        {
            var settings = Settings(enrolled.Card, options.SmoothingMs);
            var alone = settings with { Decision = settings.Decision with { Thresholds = [settings.Decision.For(word)] } };
            Judge(word, new OnlyThisWord(session, word), alone, [.. streams.Select(s => s with { Words = [.. s.Words.Where(w => w.Word == word)] })], options);
        }
        enrolled.Dispose();
    }

    private static SpotterSettings Settings(ModelCard card, double? smoothingMs)
    {
        var settings = SpotterSettings.FromCard(card);
        return smoothingMs is null ? settings : settings with { Decision = settings.Decision with { SmoothingMs = smoothingMs.Value } };
    }

    private static void Judge(string name, IPosteriorModel model, SpotterSettings settings, List<Stream> streams, SpottingOptions options)
    {
        (PosteriorTrack, IReadOnlyList<WordInterval>)[] tracks = [.. streams.Select(stream => (PosteriorTrack.Record(model, stream.Sound, settings), stream.Words))];
        var result = StreamEvaluation.Measure(tracks, settings.Decision);
        var report = result.AtThresholds;
        JsonLines.Write(new Row(
            name, options.SnrDb, report.Words, options.Passes, report.Hours, result.FalseRejectionRateAt(0.5), result.FalseRejectionRateAt(1),
            result.FalseRejectionRateAt(10), report.LatencyMedian, report.Latency95, result.Curve));
        if (options.Out is null) return;
        foreach (var stream in streams)
        {
            Directory.CreateDirectory(options.Out);
            WavWriter.Write(Path.Combine(options.Out, stream.Name + ".wav"), stream.Sound);
            File.WriteAllLines(
                Path.Combine(options.Out, stream.Name + ".csv"),
                stream.Words.Select(word => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{word.Start:0.000},{word.End:0.000},{word.Word}")).Prepend("start,end,word"));
        }
    }

    /// <summary>The model with new words, and the clips of these words that did not enrol them.</summary>
    private static (Recognizer Enrolled, Dictionary<string, List<AudioClip>> Spoken) Enrolled(Recognizer recognizer, SpottingOptions options)
    {
        var card = recognizer.Card;
        var rest = new Dictionary<string, List<AudioClip>>(StringComparer.Ordinal);
        using var model = recognizer.OpenSpottingModel();
        foreach (string folder in Directory.GetDirectories(options.Enroll!).Order(StringComparer.Ordinal))
        {
            string word = Path.GetFileName(folder);
            string[] files = [.. Directory.GetFiles(folder, "*.wav").Order(StringComparer.Ordinal)];
            new Random(options.Seed).Shuffle(files);
            EnrollmentExample[] examples = [.. files.Take(options.Examples).Select(file => new EnrollmentExample(file, AudioFile.Read(file)))];
            var result = new WordEnroller(model, card).Enroll(word, examples);
            foreach (var finding in result.Findings) Console.Error.WriteLine(finding.Text);
            card = EnrolledWords.Add(card, result.Word);
            rest[word] = [.. files.Skip(options.Examples).Select(file => AudioFile.Read(file))];
        }

        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        ModelFile.WriteCard(options.Model, card, path);
        try
        {
            return (Recognizer.Load(path), rest);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static List<Stream> Streams(SpottingOptions options, HashSet<string> commands, Dictionary<string, List<AudioClip>> further)
    {
        var noise = AudioFile.Read(options.Noise);
        (AudioClip, string?)[] heard =
        [
            .. Clips(options.Corpus, options.List).Select(clip => (AudioFile.Read(clip.Path), commands.Contains(clip.Label) ? clip.Label : null)),
            .. further.SelectMany(word => word.Value.Select(clip => (clip, (string?)word.Key))),
        ];
        List<AudioClip> background = options.Background is null
            ? []
            : [.. Clips(options.Corpus, options.Background).Where(clip => !commands.Contains(clip.Label)).Select(clip => AudioFile.Read(clip.Path))];

        List<Stream> streams = [new("noise", noise, [])];
        var random = new Random(options.Seed);
        for (int pass = 0; pass < options.Passes; pass++)
        {
            streams.Add(Mixed($"words-{pass + 1}", heard));
            if (background.Count > 0) streams.Add(Mixed($"background-{pass + 1}", [.. background.Select(clip => (clip, (string?)null))]));
        }
        return streams;

        Stream Mixed(string name, IReadOnlyList<(AudioClip Clip, string? Label)> clips)
        {
            var stream = new NoisyStream(noise, options.SnrDb, random);
            var order = clips.ToArray();
            random.Shuffle(order);
            foreach ((var clip, string? label) in order) stream.Say(clip, label);
            var (sound, words) = stream.End();
            return new(name, sound, words);
        }
    }

    private static IReadOnlyList<CorpusClip> Clips(string corpus, string list) =>
        CorpusReader.Read(corpus, new CorpusOptions { Layout = CorpusLayout.Lists, ValidationList = list }).Clips;
}
