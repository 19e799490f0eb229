using Mingling.Audio;
using Mingling.Corpora;
using Mingling.Corpora.Inspection;
using Mingling.MetricLearning.Evaluation;

namespace Mingling.Experiments.Inspection;

/// <summary>
/// Finds recordings that are in two splits, copied at another level or rate, shifted, cut out of more silence or encoded again. To
/// compare all pairs of waveforms would take hours; of each recording only those of the other split with the nearest modulation spectra
/// are looked at. A model's embeddings are no help in this: training draws all takes of a word together.
/// </summary>
internal static class NearDuplicateSearch
{
    private const int Candidates = 20;

    /// <summary>The pairs, the most alike first.</summary>
    /// <param name="clips">The clips.</param>
    /// <param name="splits">The split of each; null where it is in none.</param>
    /// <param name="sampleRate">The rate of their samples in hertz.</param>
    /// <param name="threads">The number of threads, at least 1; the result does not depend on it.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static List<NearDuplicate> Find(
        IReadOnlyList<LoadedClip> clips, Split?[] splits, int sampleRate, int threads, CancellationToken cancellation)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        int[][] sides = [.. Enum.GetValues<Split>().Select(split => Enumerable.Range(0, clips.Count).Where(i => splits[i] == split).ToArray())];
        if (sides.Count(side => side.Length > 0) < 2) return [];
        float[][] sounds = new float[clips.Count][], spectra = new float[clips.Count][];
        Parallel.For(0, clips.Count, options,
            () => (Resampler: new Resampler(sampleRate, WaveformCorrelation.SampleRate), Spectrum: new ModulationSpectrum()),
            (i, _, tools) =>
            {
                sounds[i] = tools.Resampler.Process(clips[i].Samples);
                spectra[i] = tools.Spectrum.Of(sounds[i]);
                return tools;
            },
            _ => { });
        int[][] candidates = new int[clips.Count][];
        Array.Fill(candidates, []);
        for (int earlier = 0; earlier < sides.Length; earlier++)
            for (int later = earlier + 1; later < sides.Length; later++) AddNearest(sides[later], sides[earlier], spectra, candidates, threads);

        var found = new List<NearDuplicate>[clips.Count];
        Parallel.For(0, clips.Count, options, () => new WaveformCorrelation(), (later, _, waveforms) =>
        {
            found[later] = [.. candidates[later].Select(earlier => Confirm(earlier, later, waveforms)).OfType<NearDuplicate>()];
            return waveforms;
        }, _ => { });
        return [.. found.SelectMany(pairs => pairs).OrderByDescending(pair => pair.Correlation).ThenBy(pair => pair.Second, StringComparer.Ordinal)];

        NearDuplicate? Confirm(int earlier, int later, WaveformCorrelation waveforms)
        {
            // Equal samples are found without a model.
            if (clips[earlier].Samples.AsSpan().SequenceEqual(clips[later].Samples)) return null;
            var (correlation, lag) = waveforms.Of(sounds[earlier], sounds[later]);
            if (correlation < WaveformCorrelation.LeastOfCopies) return null;
            var (first, second) = (clips[earlier].Clip, clips[later].Clip);
            return new NearDuplicate(
                first.Name, first.Label, splits[earlier]!.Value, second.Name, second.Label, splits[later]!.Value,
                correlation, (double)lag / WaveformCorrelation.SampleRate);
        }
    }

    private static void AddNearest(int[] queries, int[] gallery, float[][] spectra, int[][] candidates, int threads)
    {
        if (queries.Length == 0 || gallery.Length == 0) return;
        QueryBlocks.ForEach(Set(queries), Set(gallery), threads, () =>
        {
            var nearest = new NearestRows<float>(Candidates);
            return (query, distances) =>
            {
                ref int[] of = ref candidates[queries[query]];
                of = [.. of, .. nearest.Find(distances, excluded: -1).ToArray().Select(near => gallery[near.Row])];
            };
        });

        EmbeddingSet<float> Set(int[] rows) => new(rows.SelectMany(row => spectra[row]).ToArray(), ModulationSpectrum.Dimension, new int[rows.Length]);
    }
}
