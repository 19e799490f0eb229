using Mingling.Corpora;

namespace Mingling.Training.Data;

/// <summary>Chooses the length of the window that an encoder hears from the clips that it will learn from.</summary>
public static class SpeechWindow
{
    /// <summary>More than any corpus of words that people recorded has: of one that was heard whole, all clips decide as before.</summary>
    private const int MostHeard = 200_000;

    private const double Shortest = 1, Longest = 3, Margin = 0.35, Share = 0.95, ShortestPooled = 0.4;

    /// <summary>
    /// Long enough for the speech (<see cref="SpeechStretch"/>) of 95 % of the clips and a margin; never longer than the longest clip.
    /// </summary>
    /// <param name="clips">The training clips.</param>
    /// <param name="sampleRate">Their rate in hertz.</param>
    /// <returns>Seconds, in whole tenths, from 1 to 3.</returns>
    public static double Choose(IReadOnlyList<LoadedClip> clips, int sampleRate)
    {
        if (clips.Count == 0) return Shortest;
        clips = Heard(clips);
        double longest = clips.Max(clip => clip.Samples.Length) / (double)sampleRate;
        if (longest <= Shortest) return Shortest;
        double wanted = Length(clips, sampleRate) + Margin;
        return Math.Round(Math.Clamp(Math.Ceiling(Math.Min(wanted, longest) * 10) / 10, Shortest, Longest), 1);
    }

    /// <summary>How much at the end of the window an encoder for streams counts: the speech of 95 % of the clips.</summary>
    /// <param name="clips">The training clips.</param>
    /// <param name="sampleRate">Their rate in hertz.</param>
    /// <returns>Seconds, at least 0.4.</returns>
    public static double ChoosePooled(IReadOnlyList<LoadedClip> clips, int sampleRate) =>
        clips.Count == 0 ? Shortest : Math.Max(ShortestPooled, Length(Heard(clips), sampleRate));

    /// <summary>Whether clips were cut off where the word begins and ends: half of them fill less than 80 % of the window.</summary>
    /// <param name="clips">The training clips.</param>
    /// <param name="sampleRate">Their rate in hertz.</param>
    /// <param name="windowSeconds">The window.</param>
    public static bool AreTrimmed(IReadOnlyList<LoadedClip> clips, int sampleRate, double windowSeconds)
    {
        clips = Heard(clips);
        return clips.Count(clip => clip.Samples.Length < 0.8 * windowSeconds * sampleRate) > clips.Count / 2;
    }

    /// <summary>Of very many clips some tell enough, from the first to the last.</summary>
    internal static IReadOnlyList<LoadedClip> Heard(IReadOnlyList<LoadedClip> clips) =>
        clips.Count <= MostHeard ? clips : [.. Enumerable.Range(0, MostHeard).Select(i => clips[(int)((long)i * clips.Count / MostHeard)])];

    /// <summary>How long the speech of 95 % of the clips is at most, in seconds.</summary>
    private static double Length(IReadOnlyList<LoadedClip> clips, int sampleRate)
    {
        double[] speech = [.. clips.Select(clip => SpeechStretch.Find(clip.Samples).GetOffsetAndLength(clip.Samples.Length).Length / (double)sampleRate).Order()];
        return speech[(int)(Share * (speech.Length - 1))];
    }
}
