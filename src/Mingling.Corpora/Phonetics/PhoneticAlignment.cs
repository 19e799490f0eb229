namespace Mingling.Corpora.Phonetics;

/// <summary>Sounds of two words side by side.</summary>
/// <param name="First">The sound of the first word; null where only the second has one.</param>
/// <param name="Second">The sound of the second word; null where only the first has one.</param>
/// <param name="Difference">How much they differ, 0 … 1; 1 where one is missing.</param>
public sealed record AlignedSounds(Sound? First, Sound? Second, double Difference)
{
    /// <summary>Whether they are not quite the same sound.</summary>
    public bool Differ => Difference > 0;

    /// <summary>How they are written, so that they look different where they are: by stress and tone where the letters are the same. Null where there is none.</summary>
    public (string? First, string? Second) Texts =>
        Differ && First?.Text == Second?.Text ? (First?.MarkedText, Second?.MarkedText) : (First?.Text, Second?.Text);
}

/// <summary>Two words laid beside each other sound by sound, so that they differ as little as can be.</summary>
/// <remarks>The cheapest edit path (Wagner and Fischer 1974) with the costs of <see cref="SoundWeights"/>.</remarks>
public sealed class PhoneticAlignment
{
    private PhoneticAlignment(double distance, double similarity, IReadOnlyList<AlignedSounds> sounds) =>
        (Distance, Similarity, Sounds) = (distance, similarity, sounds);

    /// <summary>The cost of making one word the other, at least 0.</summary>
    public double Distance { get; }

    /// <summary>
    /// 1 less the distance as a share of the mass of both words: 1 where they sound the same, 0 where they have nothing in common. It is
    /// the same in both directions.
    /// </summary>
    public double Similarity { get; }

    /// <summary>The sounds from beginning to end.</summary>
    public IReadOnlyList<AlignedSounds> Sounds { get; }

    /// <summary>Aligns two words.</summary>
    /// <param name="first">One word.</param>
    /// <param name="second">The other.</param>
    /// <param name="weights">What counts how much; null for the defaults.</param>
    public static PhoneticAlignment Align(PhoneticForm first, PhoneticForm second, SoundWeights? weights = null)
    {
        weights ??= new SoundWeights();
        var (a, b) = (first.Sounds, second.Sounds);
        var (massA, massB) = (weights.Masses(a), weights.Masses(b));
        // cost[i, j] makes the first i sounds of one word the first j of the other.
        double[,] cost = new double[a.Count + 1, b.Count + 1];
        for (int i = 1; i <= a.Count; i++) cost[i, 0] = cost[i - 1, 0] + massA[i - 1];
        for (int j = 1; j <= b.Count; j++) cost[0, j] = cost[0, j - 1] + massB[j - 1];
        for (int i = 1; i <= a.Count; i++)
            for (int j = 1; j <= b.Count; j++)
                cost[i, j] = Math.Min(Replaced(i, j), Math.Min(cost[i - 1, j] + massA[i - 1], cost[i, j - 1] + massB[j - 1]));

        double distance = cost[a.Count, b.Count];
        return new PhoneticAlignment(distance, Math.Clamp(1 - distance / (cost[a.Count, 0] + cost[0, b.Count]), 0, 1), Path());

        double Replaced(int i, int j) => cost[i - 1, j - 1] + weights.Difference(a[i - 1], b[j - 1]) * (massA[i - 1] + massB[j - 1]);

        List<AlignedSounds> Path()
        {
            var path = new List<AlignedSounds>();
            for (int i = a.Count, j = b.Count; i > 0 || j > 0;)
            {
                if (i > 0 && j > 0 && cost[i, j] == Replaced(i, j))
                    path.Add(new AlignedSounds(a[--i], b[--j], weights.Difference(a[i], b[j])));
                else if (i > 0 && cost[i, j] == cost[i - 1, j] + massA[i - 1])
                    path.Add(new AlignedSounds(a[--i], null, 1));
                else
                    path.Add(new AlignedSounds(null, b[--j], 1));
            }
            path.Reverse();
            return path;
        }
    }
}
