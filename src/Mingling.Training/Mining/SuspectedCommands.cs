using System.Globalization;
using Mingling.Training.Data;
using Mingling.Training.Models;

namespace Mingling.Training.Mining;

/// <summary>Names commands that are said in sound that was given as holding none.</summary>
internal static class SuspectedCommands
{
    private const int Most = 5;
    private const double ApartSeconds = 1, ShortSeconds = 10;

    /// <summary>The short recordings that hold some, which can be left out whole.</summary>
    /// <param name="places">What the miner found.</param>
    /// <param name="data">The recordings.</param>
    /// <param name="sampleRate">Their rate in hertz.</param>
    /// <returns>As <see cref="HardPlaces.Doubted"/> has them.</returns>
    public static long[] Recordings(IReadOnlyList<MinedPlace> places, TrainingData data, int sampleRate)
    {
        long[] doubted = HardPlaces.NoneDoubted();
        long[] found = [.. places.Where(place => place.IsTypical && data.Negatives[place.Recording].Length <= ShortSeconds * sampleRate)
            .OrderByDescending(place => place.Score).ThenBy(place => place.Recording).Select(place => (long)place.Recording).Distinct().Take(doubted.Length)];
        found.CopyTo(doubted, 0);
        return doubted;
    }

    /// <summary>A sentence that names the surest places; null where there are none.</summary>
    /// <param name="places">What the miner found.</param>
    /// <param name="data">The recordings.</param>
    /// <param name="model">The model that found it.</param>
    public static string? Name(IReadOnlyList<MinedPlace> places, TrainingData data, CommandModel model)
    {
        int apart = (int)(ApartSeconds * model.SampleRate);
        // The windows around one word are one place.
        var words = new List<MinedPlace>();
        foreach (var place in places.Where(place => place.IsTypical && place.Recording < data.NegativeNames.Count).OrderByDescending(place => place.Score).ThenBy(place => place.Recording).ThenBy(place => place.End))
            if (!words.Exists(word => word.Recording == place.Recording && Math.Abs(word.End - place.End) < apart)) words.Add(place);
        if (words.Count == 0) return null;
        string named = string.Join(", ", words.Take(Most).Select(word => string.Create(
            CultureInfo.InvariantCulture, $"'{model.Classes[word.Command]}' in {data.NegativeNames[word.Recording]} at {(double)word.End / model.SampleRate:0.0} s")));
        string others = words.Count > Most ? $" and {words.Count - Most} more" : "";
        return $"the sound without commands seems to hold {(words.Count == 1 ? "one" : $"{words.Count}")}: {named}{others}; "
            + "a command in it teaches the model not to hear it, and so recordings of at most ten seconds are left out from here on: listen, and take out what is one ('mingling mine' finds them too).";
    }
}
