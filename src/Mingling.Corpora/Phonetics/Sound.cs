namespace Mingling.Corpora.Phonetics;

/// <summary>What kind of sound it is.</summary>
public enum SoundKind
{
    /// <summary>A consonant that begins or ends a syllable.</summary>
    Consonant,

    /// <summary>A vowel.</summary>
    Vowel,

    /// <summary>A symbol that is none of the International Phonetic Alphabet.</summary>
    Unknown,
}

/// <summary>One sound of a word: a consonant or a vowel with what modifies it.</summary>
public sealed class Sound
{
    internal static readonly int Features = Enum.GetValues<SoundFeature>().Length;
    private readonly double[] _features;

    internal Sound(string text, SoundKind kind, double[] features) => (Text, Kind, _features) = (text, kind, features);

    /// <summary>The sound as it was written, without marks of stress and tone, accents apart from their letters.</summary>
    public string Text { get; }

    /// <summary>The sound with its stress before it and the levels of its tone behind.</summary>
    public string MarkedText
    {
        get
        {
            int[] tone = [Level(SoundFeature.ToneStart), Level(SoundFeature.ToneMiddle), Level(SoundFeature.ToneEnd)];
            string levels = tone is [3, 3, 3] || !IsSyllabic ? "" : tone[1] < Math.Min(tone[0], tone[2]) ? string.Concat(tone) : $"{tone[0]}{tone[2]}";
            return (this[SoundFeature.Stress] switch { 1 => "ˈ", 0.5 => "ˌ", _ => "" }) + Text + levels;

            int Level(SoundFeature at) => (int)Math.Round(1 + 4 * this[at]);
        }
    }

    /// <summary>What kind of sound it is.</summary>
    public SoundKind Kind { get; }

    /// <summary>Whether a syllable is built on it: every vowel, and consonants marked as syllabic.</summary>
    public bool IsSyllabic { get; internal init; }

    /// <summary>One feature, 0 … 1.</summary>
    public double this[SoundFeature feature] => _features[(int)feature];

    /// <inheritdoc/>
    public override string ToString() => Text;

    internal bool HasFeaturesOf(Sound other) => Kind == other.Kind && IsSyllabic == other.IsSyllabic && _features.AsSpan().SequenceEqual(other._features);

    internal Sound With(string text, SoundFeature feature, double value)
    {
        double[] features = [.. _features];
        features[(int)feature] = value;
        return new Sound(text, Kind, features) { IsSyllabic = IsSyllabic };
    }

    internal double[] CopyFeatures() => [.. _features];
}
