using Mingling.Audio;
using Mingling.Corpora;
using Mingling.Experiments.Reports.Content;
using Mingling.Training.Models;
using Mingling.Training.Recipes;
using Mingling.Training.Runs;

namespace Mingling.Tests.Shared;

/// <summary>Reports of runs that were never trained: the outputs of their models are made up, and so are their recordings.</summary>
internal static class MadeRuns
{
    private const int Rate = 16000, Dimension = 6, ErrorEvery = 7;

    /// <summary>Words that would be markup, script or a change of direction if they were not escaped.</summary>
    public static IReadOnlyList<string> HostileWords { get; } =
    [
        "<script>hostile=1</script>", "</script><img src=x onerror=hostile=2>", "a&b\" onclick=\"hostile=3\" 'c", "افتح الباب", "打开", "a\u202Etxt", "${hostile=4}",
    ];

    /// <summary>A run over some words, of which every seventh clip is taken for the next word.</summary>
    /// <param name="folder">A folder for its manifest; its name is the name of the run.</param>
    /// <param name="words">The words, at least 2.</param>
    /// <param name="clips">The clips of each word.</param>
    public static RunReport Run(string folder, IReadOnlyList<string> words, int clips = 14)
    {
        var random = new Random(1);
        double[][] centers = [.. words.Select(_ => Enumerable.Range(0, Dimension).Select(_ => 6 * random.NextDouble()).ToArray())];
        var loaded = new List<LoadedClip>();
        var outputs = new Dictionary<float[], ClipOutput>();
        for (int word = 0; word < words.Count; word++)
            for (int i = 0; i < clips; i++)
            {
                bool wrong = i % ErrorEvery == 3;
                int heard = wrong ? (word + 1) % words.Count : word;
                string name = $"{words[word]}/{i}.wav";
                var clip = new LoadedClip(new CorpusClip("/nowhere/" + name, name, words[word]) { Speaker = $"<i>{i % 4}</i>" }, Tone(200 + 100 * word));
                loaded.Add(clip);
                float[] embedding = [.. centers[heard].Select(x => (float)(x + random.NextDouble()))];
                float[] posteriors = [.. words.Select((_, k) => k == heard ? 0.9f : 0.1f / (words.Count - 1))];
                outputs[clip.Samples] = new ClipOutput(posteriors, embedding);
            }
        using var model = new MadeModel(words, outputs);
        return RunReport.Measure(Begin(folder, words), model, false, new ReportClips(loaded, "those that nobody said", 0, [])) with { History = [.. Enumerable.Range(1, 5).Select(Epoch)] };
    }

    /// <summary>The folder of a run that has no epoch.</summary>
    public static RunDirectory Begin(string folder, IReadOnlyList<string> words) => RunDirectory.Create(folder, new RunManifest
    {
        Version = "test",
        Recipe = TrainingRecipe.Default,
        Classes = words,
        Corpus = new RunCorpus { Source = new CorpusSource { Path = "/nowhere/<b>corpus</b>" }, TrainingClips = [], ValidationClips = [] },
    });

    /// <summary>A report of these runs alone.</summary>
    public static Report Of(params IReadOnlyList<RunReport> runs) => new(runs, [], "test", new DateTime(2026, 1, 2, 3, 4, 5));

    private static EpochReport Epoch(int epoch) => new(epoch, new LossParts(1.0 / epoch, [new LossPartValue("softmax", 1, 1.0 / epoch)]),
        0.5, 0.1 * epoch, 1.0 / epoch, 0.01, 1, 100, epoch == 5, new EmbeddingReport(1, 0.5, null, 1, 2, null, null));

    private static float[] Tone(double hertz) =>
        [.. Enumerable.Range(0, Rate / 2).Select(i => (float)(0.3 * Math.Sin(2 * Math.PI * hertz * i / Rate)))];

    private sealed class MadeModel(IReadOnlyList<string> words, Dictionary<float[], ClipOutput> outputs) : IClipRecognizer
    {
        public IReadOnlyList<string> Classes => words;

        public int SampleRate => Rate;

        public ClipWindow Window { get; } = new(FeatureSettings.LogMel40, 1);

        public IReadOnlyList<ClipOutput> Recognize(IReadOnlyList<float[]> clips) => [.. clips.Select(clip => outputs[clip])];

        public void Dispose()
        {
        }
    }
}
