using Mingling.Audio;
using Mingling.Corpora;
using Mingling.Corpora.Speech;
using Mingling.Recognition;
using Mingling.Recognition.Models;

namespace Mingling.Training.Data;

/// <summary>
/// Tells whether the names of commands are what is said in their recordings, or translations and abbreviations of it: then these words may be
/// said in other speech. Each name is spoken in each language, and the base encoder tells whose recordings it is nearest to.
/// </summary>
internal static class SaidNames
{
    /// <summary>With fewer commands chance decides too much, and names are taken for what is said.</summary>
    public const int FewestCommands = 10;

    // Of names that have nothing to do with the sound, half of the other recordings are nearer than their own; of the best of 17 languages by
    // chance a third. Of names that are said in it, few.
    private const double LeastByChance = 0.33;

    private const int MostClips = 20;
    private static readonly string[] Variants = ["", "+f3"];

    /// <summary>
    /// The mean share of commands whose recordings are nearer to a name than its own are, in the language in which it is least; null with too
    /// few commands.
    /// </summary>
    /// <param name="espeak">The program.</param>
    /// <param name="clips">The recordings.</param>
    /// <param name="sampleRate">Their rate (Hz).</param>
    /// <param name="languages">The languages to try.</param>
    /// <param name="threads">Programs at once, at least 1.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static double? Distance(EspeakNg espeak, IReadOnlyList<LoadedClip> clips, int sampleRate, IReadOnlyList<string> languages, int threads, CancellationToken cancellation)
    {
        var words = clips.Where(clip => Vocabulary.IsCommand(clip.Clip.Label)).GroupBy(clip => clip.Clip.Label).OrderBy(word => word.Key, StringComparer.Ordinal).ToArray();
        if (words.Length < FewestCommands || languages.Count == 0) return null;
        using var encoder = Recognizer.Load(BaseModel.Name);
        float[][] recorded = Centered([.. words.Select(word => EmbeddingMath.MeanDirection(Spread([.. word]).Select(clip => Embed(new AudioClip(clip.Samples, sampleRate)))))]);

        var spoken = new AudioClip[languages.Count, words.Length, Variants.Length];
        Parallel.For(0, spoken.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
        {
            var (variant, word, language) = (i % Variants.Length, i / Variants.Length % words.Length, i / Variants.Length / words.Length);
            spoken[language, word, variant] = espeak.Speak(words[word].Key, languages[language] + Variants[variant], cancellation: cancellation);
        });
        return Enumerable.Range(0, languages.Count).Min(language =>
        {
            float[][] said = Centered([.. Enumerable.Range(0, words.Length).Select(word => EmbeddingMath.MeanDirection(Enumerable.Range(0, Variants.Length).Select(variant => Embed(spoken[language, word, variant]))))]);
            return Enumerable.Range(0, words.Length).Average(word => recorded.Count(other => EmbeddingMath.Dot(said[word], other) > EmbeddingMath.Dot(said[word], recorded[word])) / (words.Length - 1.0));
        });

        float[] Embed(AudioClip clip) => encoder.Recognize(Resampler.Resample(clip, encoder.SampleRate)).Embedding;
    }

    /// <summary>Whether a distance is one that names have which are not said.</summary>
    public static bool AreTranslations(double? distance) => distance >= LeastByChance;

    /// <summary>Some of the clips, from the first to the last, so that several speakers are among them.</summary>
    private static IEnumerable<LoadedClip> Spread(LoadedClip[] clips) =>
        Enumerable.Range(0, Math.Min(MostClips, clips.Length)).Select(i => clips[i * clips.Length / Math.Min(MostClips, clips.Length)]);

    /// <summary>Without what all of them share, which is the voice and the room; of unit length.</summary>
    private static float[][] Centered(float[][] embeddings)
    {
        int size = embeddings[0].Length;
        float[] mean = [.. Enumerable.Range(0, size).Select(d => embeddings.Average(embedding => embedding[d]))];
        return [.. embeddings.Select(embedding => Unit([.. embedding.Select((value, d) => value - mean[d])]))];

        static float[] Unit(float[] vector)
        {
            double length = EmbeddingMath.Length(vector);
            return [.. vector.Select(value => (float)(value / length))];
        }
    }
}
