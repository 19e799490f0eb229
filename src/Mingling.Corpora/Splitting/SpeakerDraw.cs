namespace Mingling.Corpora.Splitting;

/// <summary>Draws speakers for validation and test so that every class is on every side, in about its share.</summary>
internal static class SpeakerDraw
{
    /// <summary>Random orders that are tried; the best is kept. Enough for a few dozen speakers, cheap for thousands.</summary>
    private const int Trials = 200;

    /// <summary>How much worse a class without clips on one side is than any imbalance, which is at most 2 for each side.</summary>
    private const double MissingClassPenalty = 10;

    /// <summary>
    /// Assigns a split to each group. Groups of one speaker give every side exactly its number of speakers; where equal
    /// recordings join several speakers in one group, each side comes as near as the groups allow.
    /// </summary>
    /// <param name="groups">The speakers, at least as many groups as sides.</param>
    /// <param name="labels">The class of each clip of the pool.</param>
    /// <param name="validation">How many speakers go to validation.</param>
    /// <param name="test">How many speakers go to the test.</param>
    /// <param name="random">The source of chance.</param>
    public static Split[] Draw(IReadOnlyList<ClipGroup> groups, IReadOnlyList<string> labels, int validation, int test, Random random)
    {
        var counts = Counts(groups, labels, out int classes);
        int[] totals = new int[classes];
        foreach (var (label, clips) in counts.SelectMany(count => count))
            totals[label] += clips;
        double speakers = groups.Sum(group => group.Speakers);
        double[] shares = [1 - (validation + test) / speakers, validation / speakers, test / speakers];

        int[] order = Enumerable.Range(0, groups.Count).ToArray();
        var best = new Split[groups.Count];
        double bestScore = double.PositiveInfinity;
        for (int trial = 0; trial < Trials; trial++)
        {
            random.Shuffle(order);
            var sides = Fill(groups, order, validation, test);
            double score = Score(sides, counts, totals, shares) + SpeakerError(sides, groups, shares);
            if (score < bestScore)
                (best, bestScore) = (sides, score);
        }
        return best;
    }

    /// <summary>Fills validation and then the test in an order with what brings them nearer to their numbers of speakers.</summary>
    private static Split[] Fill(IReadOnlyList<ClipGroup> groups, int[] order, int validation, int test)
    {
        var sides = new Split[groups.Count];
        var left = order.ToList();
        Take(Split.Validation, validation, reserved: test > 0 ? 2 : 1);
        Take(Split.Test, test, reserved: 1);
        return sides;

        void Take(Split side, int wanted, int reserved)
        {
            if (wanted == 0)
                return;
            int taken = 0;
            var passed = new List<int>(left.Count);
            for (int i = 0; i < left.Count; i++)
            {
                int with = taken + groups[left[i]].Speakers;
                if (left.Count - i + passed.Count > reserved && Math.Abs(with - wanted) < Math.Abs(taken - wanted))
                    (sides[left[i]], taken) = (side, with);
                else
                    passed.Add(left[i]);
            }
            if (taken == 0)
            {
                int smallest = passed.MinBy(group => groups[group].Speakers);
                sides[smallest] = side;
                passed.Remove(smallest);
            }
            left = passed;
        }
    }

    /// <summary>How far the sides' shares of the speakers are from the wanted ones, summed over the sides.</summary>
    private static double SpeakerError(Split[] sides, IReadOnlyList<ClipGroup> groups, double[] shares)
    {
        double[] speakers = new double[shares.Length];
        for (int i = 0; i < sides.Length; i++)
            speakers[(int)sides[i]] += groups[i].Speakers;
        double all = speakers.Sum();
        return shares.Select((share, side) => Math.Abs(speakers[side] / all - share)).Sum();
    }

    private static double Score(Split[] sides, (int Label, int Clips)[][] counts, int[] totals, double[] shares)
    {
        int[,] clips = new int[shares.Length, totals.Length];
        for (int i = 0; i < sides.Length; i++)
        {
            foreach (var (label, count) in counts[i])
                clips[(int)sides[i], label] += count;
        }
        double score = 0.0;
        int all = totals.Sum();
        for (int side = 0; side < shares.Length; side++)
        {
            for (int label = 0; label < totals.Length && shares[side] > 0; label++)
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
