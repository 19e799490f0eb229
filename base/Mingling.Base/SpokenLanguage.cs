using Mingling.Audio;
using Mingling.Corpora.Speech;

namespace Mingling.Base;

/// <summary>The words of one language, spoken by its voices.</summary>
internal static class SpokenLanguage
{
    private const int SampleRate = 16_000;
    private const double Slowest = 100, Fastest = 260, EchoShare = 0.4, SilenceDb = -40, FliteShare = 0.25;

    // Languages whose words are said with several accents.
    private static readonly Dictionary<string, string[]> Accents = new()
    {
        ["en-us"] = ["en-us", "en-gb", "en-gb-x-rp", "en-gb-scotland", "en-us-nyc"],
        ["es"] = ["es", "es-419"],
        ["fr-fr"] = ["fr-fr", "fr-be", "fr-ch"],
        ["cmn"] = ["cmn-latn-pinyin"],
    };

    private static readonly string[] Flite = ["slt", "rms", "awb", "kal16"];

    public static void Speak(string list, string folder, int clipsPerWord)
    {
        string manifest = Path.Combine(folder, "manifest.csv"), language = Path.GetFileNameWithoutExtension(list);
        if (File.Exists(manifest)) return;
        var espeak = EspeakNg.Open();
        // The library knows voices by their files.
        string[] accents = [.. Accents.GetValueOrDefault(language, [language]).Select(accent => espeak.Voices.First(voice => voice.Language == accent).Id)];
        string[] variants = [.. espeak.Variants.Select(variant => variant.Id).Where(IsSpeaker).Order(StringComparer.Ordinal)];
        var rows = new List<string> { "path,label,speaker" };
        var words = WordList.Read(list);
        for (int w = 0; w < words.Count; w++)
        {
            Directory.CreateDirectory(Path.Combine(folder, $"{w:0000}"));
            for (int k = 0; k < clipsPerWord; k++)
            {
                var random = new SeededRandom(SeededRandom.Derive(Hash(language), (ulong)w, (ulong)k));
                bool flite = language == "en-us" && random.NextDouble() < FliteShare;
                string voice = flite ? Flite[random.Next(Flite.Length)] : $"{accents[random.Next(accents.Length)]}+{variants[random.Next(variants.Length)]}";
                double speed = Slowest * Math.Pow(Fastest / Slowest, random.NextDouble());
                var said = flite
                    ? FliteProgram.Speak(voice, words[w].Text, 175 / speed)
                    : EspeakLibrary.Speak(voice, words[w].Text, (int)Math.Round(speed), random.Next(20, 80), random.Next(60, 111));
                float[] samples = Resampler.Resample(said, SampleRate).Samples;
                if (samples.Length > 0 && random.NextDouble() < EchoShare) samples = RoomEcho.Add(samples, SampleRate, random);
                samples = Trimmed(samples);
                if (samples.Length < SampleRate / 10) continue;
                string path = $"{w:0000}/{k:00}.wav";
                WavWriter.Write(Path.Combine(folder, path), new AudioClip(samples, SampleRate));
                rows.Add($"{path},{words[w].Label},{voice}");
            }
        }
        // Last, and whole or not at all.
        File.WriteAllLines(manifest + ".new", rows);
        File.Move(manifest + ".new", manifest);
        Console.WriteLine($"{language}: {rows.Count - 1} clips of {words.Count} words");
    }

    private static bool IsSpeaker(string variant) => !new[] { "robo", "announcer", "demonic", "whisper", "fast" }.Any(part => variant.Contains(part, StringComparison.OrdinalIgnoreCase));

    private static ulong Hash(string text) => text.Aggregate(14695981039346656037UL, (hash, c) => (hash ^ c) * 1099511628211UL);

    private static float[] Trimmed(float[] samples)
    {
        float threshold = samples.Length == 0 ? 0 : samples.Max(Math.Abs) * (float)Math.Pow(10, SilenceDb / 20);
        if (threshold == 0) return [];
        int first = Array.FindIndex(samples, sample => Math.Abs(sample) > threshold), last = Array.FindLastIndex(samples, sample => Math.Abs(sample) > threshold);
        return samples[first..(last + 1)];
    }
}
