using System.Globalization;
using Mingling.MetricLearning.Evaluation;
using Mingling.MetricLearning.Projection;
using Mingling.Training.Models;

namespace Mingling.Experiments.Evaluation;

/// <summary>How embeddings of more than two dimensions are laid out in the plane.</summary>
public enum MapMethod
{
    /// <summary>t-SNE: what is near stays near; distances of far points say little. Default.</summary>
    TSne,

    /// <summary>The first two principal components: a shadow of the whole, in which far groups may cover one another.</summary>
    PrincipalComponents,
}

/// <summary>Lays the embeddings of clips out in the plane and marks those that do not fit their words.</summary>
public static class EmbeddingMaps
{
    /// <summary>
    /// Makes a map. Embeddings of two dimensions are shown as they are, those of one on a line, whatever the method; others by the
    /// method, t-SNE with a perplexity of 30.
    /// </summary>
    /// <param name="outputs">What a model says of the clips, at least one.</param>
    /// <param name="words">The index of each clip's word among the model's classes.</param>
    /// <param name="method">The method.</param>
    /// <param name="seed">The seed of t-SNE; the same seed and embeddings give the same map for any number of threads.</param>
    /// <param name="threads">The number of threads, at least 1.</param>
    /// <param name="verdicts">How well clips fit their words, where that was judged already (with speakers, say); null to judge here.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ArgumentException">There is no clip, or the numbers of outputs, words and verdicts differ.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static EmbeddingMap Project(
        IReadOnlyList<ClipOutput> outputs, IReadOnlyList<int> words, MapMethod method = MapMethod.TSne, int seed = 1, int threads = 1,
        IReadOnlyList<LabelVerdict>? verdicts = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(words);
        if (outputs.Count == 0) throw new ArgumentException("A map needs the embedding of at least one clip.", nameof(outputs));
        if (words.Count != outputs.Count || verdicts is not null && verdicts.Count != outputs.Count)
            throw new ArgumentException($"There must be one word, and one verdict, for each of the {outputs.Count} clips.", nameof(words));
        var set = EmbeddingsOf(outputs, words);
        verdicts ??= LabelCheck.Judge(set, PosteriorsOf(outputs), threads: threads);
        var (name, places) = Places(set, method, seed, threads, cancellation);
        return new EmbeddingMap(name, [.. words.Select((word, i) =>
            new MapPoint(places[2 * i], places[2 * i + 1], word, verdicts[i].IsOutlier, verdicts[i].IsSuspect) { Doubt = verdicts[i].Score })])
        {
            IsEmbedding = ShowsAsTheyAre(set),
        };
    }

    /// <summary>The embeddings of clips with the indices of their words.</summary>
    internal static EmbeddingSet<float> EmbeddingsOf(IReadOnlyList<ClipOutput> outputs, IReadOnlyList<int> words) =>
        new(Rows(outputs, output => output.Embedding), outputs[0].Embedding.Length, words.ToArray());

    /// <summary>The posteriors of clips: [clips × classes].</summary>
    internal static float[] PosteriorsOf(IReadOnlyList<ClipOutput> outputs) => Rows(outputs, output => output.Posteriors);

    private static float[] Rows(IReadOnlyList<ClipOutput> outputs, Func<ClipOutput, float[]> row) => [.. outputs.SelectMany(row)];

    private static (string Method, double[] Places) Places(
        EmbeddingSet<float> set, MapMethod method, int seed, int threads, CancellationToken cancellation)
    {
        if (ShowsAsTheyAre(set)) return ("the embedding itself", AsTheyAre(set));
        if (method == MapMethod.PrincipalComponents)
        {
            var components = PrincipalComponents.Fit(set, 2);
            double share = components.TotalVariance > 0 ? components.Variances.ToArray().Sum() / components.TotalVariance : 1;
            return (Text($"principal components, {share:0 %} of the variance"), components.Project(set));
        }
        var layout = TSne.Embed(set, new TSneOptions { Seed = seed, Threads = threads }, cancellationToken: cancellation);
        return (Text($"t-SNE, perplexity {layout.Perplexity:0.#}, seed {seed}"), layout.Places.ToArray());
    }

    private static bool ShowsAsTheyAre(EmbeddingSet<float> set) => set.Dimension <= 2;

    private static double[] AsTheyAre(EmbeddingSet<float> set)
    {
        double[] places = new double[2 * set.Count];
        for (int row = 0; row < set.Count; row++)
        {
            for (int k = 0; k < set.Dimension; k++) places[2 * row + k] = set.Row(row)[k];
        }
        return places;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
