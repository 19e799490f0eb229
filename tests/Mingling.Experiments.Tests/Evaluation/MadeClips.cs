using Mingling.Experiments.Evaluation;
using Mingling.Training.Models;

namespace Mingling.Experiments.Tests.Evaluation;

/// <summary>Judged clips made of numbers.</summary>
internal static class MadeClips
{
    /// <summary>Clips of each word, scattered around a direction of its own.</summary>
    /// <param name="words">The words.</param>
    /// <param name="clips">The clips of each word.</param>
    /// <param name="scatter">0 for equal clips of a word; great for chance.</param>
    /// <param name="seed">Decides everything.</param>
    public static List<JudgedClip> Of(string[] words, int clips, double scatter, int seed = 1)
    {
        const int dimension = 8;
        var random = new Random(seed);
        var made = new List<JudgedClip>();
        foreach (string word in words)
        {
            double[] direction = [.. Enumerable.Range(0, dimension).Select(_ => random.NextDouble() - 0.5)];
            for (int i = 0; i < clips; i++)
            {
                double length = 0.5 + random.NextDouble();
                made.Add(new JudgedClip(word, new ClipOutput([], [.. direction.Select(x => (float)(length * (x + scatter * (random.NextDouble() - 0.5))))])));
            }
        }
        return made;
    }

    /// <summary>The same clips with posteriors over some classes.</summary>
    public static List<JudgedClip> WithPosteriors(this List<JudgedClip> clips, int classes, int seed)
    {
        var random = new Random(seed);
        return clips.ConvertAll(clip =>
        {
            float[] raw = [.. Enumerable.Range(0, classes).Select(_ => random.NextSingle() + 0.01f)];
            return clip with { Output = clip.Output with { Posteriors = [.. raw.Select(p => p / raw.Sum())] } };
        });
    }
}
