using static Mingling.Corpora.Phonetics.SoundFeature;

namespace Mingling.Corpora.Phonetics;

/// <summary>How much sounds and their differences count.</summary>
/// <remarks>
/// The difference of two consonants, or of two vowels, is the sum of the differences of their features, each times its weight, and at
/// most 1. A consonant and a vowel differ by 1, save the approximants j, w, ɥ, ɰ and ʕ and the vowels i, u, y, ɯ and ɑ that they glide from.
/// Losing a sound costs its mass; replacing one by another, their difference times the sum of both masses, so that at the difference 1
/// it costs as much as to lose the one and gain the other. Weighted features in an alignment are Kondrak's (2002); that manner, nasality
/// and voicing tell consonants apart better than place does is Miller and Nicely's finding (1955). The figures are this project's,
/// chosen coarsely and checked by what trained models confuse: see docs/similar-words.md.
/// </remarks>
public sealed class SoundWeights
{
    private static readonly double[] Consonants = Weights(
        (Place, 0.3), (Sonority, 0.8), (Voiced, 0.25), (Nasal, 0.3), (Lateral, 0.2), (Sibilant, 0.4), (Aspirated, 0.15), (Glottalic, 0.15),
        (Palatalized, 0.1), (Labialized, 0.1), (Pharyngealized, 0.15), (Length, 0.1));

    private static readonly double[] Vowels = Weights(
        (Height, 0.6), (Backness, 0.4), (Rounded, 0.15), (Nasal, 0.15), (Rhotic, 0.15), (Pharyngealized, 0.1), (Voiced, 0.15), (Length, 0.15),
        (Stress, 0.1), (ToneStart, 0.1), (ToneMiddle, 0.1), (ToneEnd, 0.1));

    /// <summary>The factor on the mass of the sounds up to and with the first vowel. Default 1.15. Range: above 0.</summary>
    public double Beginning { get; init; } = 1.15;

    /// <summary>The factor on the mass of a vowel under primary stress; half as much more under secondary stress. Default 1.3. Range: above 0.</summary>
    public double Stressed { get; init; } = 1.3;

    /// <summary>How much more mass a long sound has, as a share. Default 1. Range: at least 0.</summary>
    public double Long { get; init; } = 1;

    /// <summary>The factor on the mass of consonants made in the throat, which are soft: ʔ, h, ʕ. Default 0.5. Range: above 0.</summary>
    public double Throat { get; init; } = 0.5;

    /// <summary>The mass of a vowel in the middle of the mouth, ə; the other vowels have 1. Default 0.7. Range: above 0.</summary>
    public double Central { get; init; } = 0.7;

    /// <summary>How much an approximant differs from the vowel that it glides from. Default 0.25. Range: 0 to 1.</summary>
    public double Glide { get; init; } = 0.25;

    /// <summary>How much two sounds differ, 0 … 1.</summary>
    /// <param name="a">One sound.</param>
    /// <param name="b">The other.</param>
    public double Difference(Sound a, Sound b)
    {
        if (a.Kind == SoundKind.Unknown || b.Kind == SoundKind.Unknown) return a.Kind == b.Kind && a.Text == b.Text ? 0 : 1;
        if (a.Kind == b.Kind) return Math.Min(1, Sum(a, b, a.Kind == SoundKind.Vowel ? Vowels : Consonants));
        var (consonant, vowel) = a.Kind == SoundKind.Consonant ? (a, b) : (b, a);
        return GlideVowel(consonant) is { } near ? Math.Min(1, Glide + Sum(near, vowel, Vowels)) : 1;
    }

    /// <summary>What a sound of a word weighs.</summary>
    /// <param name="sounds">The sounds of the word.</param>
    public double[] Masses(IReadOnlyList<Sound> sounds)
    {
        double[] masses = new double[sounds.Count];
        bool beginning = true;
        for (int i = 0; i < masses.Length; i++)
        {
            masses[i] = Mass(sounds[i]) * (beginning ? Beginning : 1);
            beginning &= !sounds[i].IsSyllabic;
        }
        return masses;
    }

    private double Mass(Sound sound)
    {
        double bare = sound.Kind switch
        {
            SoundKind.Unknown => 0.7,
            SoundKind.Vowel => sound[Height] == 0.5 && sound[Backness] == 0.5 ? Central : 1,
            _ when sound[Place] >= 0.9 => Throat * Consonant(sound),
            _ => Consonant(sound),
        };
        return bare * (1 + Long * sound[Length]) * (1 + (Stressed - 1) * sound[Stress]);

        // The more sonorous, and the sharper a hiss, the better it is heard.
        static double Consonant(Sound sound) => sound.IsSyllabic ? 1 : 0.5 + 0.25 * sound[Sonority] + 0.25 * sound[Sibilant];
    }

    private static Sound? GlideVowel(Sound consonant) => consonant.Text[0] switch
    {
        'ʕ' => IpaLetters.Find("ɑ"),
        'j' => IpaLetters.Find("i"),
        'w' => IpaLetters.Find("u"),
        'ɥ' => IpaLetters.Find("y"),
        'ɰ' => IpaLetters.Find("ɯ"),
        _ => null,
    };

    private static double Sum(Sound a, Sound b, double[] weights)
    {
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
            if (weights[i] > 0) sum += weights[i] * Math.Abs(a[(SoundFeature)i] - b[(SoundFeature)i]);
        return sum;
    }

    private static double[] Weights(params (SoundFeature Feature, double Weight)[] weights)
    {
        double[] all = new double[Sound.Features];
        foreach (var (feature, weight) in weights) all[(int)feature] = weight;
        return all;
    }
}
