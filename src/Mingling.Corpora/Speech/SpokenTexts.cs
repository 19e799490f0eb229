namespace Mingling.Corpora.Speech;

/// <summary>Says where a voice does not read a text as it was meant.</summary>
internal static class SpokenTexts
{
    /// <summary>One sentence for each text that is read by the rules of another language or spelled letter by letter.</summary>
    public static IEnumerable<string> Notes(EspeakNg espeak, IEnumerable<string> texts, SpeechVoice voice, CancellationToken cancellation)
    {
        foreach (string text in texts.Where(text => !text.StartsWith("[[", StringComparison.Ordinal)).Distinct())
        {
            var said = espeak.Phonemes(text, voice.Id, cancellation);
            if (said.OtherLanguages.Count > 0)
                yield return $"'{text}' is read by the rules of {string.Join(", ", said.OtherLanguages)} in part, as {said.Ipa}; is the language right?";
            else if (IsForeign(text) && IsSpelled(espeak, text, said, voice, cancellation))
                yield return $"'{text}' may be spelled letter by letter, as {said.Ipa}; is the language right?";
        }
    }

    /// <summary>Whether a text has letters that are not Latin.</summary>
    private static bool IsForeign(string text) => text.Any(c => char.IsLetter(c) && c > 'ɏ');

    /// <summary>Letters with spaces between them sound like the text only where it is spelled, or where each letter is a syllable.</summary>
    private static bool IsSpelled(EspeakNg espeak, string text, Pronunciation said, SpeechVoice voice, CancellationToken cancellation)
    {
        string[] syllabic = ["cmn", "zh", "yue", "hak", "ja", "ko"];
        if (syllabic.Contains(voice.Language.Split('-')[0])) return false;
        string letters = string.Join(' ', text.Where(char.IsLetter));
        return Sounds(espeak.Phonemes(letters, voice.Id, cancellation)) == Sounds(said);
    }

    private static string Sounds(Pronunciation said) => said.Ipa.Replace(" ", "").Replace("ˈ", "").Replace("ˌ", "");
}
