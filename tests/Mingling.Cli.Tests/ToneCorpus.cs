using Mingling.Audio;

namespace Mingling.Cli.Tests;

/// <summary>A temporary folder with a corpus of "words" made of tones, one folder for each word.</summary>
internal sealed class ToneCorpus : IDisposable
{
    private const int Rate = 16000;
    private static readonly (string Word, double First, double Second)[] Words = [("turn on", 400, 900), ("turn off", 900, 400), ("停", 600, 600)];

    public ToneCorpus(int speakers = 4, int takes = 3)
    {
        foreach (var (word, first, second) in Words)
            for (int speaker = 0; speaker < speakers; speaker++)
                for (int take = 0; take < takes; take++) Write(word, first, second, speaker, take);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("mingling-cli-").FullName;

    public string Corpus => Path.Combine(Folder, "corpus");

    public string this[string name] => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Write(string word, double first, double second, int speaker, int take)
    {
        var random = new Random(100 * speaker + take);
        double voice = 0.9 + 0.07 * speaker, phase = 0;
        float[] samples = new float[Rate / 2];
        for (int i = 0; i < samples.Length; i++)
        {
            phase += 2 * Math.PI * voice * (i < samples.Length / 2 ? first : second) / Rate;
            samples[i] = (float)(0.3 * Math.Sin(phase) + 0.01 * (random.NextDouble() - 0.5));
        }
        string folder = Path.Combine(Corpus, word);
        Directory.CreateDirectory(folder);
        WavWriter.Write(Path.Combine(folder, $"speaker{speaker}_take_{take}.wav"), new AudioClip(samples, Rate));
    }
}
