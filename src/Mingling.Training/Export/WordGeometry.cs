using Mingling.Corpora;
using Mingling.Recognition;
using Mingling.Recognition.Models;
using static TorchSharp.torch;

namespace Mingling.Training.Export;

/// <summary>Measures where the words of a model lie (<see cref="EmbeddingGeometry"/>).</summary>
internal static class WordGeometry
{
    /// <summary>The weight of the cosine beside the logarithm of the posterior: found on streams of commands among phrases (benchmarks/RESULTS.md).</summary>
    private const double Weight = 3;

    private const double Shrinkage = 0.1;

    /// <param name="recognizer">The model.</param>
    /// <param name="clips">Clips of its words; others are passed over.</param>
    /// <returns>
    /// The geometry; null where there are fewer than two clips of each word, and for encoders that listen step by step: what they embed in a
    /// stream, with its past, lies elsewhere than clips do, and the distance costs more words than it saves.
    /// </returns>
    public static EmbeddingGeometry? Measure(Recognizer recognizer, IReadOnlyList<LoadedClip> clips)
    {
        LoadedClip[] known = [.. clips.Where(clip => recognizer.Card.Classes.Contains(clip.Clip.Label))];
        if (recognizer.Card.Stream is not null) return null;
        if (recognizer.Card.Classes.Any(word => known.Count(clip => clip.Clip.Label == word) < 2)) return null;
        float[][] embeddings = [.. recognizer.RecognizeAll([.. known.Select(clip => clip.Samples)]).Select(result => result.Embedding)];
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        using var within = WithinWordCovariance.Measure(embeddings, [.. known.Select(clip => clip.Clip.Label)], Shrinkage);
        var whitened = (tensor([.. embeddings.SelectMany(row => row.Select(x => (double)x))], [embeddings.Length, embeddings[0].Length]) - within.Mean).matmul(within.Whitening);
        var directions = recognizer.Card.Classes.Where(Vocabulary.IsCommand).ToDictionary(word => word, word =>
        {
            using var rows = tensor([.. known.Index().Where(clip => clip.Item.Clip.Label == word).Select(clip => (long)clip.Index)]);
            return Floats(whitened.index_select(0, rows).mean([0]));
        });
        return new EmbeddingGeometry(Floats(within.Mean), Floats(within.Whitening), directions, Weight);
    }

    private static float[] Floats(Tensor values) => values.to(ScalarType.Float32).contiguous().data<float>().ToArray();
}
