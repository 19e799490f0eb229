using Mingling.Audio;
using Mingling.Corpora;
using Mingling.Corpora.Layouts;
using Mingling.Corpora.Streams;
using Mingling.Recognition;
using Mingling.Recognition.Enrollment;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Benchmarks.Spotting;

/// <summary>
/// How well commands are heard in streams built of recordings: for each pass a stream of the listed clips, commands among other words and
/// further words (<see cref="LabeledStream"/>), and the noise by itself.
/// </summary>
internal static class SpottingBenchmark
{
    private sealed record Row(
        string Name, double SnrDb, int Words, int Passes, double Hours, double? SpeechHours, double? FalseRejectionRateAtHalf, double? FalseRejectionRateAtOne,
        double? FalseRejectionRateAtFive, double? FalseRejectionRateAtTen, double? WrongCommandRateAtOne, double? LatencyMedian, double? Latency95,
        IReadOnlyList<TradeOffPoint> Curve);

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
            // To a model of one word, the others are other speech.
            Judge(word, new OnlyThisWord(session, word), alone,
                [.. streams.Select(s => s with { Words = [.. s.Words.Select(w => w.Word == word ? w : w with { Word = CorpusClip.UnknownLabel })] })], options);
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
            name, options.SnrDb, report.Words, options.Passes, report.Hours, report.SpeechHours, result.FalseRejectionRateAt(0.5), result.FalseRejectionRateAt(1),
            result.FalseRejectionRateAt(5), result.FalseRejectionRateAt(10), result.PointAt(1)?.WrongCommandRate, report.LatencyMedian, report.Latency95, result.Curve));
        if (options.Out is null) return;
        foreach (var stream in streams)
        {
            Directory.CreateDirectory(options.Out);
            WavWriter.Write(Path.Combine(options.Out, stream.Name + ".wav"), stream.Sound);
            File.WriteAllText(Path.Combine(options.Out, stream.Name + ".csv"), StreamLabel.Table(stream.Words.Select(word => new StreamLabel(word.Start, word.End, word.Word))));
        }
    }

    /// <summary>The model with new words, and the clips of these words that did not enrol them.</summary>
    private static (Recognizer Enrolled, Dictionary<string, List<CorpusClip>> Spoken) Enrolled(Recognizer recognizer, SpottingOptions options)
    {
        var card = recognizer.Card;
        var rest = new Dictionary<string, List<CorpusClip>>(StringComparer.Ordinal);
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
            rest[word] = [.. files.Skip(options.Examples).Select(file => new CorpusClip(file, $"{word}/{Path.GetFileName(file)}", word))];
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

    private static List<Stream> Streams(SpottingOptions options, HashSet<string> commands, Dictionary<string, List<CorpusClip>> further)
    {
        var listed = Clips(options.Corpus, options.List).ToLookup(clip => commands.Contains(clip.Label));
        var background = options.Background is null ? [] : Clips(options.Corpus, options.Background).Where(clip => !commands.Contains(clip.Label));
        string path = Path.GetFullPath(options.Noise);
        var noise = AudioFile.Read(path);
        var request = new StreamRequest
        {
            Commands = [.. listed[true], .. further.Values.SelectMany(clips => clips)],
            Phrases = [.. listed[false].Concat(background).DistinctBy(clip => clip.Path)],
            Noise = [new CorpusClip(path, options.Noise, CorpusClip.NoiseLabel)],
            SnrDb = options.SnrDb,
            SampleRate = noise.SampleRate,
        };
        return [new("noise", noise, []), .. Enumerable.Range(0, options.Passes).Select(Pass)];

        Stream Pass(int pass)
        {
            using var file = new MemoryStream();
            var made = LabeledStream.Write(request with { Seed = SeededRandom.Derive((ulong)options.Seed, (ulong)pass) }, file);
            file.Position = 0;
            return new($"words-{pass + 1}", WavReader.Read(file, "stream"), [.. made.Labels.Select(label => new WordInterval(label.Start, label.End, label.Word))]);
        }
    }

    private static IReadOnlyList<CorpusClip> Clips(string corpus, string list) =>
        CorpusReader.Read(corpus, new CorpusOptions { Layout = CorpusLayout.Lists, ValidationList = list }).Clips;
}
