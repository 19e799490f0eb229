using System.Text;
using System.Text.RegularExpressions;
using Mingling.Corpora.Phonetics;

namespace Mingling.Corpora.Speech;

/// <summary>Finds out how words are spoken: from a dictionary, as pinyin, or else by espeak-ng.</summary>
/// <param name="dictionary">The user's dictionary, or null.</param>
/// <param name="language">The language of words that name none, such as <c>en</c>; null to go by their script.</param>
public sealed partial class Pronouncer(PronunciationDictionary? dictionary, string? language)
{
    private readonly Lazy<EspeakNg> _espeak = new(() => EspeakNg.Open());

    /// <summary>How a word is spoken.</summary>
    /// <param name="word">The word.</param>
    /// <exception cref="PronunciationException">It cannot be found out.</exception>
    public PhoneticForm Of(WordToSay word)
    {
        if (word.Language is null && dictionary?.Find(word.Word) is { } known) return known;
        try
        {
            bool mayBePinyin = (word.Language ?? language) is not { } named || IsMandarin(named);
            return mayBePinyin && Transcription.IsPinyin(word.Text) ? Transcription.Read(word.Text)
                : Ask(word, word.Language ?? WrittenLanguage.Guess(word.Text, language));
        }
        catch (FormatException e)
        {
            throw new PronunciationException(new Remark("speech.unspeakable", $"'{word.Word}' cannot be spoken: {e.Message}", ("word", word.Word), ("why", e.Message)));
        }
    }

    /// <summary>How a word is spoken where the dictionary has it or a language was named; null otherwise.</summary>
    /// <param name="word">The word.</param>
    /// <exception cref="PronunciationException">espeak-ng cannot say it.</exception>
    public PhoneticForm? OfKnown(WordToSay word) =>
        word.Language is null && language is null && dictionary?.Find(word.Word) is null && word.Text == word.Word ? null : Of(word);

    private PhoneticForm Ask(WordToSay word, string spoken)
    {
        try
        {
            var said = _espeak.Value.Phonemes(word.Text, spoken);
            if (IsMandarin(spoken) && said.OtherLanguages.Count > 0 && Han().IsMatch(word.Text))
                throw new PronunciationException(new Remark("speech.by-letters",
                    $"espeak-ng reads '{word.Text}' by letters, not as Mandarin; write it as pinyin, such as '{word.Word}=kai1 deng1', or give a --dictionary.", ("word", word.Text)));
            return Transcription.ReadIpa(IsMandarin(spoken) ? WithTones(said.Words, _espeak.Value.Mnemonics(word.Text, spoken)) : said.Ipa);
        }
        catch (SpeechException e)
        {
            string missing = dictionary is null ? "" : $"{dictionary.Path} does not have '{word.Word}', and ";
            throw new PronunciationException(new Remark(e.InnerException is System.ComponentModel.Win32Exception ? "speech.no-espeak" : "speech.unknown",
                $"{missing}espeak-ng does not say how '{word.Text}' is spoken ({e.Message.TrimEnd('.')}); give a --dictionary with the word.", ("word", word.Text), ("why", e.Message.TrimEnd('.'))), e);
        }
    }

    /// <summary>The program's IPA lacks the tones of Mandarin; its own notation has them as digits behind the same sounds.</summary>
    private static string WithTones(IReadOnlyList<IReadOnlyList<string>> ipa, IReadOnlyList<IReadOnlyList<string>> mnemonics)
    {
        var spoken = new StringBuilder();
        foreach (var (word, own) in ipa.Zip(mnemonics))
        {
            // With more sounds in one than in the other it is not known where a tone belongs.
            bool paired = word.Count == own.Count;
            for (int i = 0; i < word.Count; i++) spoken.Append(word[i]).Append(paired ? Tone().Match(own[i]).Value : "");
            spoken.Append(' ');
        }
        return spoken.ToString().TrimEnd();
    }

    private static bool IsMandarin(string language) => language.Split('-')[0] is "cmn" or "zh";

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();

    [GeneratedRegex("[1-5]{1,3}$")]
    private static partial Regex Tone();
}
