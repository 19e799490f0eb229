using Mingling.Audio;
using Mingling.Recognition;
using Mingling.Recognition.Enrollment;
using Mingling.Recognition.Models;

namespace Mingling.Boards.Tests.Support;

/// <summary>Model files that decide often, and sound for them.</summary>
internal static class BoardModels
{
    /// <summary>An encoder with drawn weights whose words are reported wherever they win, with a calibration and, on demand, scores of each kind.</summary>
    public static string Drawn(string path, string encoder, FeatureSettings? features = null, bool background = false, bool geometry = false)
    {
        MadeModels.Export(path, encoder, features);
        ModelFile.Update(path, card =>
        {
            string[] commands = [.. card.Classes.Where(Vocabulary.IsCommand)];
            card = card with
            {
                Calibration = new Calibration(1, 2, "test") { Commands = [.. commands.Select((word, i) => new CommandThreshold(word, 0.02 + (0.02 * i), 0.5, 1.9))] },
                Background = background ? new BackgroundScore(5, 0.3, 240) : null,
            };
            return geometry ? card with { Geometry = Geometry(card, commands) } : card;
        });
        return path;
    }

    /// <summary>The base encoder with two enrolled words, and verifiers of them if asked for.</summary>
    public static string Enrolled(string path, bool verified = false)
    {
        using var recognizer = Recognizer.Load(BaseModel.Name, BaseModel.Read());
        using var model = recognizer.OpenSpottingModel();
        var card = recognizer.Card;
        foreach (string word in (string[])["stop", "开灯"])
        {
            var examples = SampleClips.Of(word).Take(4).Select(file => new EnrollmentExample(file, AudioFile.Read(file, 16_000))).ToList();
            card = EnrolledWords.Add(card, new WordEnroller(model, card).Enroll(word, examples).Word);
            if (verified) card = Verifiers.Set(card, [new VerifierTrainer(model, card, [Words(16_000, 4)]).Train(word, examples).Verifier]);
        }
        File.WriteAllBytes(path, BaseModel.Read());
        ModelFile.WriteCard(path, card);
        return path;
    }

    /// <summary>Words by several voices with a noise that comes and goes between them.</summary>
    public static AudioClip Words(int rate, int seconds)
    {
        var random = new SeededRandom(7);
        string[] files = [.. ((string[])["stop", "开灯", "go", "上楼"]).SelectMany(word => SampleClips.Of(word).Skip(4).Take(6))];
        var samples = new List<float>();
        for (int i = 0; samples.Count < rate * seconds; i++)
        {
            double level = i % 3 == 0 ? 1e-5 : 0.003 * random.NextDouble();
            int pause = (int)(rate * (0.2 + (1.5 * random.NextDouble())));
            for (int n = 0; n < pause; n++) samples.Add((float)(level * (random.NextDouble() - 0.5)));
            samples.AddRange(AudioFile.Read(files[i * 7 % files.Length], rate).Samples);
        }
        return new AudioClip([.. samples.Take(rate * seconds)], rate);
    }

    private static EmbeddingGeometry Geometry(ModelCard card, string[] commands)
    {
        var random = new SeededRandom(3);
        int size = card.EmbeddingSize;
        return new EmbeddingGeometry(Draw(size), Draw(size * size), commands.Take(2).ToDictionary(word => word, _ => Draw(size)), 0.5);

        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
    }
}
