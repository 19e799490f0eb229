using Mingling.Recognition.Models;
using static TorchSharp.torch;

namespace Mingling.Training.Export;

/// <summary>Measures where the words of a model lie (<see cref="EmbeddingGeometry"/>).</summary>
internal static class WordGeometry
{
    /// <summary>The weight of the cosine beside the logarithm of the posterior: found on streams of commands among phrases (benchmarks/RESULTS.md).</summary>
    private const double Weight = 3;

    private const double Shrinkage = 0.1;

    /// <param name="card">The model.</param>
    /// <param name="clips">Clips of its words with their embeddings.</param>
    /// <returns>
    /// The geometry; null where there are fewer than two clips of each word, and for encoders that listen step by step: what they embed in a
    /// stream, with its past, lies elsewhere than clips do, and the distance costs more words than it saves.
    /// </returns>
    public static EmbeddingGeometry? Measure(ModelCard card, IReadOnlyList<(string Word, float[] Embedding)> clips)
    {
        if (card.Stream is not null) return null;
        if (card.Classes.Any(word => Vocabulary.IsCommand(word) && clips.Count(clip => clip.Word == word) < 2)) return null;
        float[][] embeddings = [.. clips.Select(clip => clip.Embedding)];
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        using var within = WithinWordCovariance.Measure(embeddings, [.. clips.Select(clip => clip.Word)], Shrinkage);
        var whitened = (tensor([.. embeddings.SelectMany(row => row.Select(x => (double)x))], [embeddings.Length, embeddings[0].Length]) - within.Mean).matmul(within.Whitening);
        var directions = card.Classes.Where(Vocabulary.IsCommand).ToDictionary(word => word, word =>
        {
            using var rows = tensor([.. clips.Index().Where(clip => clip.Item.Word == word).Select(clip => (long)clip.Index)]);
            return Floats(whitened.index_select(0, rows).mean([0]));
        });
        return new EmbeddingGeometry(Floats(within.Mean), Floats(within.Whitening), directions, Weight);
    }

    private static float[] Floats(Tensor values) => values.to(ScalarType.Float32).contiguous().data<float>().ToArray();
}
