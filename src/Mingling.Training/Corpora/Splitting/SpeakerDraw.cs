namespace Mingling.Training.Corpora.Splitting;

/// <summary>Draws speakers for validation and test so that every class is on every side, in about its share.</summary>
internal static class SpeakerDraw
{
    /// <summary>Random orders that are tried; the best is kept. Enough for a few dozen speakers, cheap for thousands.</summary>
    private const int Trials = 200;

    /// <summary>How much worse a class without clips on one side is than any imbalance, which is at most 2 for each side.</summary>
    private const double MissingClassPenalty = 10;

    /// <summary>Assigns a split to each group.</summary>
    /// <param name="groups">The speakers.</param>
    /// <param name="labels">The class of each clip of the pool.</param>
    /// <param name="validation">How many groups go to validation.</param>
    /// <param name="test">How many groups go to the test.</param>
    /// <param name="random">The source of chance.</param>
    public static Split[] Draw(IReadOnlyList<ClipGroup> groups, IReadOnlyList<string> labels, int validation, int test, Random random)
    {
        var counts = Counts(groups, labels, out var classes);
        var totals = new int[classes];
        foreach (var (label, clips) in counts.SelectMany(count => count))
            totals[label] += clips;
        double[] shares = [1 - (double)(validation + test) / groups.Count, (double)validation / groups.Count, (double)test / groups.Count];

        var order = Enumerable.Range(0, groups.Count).ToArray();
        var best = new Split[groups.Count];
        var bestScore = double.PositiveInfinity;
        for (var trial = 0; trial < Trials; trial++)
        {
            random.Shuffle(order);
            var sides = new Split[groups.Count];
            for (var i = 0; i < validation + test; i++)
                sides[order[i]] = i < validation ? Split.Validation : Split.Test;
            var score = Score(sides, counts, totals, shares);
            if (score < bestScore)
                (best, bestScore) = (sides, score);
        }
        return best;
    }

    private static double Score(Split[] sides, (int Label, int Clips)[][] counts, int[] totals, double[] shares)
    {
        var clips = new int[shares.Length, totals.Length];
        for (var i = 0; i < sides.Length; i++)
        {
            foreach (var (label, count) in counts[i])
                clips[(int)sides[i], label] += count;
        }
        var score = 0.0;
        var all = totals.Sum();
        for (var side = 0; side < shares.Length; side++)
        {
            for (var label = 0; label < totals.Length && shares[side] > 0; label++)
            {
                score += Math.Abs(clips[side, label] - shares[side] * totals[label]) / all;
                if (clips[side, label] == 0)
                    score += MissingClassPenalty;
            }
        }
        return score;
    }

    /// <summary>For each group how many clips it has of which class.</summary>
    private static (int Label, int Clips)[][] Counts(IReadOnlyList<ClipGroup> groups, IReadOnlyList<string> labels, out int classes)
    {
        var numbers = groups.SelectMany(group => group.Members).Select(i => labels[i]).Distinct()
            .Select((label, number) => (label, number)).ToDictionary(pair => pair.label, pair => pair.number);
        classes = numbers.Count;
        return [.. groups.Select(group => group.Members.CountBy(i => numbers[labels[i]]).Select(pair => (pair.Key, pair.Value)).ToArray())];
    }
}
