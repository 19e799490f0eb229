namespace Mingling.Corpora.Phonetics;

/// <summary>Reads how a word is spoken, in any of three notations.</summary>
public static class Transcription
{
    /// <summary>Reads a transcription in the International Phonetic Alphabet.</summary>
    /// <param name="ipa">The transcription, composed or decomposed.</param>
    /// <exception cref="FormatException">There is no sound in it.</exception>
    public static PhoneticForm ReadIpa(string ipa) => IpaReader.Read(ipa);

    /// <summary>
    /// Reads what a user wrote: pinyin where every syllable is of small letters and ends in one digit (<c>kai1 deng1</c>), the ARPAbet
    /// where all is capital letters (<c>T ER1 N AA1 N</c>), otherwise the International Phonetic Alphabet.
    /// </summary>
    /// <param name="text">The transcription.</param>
    /// <exception cref="FormatException">There is no sound in it, or a symbol or syllable is not of its notation.</exception>
    public static PhoneticForm Read(string text)
    {
        string trimmed = text.Trim();
        return ReadIpa(Pinyin.Is(trimmed) ? Pinyin.ToIpa(trimmed) : Arpabet.Is(trimmed) ? Arpabet.ToIpa(trimmed) : trimmed);
    }

    /// <summary>Whether a text is pinyin with digits for tones.</summary>
    /// <param name="text">The text.</param>
    public static bool IsPinyin(string text) => Pinyin.Is(text.Trim());
}
