using Mingling.Corpora;
using Mingling.Corpora.Speech;
using Mingling.Training.Recipes;

namespace Mingling.Training.Data;

/// <summary>Other speech by people for trainings on running sound, where other programs of the machine bring some.</summary>
internal static class InstalledPeople
{
    private const double LongestSeconds = 10;

    /// <summary>The data with the recordings that a recipe asks for, behind those that were given.</summary>
    /// <param name="data">The recordings.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="threads">Files that are read at once. Range: at least 1.</param>
    /// <param name="warned">Receives a sentence where there is no speech of people at all.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static TrainingData Join(TrainingData data, TrainingRecipe recipe, int threads, Action<string> warned, CancellationToken cancellation)
    {
        if (recipe.Negatives is not { Ratio: > 0, People: > 0 and var count }) return data;
        int rate = recipe.Features.SampleRate;
        var read = ClipLoader.Load(InstalledSpeech.Find(count), rate, threads, strict: false, cancellation);
        LoadedClip[] found = [.. read.Clips.Where(clip => clip.Samples.Length <= LongestSeconds * rate)];
        if (found.Length == 0 && data.Negatives.Count == 0)
            warned("there is no other speech by people, which makes models far more silent when others talk; give some with --negative, or install packages that bring it (docs/room.md names them).");
        return data with
        {
            Negatives = [.. data.Negatives, .. found.Select(clip => clip.Samples)],
            NegativeNames = [.. data.NegativeNames, .. found.Select(clip => clip.Clip.Name)],
        };
    }
}
