using System.Text.Json;
using Mingling.Audio;
using Mingling.Corpora;
using Mingling.Corpora.Inspection;
using Mingling.Corpora.Splitting;
using Mingling.Experiments.Inspection;
using Mingling.Training.Models;

namespace Mingling.Experiments.Tests.Inspection;

public class ModelInspectorTests
{
    private const int Rate = 16000;
    private static readonly string[] Words = ["go", "no", "stop"];

    [Fact]
    public void Wrong_labels_are_named_with_what_fits_better_and_the_others_are_not()
    {
        using var files = Recordings().Record("go/stop_anna_9.wav").Record("stop/no_ben_9.wav").RecordAll("strange/go_1.wav", "strange/go_2.wav");
        var corpus = files.Open();
        var anna = corpus.Clips.Single(clip => clip.Name == "go/stop_anna_9.wav");
        var splits = new CorpusSplits { Train = [anna], Validation = [.. corpus.Clips.Where(clip => clip != anna)], Test = [] };
        var found = Inspect(corpus, splits);
        found.Judged.ShouldBe(3 * 12 + 2);
        found.NotJudged.ShouldBe(2);
        found.UnknownWords.ShouldBe(["strange"]);
        found.Suspects.Count.ShouldBe(2);
        found.Suspects.Worst.Select(clip => (clip.Clip, clip.Label, clip.Likely, clip.Split)).ShouldBe(
            [("go/stop_anna_9.wav", "go", "stop", Split.Train), ("stop/no_ben_9.wav", "stop", "no", Split.Validation)], ignoreOrder: true);
        found.Suspects.Worst.Select(clip => clip.Score).ShouldBeInOrder(SortDirection.Descending);
        found.Suspects.Worst.ShouldAllBe(clip => clip.Score > 0.5);
        found.Suspects.Worst.ShouldAllBe(clip => clip.Speaker == corpus.Clips.Single(of => of.Name == clip.Clip).Speaker);

        var one = Inspect(corpus, splits, most: 1);
        one.Suspects.Count.ShouldBe(2);
        one.Suspects.Worst.ShouldBe([found.Suspects.Worst[0]]);
        JsonSerializer.Serialize(Inspect(corpus, splits, threads: 4)).ShouldBe(JsonSerializer.Serialize(found));
    }

    [Fact]
    public void Corpus_without_a_word_of_the_model_and_a_list_of_nothing_are_refused()
    {
        using var files = new TemporaryCorpus().RecordAll("up/up_1.wav", "down/down_1.wav");
        Should.Throw<CorpusException>(() => Inspect(files.Open())).Message.ShouldEndWith("carries a word of the model; it knows go, no, stop.");
        using var broken = new TemporaryCorpus().Write("go/go_1.wav", "no sound").Record("up/up_1.wav");
        Should.Throw<CorpusException>(() => Inspect(broken.Open())).Message.ShouldEndWith("it knows go, no, stop.");
        using var whole = Recordings();
        Should.Throw<ArgumentOutOfRangeException>(() => Inspect(whole.Open(), most: 0));
        using var canceled = new CancellationTokenSource();
        canceled.Cancel();
        Should.Throw<OperationCanceledException>(() => ModelInspector.Inspect(whole.Open(), null, new ByName([]), cancellation: canceled.Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Copies_in_another_split_are_found_and_other_takes_are_not(int seed)
    {
        using var files = new TemporaryCorpus();
        foreach (string file in Words.SelectMany(SampleClips.Of).Where(file => file.EndsWith("_1.wav", StringComparison.Ordinal)))
            files.Record($"train/{Path.GetFileName(Path.GetDirectoryName(file))}_{Path.GetFileName(file)}", AudioFile.Read(file, Rate));
        float[] Word(string name) => SampleClips.Read(name, Rate);
        var random = new Random(seed);
        float level = (float)Math.Sqrt(Word("no/m1_1").Average(sample => sample * sample));
        float[] telephone = new Resampler(8000, Rate).Process(new Resampler(Rate, 8000).Process(Word("go/ed_1")));
        files.Record("validation/no_quiet.wav", new AudioClip([.. Word("no/f1_1").Select(sample => 0.2f * sample)], Rate))
            .Record("validation/no_noisy.wav", new AudioClip([.. Word("no/m1_1").Select(s => s + 0.17f * level * (2 * random.NextSingle() - 1))], Rate))
            .Record("validation/go_telephone.wav", new AudioClip(telephone, Rate))
            .Record("validation/go_low-rate.wav", new AudioClip(new Resampler(Rate, 11025).Process(Word("go/m2_1")), 11025))
            .Record("validation/stop_later.wav", new AudioClip([.. new float[480], .. Word("stop/f5_1")], Rate))
            .Record("validation/stop_equal.wav", new AudioClip(Word("stop/m2_1"), Rate))
            .Record("validation/stop_take.wav", new AudioClip(Word("stop/f5_2"), Rate))
            .Record("validation/go_take.wav", new AudioClip(Word("go/f5_2"), Rate));
        files.Write("manifest.csv", "path,label,split\n" + string.Concat(Directory.GetFiles(files.Root, "*.wav", SearchOption.AllDirectories).Select(file =>
        {
            string name = Path.GetRelativePath(files.Root, file).Replace('\\', '/');
            return $"{name},{Path.GetFileName(name).Split('_')[0]},{name.Split('/')[0]}\n";
        })));
        var corpus = files.Open();
        var splits = CorpusSplitter.Split(corpus, MadeCorpus.WithoutSound);
        var found = Inspect(corpus, splits).NearDuplicates;
        found.Worst.Select(pair => (pair.First, pair.Second)).ShouldBe(
        [
            ("train/no_f1_1.wav", "validation/no_quiet.wav"), ("train/no_m1_1.wav", "validation/no_noisy.wav"),
            ("train/go_ed_1.wav", "validation/go_telephone.wav"), ("train/go_m2_1.wav", "validation/go_low-rate.wav"),
            ("train/stop_f5_1.wav", "validation/stop_later.wav"),
        ], ignoreOrder: true);
        found.Count.ShouldBe(5);
        found.Worst.Select(pair => pair.Correlation).ShouldBeInOrder(SortDirection.Descending);
        found.Worst.ShouldAllBe(pair => pair.Correlation <= 1 && pair.FirstSplit == Split.Train && pair.SecondSplit == Split.Validation && pair.FirstLabel == pair.SecondLabel);
        found.Worst.Single(pair => pair.Second.EndsWith("later.wav", StringComparison.Ordinal)).LagSeconds.ShouldBe(0.03, 1e-9);
        CorpusInspector.Inspect(corpus, splits).Duplicates.ShouldHaveSingleItem().Clips.ShouldBe(["train/stop_m2_1.wav", "validation/stop_equal.wav"]);
        Inspect(corpus).NearDuplicates.Count.ShouldBe(0, "without splits nothing is in two of them");
    }

    [Fact]
    public void Clips_in_which_nothing_is_said_are_named_but_not_those_of_silence()
    {
        using var files = new TemporaryCorpus().Record("go/go_noise.wav", seconds: 1).Record("no/no_silent.wav", new AudioClip(new float[Rate], Rate))
            .Record("_silence_/x_1.wav", seconds: 1)
            .Record("stop/stop_real.wav", new AudioClip(SampleClips.Read("stop/f5_1", Rate), Rate));
        var found = Inspect(files.Open()).Speechless;
        found.Count.ShouldBe(2);
        found.Worst.Select(clip => (clip.Clip, clip.Label)).ShouldBe([("no/no_silent.wav", "no"), ("go/go_noise.wav", "go")]);
        found.Worst[0].ContrastDb.ShouldBe(0);
        found.Worst[1].ContrastDb.ShouldBeInRange(1e-3, 8);
    }

    [Fact]
    public void Json_holds_the_findings_only_where_a_model_was_asked()
    {
        using var files = Recordings().Record("go/stop_anna_9.wav");
        var corpus = files.Open();
        var inspection = CorpusInspector.Inspect(corpus);
        JsonDocument.Parse(inspection.ToJson()).RootElement.TryGetProperty("model", out _).ShouldBeFalse();
        var model = JsonDocument.Parse((inspection with { Model = Inspect(corpus) }).ToJson()).RootElement.GetProperty("model");
        model.GetProperty("judged").GetInt32().ShouldBe(37);
        model.GetProperty("suspects").GetProperty("worst")[0].GetProperty("likely").GetString().ShouldBe("stop");
    }

    [Fact]
    public void A_corpus_that_is_divided_measured_and_judged_is_decoded_once()
    {
        using var files = Recordings().Record("go/stop_anna_9.wav");
        var corpus = files.Open();
        string[] spoken = [.. corpus.Clips.Select(clip => Path.GetFileName(clip.Name).Split('_')[0])];
        var (sounds, none) = (new InspectedFiles(), new InspectedFiles(room: 0));
        var splits = CorpusSplitter.SplitDecoding(corpus, null, sounds.Read);
        string measured = CorpusInspector.Inspect(corpus, splits, sounds, 2, TestContext.Current.CancellationToken).ToJson();
        var judged = ModelInspector.Inspect(corpus, splits, new ByName(spoken), sounds, 100, 2, TestContext.Current.CancellationToken);
        sounds.Count.ShouldBe(corpus.Clips.Count);

        // What finds no room is decoded each time, with the same result.
        CorpusInspector.Inspect(corpus, splits, none, 1, TestContext.Current.CancellationToken).ToJson().ShouldBe(measured);
        JsonSerializer.Serialize(ModelInspector.Inspect(corpus, splits, new ByName(spoken), none, 100, 1, TestContext.Current.CancellationToken)).ShouldBe(JsonSerializer.Serialize(judged));
        none.Count.ShouldBe(2 * corpus.Clips.Count);
    }

    private static TemporaryCorpus Recordings() => new TemporaryCorpus().RecordAll(
        from word in Words
        from speaker in new[] { "anna", "ben", "carl", "dora", "emil", "fay" }
        from take in new[] { 1, 2 }
        select $"{word}/{word}_{speaker}_{take}.wav");

    private static ModelInspection Inspect(Corpus corpus, CorpusSplits? splits = null, int most = 100, int threads = 1)
    {
        string[] spoken = [.. corpus.Clips.Where(clip => corpus.Problems.All(problem => problem.Path != clip.Name)).Select(clip => Path.GetFileName(clip.Name).Split('_')[0])];
        return ModelInspector.Inspect(corpus, splits, new ByName(spoken), most, threads, TestContext.Current.CancellationToken);
    }

    /// <summary>A model that hears what the names of the files say, a little differently in each clip.</summary>
    private sealed class ByName(string[] spoken) : IClipRecognizer
    {
        public IReadOnlyList<string> Classes => Words;

        public int SampleRate => Rate;

        public ClipWindow Window { get; } = new(FeatureSettings.LogMel40, 1);

        public IReadOnlyList<ClipOutput> Recognize(IReadOnlyList<float[]> clips) => [.. clips.Select((_, i) =>
        {
            float[] heard = [.. Words.Select(word => word == spoken[i] ? 0.9f : 0.05f)];
            return new ClipOutput(heard, [.. heard.Select((share, k) => share + 0.01f * ((i * 7 + k * 3) % 5))]);
        })];

        public void Dispose()
        {
        }
    }
}
