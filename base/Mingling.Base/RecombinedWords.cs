using Mingling.Audio;
using Mingling.Corpora;
using Mingling.Corpora.Layouts;
using Mingling.Training.Data;

namespace Mingling.Base;

/// <summary>
/// More words than people have said: of recordings of few words by many people, the words themselves, the same backwards, and words that begin
/// as one and end as another by the same person. Voices, microphones and rooms are real, and what distinguishes the words is what is said.
/// </summary>
internal static class RecombinedWords
{
    private const int SampleRate = 16_000;
    private const double Margin = 0.1, Fade = 0.01, EarliestSeam = 0.35, LatestSeam = 0.65;

    /// <summary>Writes a folder of clips and its manifest.</summary>
    /// <param name="source">A manifest of recordings with words and speakers.</param>
    /// <param name="folder">Receives the clips.</param>
    /// <param name="copies">How often each recording itself is in the manifest.</param>
    /// <param name="takes">How often each speaker says each word that is joined of two.</param>
    public static void Write(string source, string folder, int copies, int takes)
    {
        string manifest = Path.Combine(folder, "manifest.csv");
        if (File.Exists(manifest)) return;
        var clips = ClipLoader.Load([.. CorpusReader.Read(source).Clips], SampleRate).Clips;
        var rows = new List<string> { "path,label,speaker,split" };
        void Add(float[] samples, string word, string? speaker)
        {
            string path = $"{rows.Count:000000}.wav";
            WavWriter.Write(Path.Combine(folder, path), new AudioClip(samples, SampleRate));
            rows.Add($"{path},{word},{speaker},train");
        }
        Directory.CreateDirectory(folder);
        foreach (var clip in clips)
        {
            float[] said = Around(clip.Samples, SpeechStretch.Find(clip.Samples));
            for (int k = 0; k < copies; k++) Add(said, clip.Clip.Label, clip.Clip.Speaker);
            Array.Reverse(said);
            Add(said, "backwards " + clip.Clip.Label, clip.Clip.Speaker);
        }
        var random = new SeededRandom(1);
        foreach (var speaker in clips.Where(clip => clip.Clip.Speaker is not null).GroupBy(clip => clip.Clip.Speaker).OrderBy(speaker => speaker.Key, StringComparer.Ordinal))
        {
            var words = speaker.GroupBy(clip => clip.Clip.Label).OrderBy(word => word.Key, StringComparer.Ordinal).Select(word => (word.Key, Takes: word.ToArray())).ToArray();
            foreach (var (first, firstTakes) in words)
                foreach (var (second, secondTakes) in words)
                    for (int k = 0; k < takes && first != second; k++)
                        Add(Joined(firstTakes[random.Next(firstTakes.Length)].Samples, secondTakes[random.Next(secondTakes.Length)].Samples), $"{first} + {second}", speaker.Key);
        }
        File.WriteAllLines(manifest + ".new", rows);
        File.Move(manifest + ".new", manifest);
        Console.WriteLine($"{rows.Count - 1} clips of {rows.Skip(1).Select(row => row.Split(',')[1]).Distinct().Count()} words");
    }

    /// <summary>What is said, with a little of what lies around it.</summary>
    private static float[] Around(float[] samples, Range spoken)
    {
        int margin = (int)(Margin * SampleRate);
        return samples[Math.Max(0, spoken.Start.Value - margin)..Math.Min(samples.Length, spoken.End.Value + margin)];
    }

    /// <summary>The beginning of one word and the end of another, joined where each is quietest in its middle.</summary>
    private static float[] Joined(float[] first, float[] second)
    {
        Range a = SpeechStretch.Find(first), b = SpeechStretch.Find(second);
        int fade = (int)(Fade * SampleRate), seamA = Seam(first, a), seamB = Seam(second, b), margin = (int)(Margin * SampleRate);
        int from = Math.Max(0, a.Start.Value - margin), to = Math.Min(second.Length, b.End.Value + margin);
        float[] joined = new float[seamA - from + to - seamB];
        for (int i = 0; i < joined.Length; i++)
        {
            int t = i - (seamA - from);
            float weight = Math.Clamp(0.5f - (float)t / fade, 0, 1);
            int inFirst = seamA + t, inSecond = seamB + t;
            joined[i] = (weight > 0 && inFirst < first.Length ? weight * first[inFirst] : 0) + (weight < 1 && inSecond >= 0 ? (1 - weight) * second[inSecond] : 0);
        }
        return joined;
    }

    private static int Seam(float[] samples, Range spoken)
    {
        int start = spoken.Start.Value, length = spoken.End.Value - start, block = SampleRate / 100;
        int from = start + (int)(EarliestSeam * length), to = start + (int)(LatestSeam * length), best = (from + to) / 2;
        double least = double.PositiveInfinity;
        for (int at = from; at + block <= Math.Min(to, samples.Length); at += block / 2)
        {
            double energy = 0;
            foreach (float sample in samples.AsSpan(at, block)) energy += (double)sample * sample;
            if (energy >= least) continue;
            (least, best) = (energy, at + block / 2);
        }
        return best;
    }
}
