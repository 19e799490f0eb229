namespace Mingling.Corpora.Splitting;

/// <summary>Draws clips at random, class by class, where speakers are unknown.</summary>
internal static class ClipDraw
{
    /// <summary>Assigns a split to each group; a group counts for the class of its first clip.</summary>
    public static Split[] Draw(
        IReadOnlyList<ClipGroup> groups, IReadOnlyList<string> labels, double validationShare, double testShare, Random random)
    {
        var sides = new Split[groups.Count];
        foreach (var ofClass in Enumerable.Range(0, groups.Count).GroupBy(i => labels[groups[i].Members[0]]))
        {
            int[] order = ofClass.ToArray();
            random.Shuffle(order);
            int validation = Take(validationShare, order.Length, reserved: 1);
            int test = Take(testShare, order.Length, reserved: 1 + validation);
            for (int i = 0; i < validation + test; i++)
                sides[order[i]] = i < validation ? Split.Validation : Split.Test;
        }
        return sides;
    }

    /// <summary>A share of a number, at least one where the share is not zero, but never the reserved ones.</summary>
    public static int Take(double share, int of, int reserved) =>
        share == 0 ? 0 : Math.Min(Math.Max(1, (int)Math.Round(share * of)), Math.Max(of - reserved, 0));
}
