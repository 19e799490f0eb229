namespace Mingling.Corpora.Phonetics;

/// <summary>
/// What distinguishes sounds, each from 0 to 1. Place, manner, height and backness are scales in the order of the chart of the
/// International Phonetic Association (revised 2020), in the way of the multivalued features of ALINE (Kondrak 2002); the others are
/// there or not, as in PanPhon (Mortensen et al. 2016).
/// </summary>
public enum SoundFeature
{
    /// <summary>Where a consonant is made: 0 at the lips, 1 at the glottis.</summary>
    Place,

    /// <summary>How open the mouth is: stop 0, affricate 0.2, fricative 0.4, nasal 0.6, trill and tap 0.75, lateral 0.85, approximant and vowel 1.</summary>
    Sonority,

    /// <summary>1 where the vocal folds vibrate.</summary>
    Voiced,

    /// <summary>1 where air leaves by the nose.</summary>
    Nasal,

    /// <summary>1 where air passes beside the tongue.</summary>
    Lateral,

    /// <summary>1 for the sharp hiss of s and ʃ.</summary>
    Sibilant,

    /// <summary>1 for consonants released with a breath, ʰ.</summary>
    Aspirated,

    /// <summary>1 for ejectives, implosives and clicks.</summary>
    Glottalic,

    /// <summary>1 with a second narrowing at the palate, ʲ.</summary>
    Palatalized,

    /// <summary>1 with rounded lips, ʷ.</summary>
    Labialized,

    /// <summary>1 with a second narrowing at the pharynx, ˤ; also for the velarised ˠ, which no language sets against it.</summary>
    Pharyngealized,

    /// <summary>How high the tongue is in a vowel: open 0, close 1, in sixths.</summary>
    Height,

    /// <summary>Where the tongue is in a vowel: front 0, back 1.</summary>
    Backness,

    /// <summary>1 where the lips are rounded in a vowel.</summary>
    Rounded,

    /// <summary>1 for vowels with the colour of an r, ˞.</summary>
    Rhotic,

    /// <summary>Short 0, half long 0.5, long 1.</summary>
    Length,

    /// <summary>Without 0, secondary 0.5, primary 1.</summary>
    Stress,

    /// <summary>The pitch at the start of the tone of a vowel: lowest 0, highest 1; 0.5 without tone.</summary>
    ToneStart,

    /// <summary>The pitch in the middle of the tone.</summary>
    ToneMiddle,

    /// <summary>The pitch at the end of the tone.</summary>
    ToneEnd,
}
