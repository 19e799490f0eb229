using Mingling.Corpora;
using Mingling.Training.Data;

namespace Mingling.Tests.Shared;

/// <summary>"Words" made of two tones, said by "speakers" whose voices lie higher or lower: small enough to learn in a second.</summary>
internal static class Tones
{
    private const int Rate = 16000;
    private static readonly (string Word, double First, double Second)[] Words = [("rise", 400, 900), ("fall", 900, 400), ("flat", 600, 600), ("上", 400, 2500)];

    public static TrainingData Data(int trainSpeakers = 5, int validationSpeakers = 2, int takes = 3) =>
        new([.. Words.Select(w => w.Word).Order(StringComparer.Ordinal)], Clips(0, trainSpeakers, takes), Clips(trainSpeakers, validationSpeakers, takes), []);

    public static List<LoadedClip> Clips(int firstSpeaker, int speakers, int takes) =>
        [.. from speaker in Enumerable.Range(firstSpeaker, speakers)
            from word in Words
            from take in Enumerable.Range(0, takes)
            select Clip(word.Word, word.First, word.Second, speaker, take)];

    private static LoadedClip Clip(string word, double first, double second, int speaker, int take)
    {
        var random = new Random(1000 * speaker + take);
        // Held-out voices lie between those that are learned.
        double voice = 0.85 + 0.06 * (speaker * 3 % 7), phase = 0;
        float[] samples = new float[Rate * 6 / 10];
        for (int i = 0; i < samples.Length; i++)
        {
            phase += 2 * Math.PI * voice * (i < samples.Length / 2 ? first : second) / Rate;
            samples[i] = (float)(0.3 * Math.Sin(phase) + 0.01 * (random.NextDouble() - 0.5));
        }
        string name = $"{word}/s{speaker}_{take}.wav";
        return new LoadedClip(new CorpusClip("/nowhere/" + name, name, word) { Speaker = $"s{speaker}" }, samples);
    }
}
