using Mingling.Corpora.Speech;
using Mingling.Training.Recipes;

namespace Mingling.Training.Data;

/// <summary>Other speech for trainings on running sound, where eSpeak NG is installed.</summary>
internal static class SyntheticNegatives
{
    private const ulong Stream = 13;

    /// <summary>The data with the utterances that a recipe asks for.</summary>
    /// <param name="data">The recordings.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="threads">Programs at once. Range: at least 1.</param>
    /// <param name="warned">Receives a sentence where there can be none; the training goes on without.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static TrainingData Join(TrainingData data, TrainingRecipe recipe, int threads, Action<string> warned, CancellationToken cancellation)
    {
        if (recipe.Negatives is not { Ratio: > 0, Synthetic: > 0 and var count }) return data;
        try
        {
            var espeak = EspeakNg.Open(cancellation: cancellation);
            double? distance = SaidNames.Distance(espeak, data.Train, recipe.Features.SampleRate, OtherSpeech.LanguagesOf(espeak), threads, cancellation);
            bool areTranslations = SaidNames.AreTranslations(distance);
            if (areTranslations) warned("the names of the commands are not what is said in their recordings; they are said in other speech like all words.");
            var spoken = OtherSpeech.Speak(espeak, areTranslations ? [] : data.Classes, count, recipe.Features.SampleRate, SeededRandom.Derive((ulong)recipe.Seed, Stream), threads, cancellation);
            return data with { Negatives = [.. data.Negatives, .. spoken.Select(clip => clip.Samples)] };
        }
        catch (SpeechException e)
        {
            warned($"{e.Message.TrimEnd('.')}; without it no other speech is synthesized, and the model is less silent when others talk, unless recordings are named with --negative.");
            return data;
        }
    }
}
