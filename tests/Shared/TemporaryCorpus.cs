using Mingling.Audio;
using Mingling.Corpora;
using Mingling.Corpora.Layouts;

namespace Mingling.Tests.Shared;

/// <summary>A folder of short generated recordings that goes away with the test.</summary>
internal sealed class TemporaryCorpus : IDisposable
{
    private int _recordings;

    public string Root { get; } = Directory.CreateTempSubdirectory("mingling-corpus-").FullName;

    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>Records noise that is different for each recording, or the same for the same seed.</summary>
    public TemporaryCorpus Record(string name, double seconds = 0.01, int rate = 8000, float level = 0.1f, int? seed = null)
    {
        var random = new Random(seed ?? ++_recordings);
        float[] samples = new float[(int)Math.Round(seconds * rate)];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = level * (2 * random.NextSingle() - 1);
        return Record(name, new AudioClip(samples, rate));
    }

    public TemporaryCorpus Record(string name, AudioClip clip)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        WavWriter.Write(PathOf(name), clip);
        return this;
    }

    public TemporaryCorpus RecordAll(params IEnumerable<string> names)
    {
        foreach (string name in names)
            Record(name);
        return this;
    }

    public TemporaryCorpus Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
        return this;
    }

    public Corpus Open(CorpusOptions? options = null) => CorpusReader.Read(Root, options);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>Names such as <c>yes/anna_1.wav</c> for all words, speakers and takes.</summary>
    public static IEnumerable<string> FolderNames(string[] words, string[] speakers, int takes) =>
        from word in words
        from speaker in speakers
        from take in Enumerable.Range(1, takes)
        select $"{word}/{speaker}_{take}.wav";
}
