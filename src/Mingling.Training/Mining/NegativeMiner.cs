using Mingling.Audio;
using Mingling.Training.Data;
using Mingling.Training.Encoders;
using Mingling.Training.Models;
using Mingling.Training.Recipes;
using Mingling.Training.Workers;

namespace Mingling.Training.Mining;

/// <summary>Searches sound without commands for the places that the present model takes for one.</summary>
internal sealed class NegativeMiner
{
    private const int MostWindows = 24_000, Block = 512, Near = 6;
    private const double HopSeconds = 0.24, Least = 0.02, PieceSeconds = 20;
    private readonly IReadOnlyList<float[]> _negatives;
    private readonly ulong _seed;
    private readonly WorkPool _pool;

    private NegativeMiner(IReadOnlyList<float[]> negatives, ulong seed, WorkPool pool) => (_negatives, _seed, _pool) = (negatives, seed, pool);

    /// <summary>A miner; null where there is nothing to search, or no place is wanted.</summary>
    public static NegativeMiner? Of(TrainingData data, TrainingRecipe recipe, WorkPool pool) =>
        recipe.Negatives is { Ratio: > 0, HardShare: > 0 } && data.Negatives.Count > 0 ? new NegativeMiner(data.Negatives, (ulong)recipe.Seed, pool) : null;

    /// <summary>Looks for the windows with the highest posterior of a command.</summary>
    /// <param name="model">The model, in evaluation.</param>
    /// <param name="round">Decides where it looks when there is more sound than it can search.</param>
    /// <param name="hard">Receives the places.</param>
    /// <param name="typical">What commands sound like to the model; null where nobody asks whether there are some.</param>
    /// <returns>All places that were looked at.</returns>
    public IReadOnlyList<MinedPlace> Mine(CommandModel model, int round, HardPlaces hard, TypicalCommands? typical = null)
    {
        int heard = new HeardWindow(model).Sound.Samples;
        var searches = Enumerable.Range(0, _pool.Threads).Select(_ => (Extractor: new FeatureExtractor(model.Window.Features), Featurizer: new ClipFeaturizer(model.Window))).ToArray();
        int[] recordings = Searched(model, SeededRandom.Permutation(_negatives.Count, SeededRandom.Derive(_seed, (ulong)round)));
        var places = new List<MinedPlace>[recordings.Length];
        _pool.Run(recordings.Length, (worker, i) =>
        {
            places[i] = [];
            if (model.Encoder is StreamingEncoder encoder) InStream(model, encoder, searches[worker].Extractor, heard, recordings[i], typical, places[i]);
            else InWindows(model, searches[worker].Featurizer, recordings[i], typical, places[i]);
        });
        MinedPlace[] found = [.. places.SelectMany(place => place)];
        var hardest = found.Where(place => place.Score >= Least).OrderByDescending(place => place.Score).ThenBy(place => place.Recording).ThenBy(place => place.Start).Take(HardPlaces.Most);
        long[] hardPlaces = [.. hardest.SelectMany(place => new long[] { place.Recording, place.Start })];
        // Few places are drawn as often as many: they are repeated.
        hard.Places = hardPlaces.Length == 0 ? HardPlaces.None() : [.. Enumerable.Range(0, 2 * HardPlaces.Most).Select(i => hardPlaces[i % hardPlaces.Length])];
        return found;
    }

    /// <summary>Windows overlap, so that of many hours only some are searched; a stream costs each frame once.</summary>
    private int[] Searched(CommandModel model, int[] recordings)
    {
        if (model.Encoder is StreamingEncoder) return recordings;
        int windows = 0;
        return [.. recordings.TakeWhile(recording =>
        {
            bool isSearched = windows < MostWindows;
            windows += StartsOf(model, recording);
            return isSearched;
        })];
    }

    private int StartsOf(CommandModel model, int recording) => 1 + _negatives[recording].Length / (int)(HopSeconds * model.SampleRate);

    private void InWindows(CommandModel model, ClipFeaturizer featurizer, int recording, TypicalCommands? typical, List<MinedPlace> found)
    {
        float[] sound = _negatives[recording];
        int size = model.Window.Samples, hop = (int)(HopSeconds * model.SampleRate);
        int[] starts = [.. Enumerable.Range(0, StartsOf(model, recording)).Select(i => i * hop - size / 2)];
        foreach (int[] block in starts.Chunk(Block))
        {
            var outputs = model.Run([.. block.Select(start =>
            {
                float[] window = new float[size];
                SpeechPieces.Add(sound, -start, 1, window);
                return featurizer.Compute(window);
            })]);
            for (int i = 0; i < block.Length; i++) found.Add(MinedPlace.Of(recording, block[i], block[i] + size, outputs[i], model.Unknown, typical));
        }
    }

    /// <summary>As a stream hears it; of each stretch of half a second the highest counts. Starts are those of the window with its past.</summary>
    private void InStream(CommandModel model, StreamingEncoder encoder, FeatureExtractor extractor, int heard, int recording, TypicalCommands? typical, List<MinedPlace> found)
    {
        int step = encoder.StepFrames * model.Window.Features.HopSamples, piece = (int)(PieceSeconds * model.SampleRate) / step * step;
        float[] sound = _negatives[recording];
        for (int from = 0; from < sound.Length; from += piece)
        {
            float[] frames = extractor.Compute(sound.AsSpan(from, Math.Min(piece, sound.Length - from)));
            int whole = frames.Length / extractor.Bins / encoder.StepFrames * encoder.StepFrames;
            if (whole == 0) continue;
            float[] bins = new float[extractor.Bins * whole];
            ClipFeaturizer.Transpose(frames.AsSpan(0, bins.Length), extractor.Bins, bins);
            foreach (var near in model.RunSteps(bins, whole).Select((output, i) => Place(output, from + (i + 1) * step)).Chunk(Near))
                found.Add(near.MaxBy(place => place.Score));
        }

        MinedPlace Place(ClipOutput output, int end) => MinedPlace.Of(recording, end - heard, end, output, model.Unknown, typical);
    }
}

/// <summary>A window of sound without a command, and what a model takes it for.</summary>
/// <param name="Recording">The number of its recording.</param>
/// <param name="Start">The first sample that is heard, which may lie before the recording.</param>
/// <param name="End">The sample after the last.</param>
/// <param name="Command">The most probable command.</param>
/// <param name="Score">Its posterior.</param>
/// <param name="IsTypical">Whether it is as much like the command as a quarter of the command's own clips.</param>
internal readonly record struct MinedPlace(int Recording, int Start, int End, int Command, float Score, bool IsTypical)
{
    /// <summary>What a model says of a window.</summary>
    public static MinedPlace Of(int recording, int start, int end, ClipOutput output, int unknown, TypicalCommands? typical)
    {
        int best = -1;
        for (int c = 0; c < output.Posteriors.Length; c++)
            if (c != unknown && (best < 0 || output.Posteriors[c] > output.Posteriors[best])) best = c;
        return new(recording, start, end, best, output.Posteriors[best], typical?.Include(output, best) == true);
    }
}
