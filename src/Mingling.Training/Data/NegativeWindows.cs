using Mingling.Training.Recipes;

namespace Mingling.Training.Data;

/// <summary>
/// Windows of sound in which no whole command is said: other speech at any place, beginnings and ends of commands, scrambled speech, noise
/// and silence. For one thread.
/// </summary>
/// <param name="source">The pieces that they are made of.</param>
/// <param name="hard">Where the present model takes other sound for commands.</param>
/// <param name="hardShare">The share of windows that are taken from there.</param>
internal sealed class NegativeWindows(SpeechPieces source, HardPlaces hard, double hardShare)
{
    private const double PartialShare = 0.15, NothingShare = 0.06, JitterSeconds = 0.08;

    /// <summary>How many of them an epoch has.</summary>
    public static int Count(TrainingRecipe recipe, int clips) => (int)Math.Round(recipe.Negatives.Ratio * clips);

    /// <summary>Fills a window.</summary>
    /// <param name="window">What is heard, all of which is written.</param>
    /// <param name="counted">How many samples at its end count for the embedding.</param>
    /// <param name="random">Draws everything.</param>
    /// <returns>When no command is heard.</returns>
    public SaidWhen Fill(Span<float> window, int counted, SeededRandom random)
    {
        window.Clear();
        double draw = random.NextDouble();
        if (random.NextDouble() < hardShare && hard.Draw(random) is var (recording, start))
        {
            int jitter = (int)(JitterSeconds * source.SampleRate * (2 * random.NextDouble() - 1));
            SpeechPieces.Add(source.Negatives[recording], -(start + jitter), 1, window);
        }
        else if (draw < NothingShare) source.AddNoise(window, random);
        else if (draw < NothingShare + PartialShare) return AddPart(window, counted, random);
        else Speak(window, random);
        return SaidWhen.Always;
    }

    /// <summary>A command of which only the first or the last part lies in the window that counts.</summary>
    private SaidWhen AddPart(Span<float> window, int counted, SeededRandom random)
    {
        var (clip, spoken) = source.Command(random);
        double share = 0.2 + 0.35 * random.NextDouble();
        bool isBeginning = random.NextDouble() < 0.6;
        int at = isBeginning
            ? window.Length - spoken.Start - (int)(share * spoken.Length)
            : window.Length - counted - spoken.Start - (int)((1 - share) * spoken.Length);
        SpeechPieces.Add(clip, at, 1, window);
        if (!isBeginning && random.NextDouble() < 0.4) source.AddOther(window, at + spoken.Start + spoken.Length + source.Gap(random), spoken.Power, random);
        return isBeginning ? SaidWhen.Always : SaidWhen.AtEnd;
    }

    /// <summary>Other speech from a random place on, and where it ends early more of it after a pause.</summary>
    private void Speak(Span<float> window, SeededRandom random)
    {
        double power = 0;
        int at = -(int)(random.NextDouble() * window.Length);
        if (random.NextDouble() < 0.25) at = (int)(random.NextDouble() * 0.7 * window.Length);
        while (at < window.Length) at = source.AddOther(window, at, power, random) + source.Gap(random);
    }
}
