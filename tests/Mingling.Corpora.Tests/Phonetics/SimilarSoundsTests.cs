using Mingling.Corpora.Phonetics;

namespace Mingling.Corpora.Tests.Phonetics;

public class SimilarSoundsTests
{
    [Fact]
    public void Pairs_are_all_there_are_closest_first_and_name_the_word_in_most()
    {
        var sounds = SimilarSounds.Compare([Word("gap", "ɡæp"), Word("elephant", "ˈɛləfənt"), Word("cap", "kæp"), Word("tap", "tæp")]);
        sounds.Pairs.Count.ShouldBe(6);
        sounds.Pairs.Select(pair => pair.Similarity).ShouldBeInOrder(SortDirection.Descending);
        sounds.Pairs.Where(pair => pair.IsTooClose).Select(pair => $"{pair.First} {pair.Second}").ShouldBe(["cap tap", "gap cap", "gap tap"], ignoreOrder: true);
        sounds.Pairs.ShouldAllBe(pair => pair.IsTooClose == pair.Similarity >= SimilarSounds.TooClose);
        sounds.CloseWords.ShouldBe([new CloseWord("gap", 2), new CloseWord("cap", 2), new CloseWord("tap", 2)], ignoreOrder: true);
    }

    [Theory]
    [InlineData("laŋk", "laŋk", "They sound the same; replace one of them.")]
    [InlineData("laŋ", "lak", "They differ in one sound at the end: ŋ/k; make one longer")]
    [InlineData("paŋ", "kaŋ", "They differ in one sound at the beginning: p/k; ")]
    [InlineData("tapi", "tasi", "They differ in one sound in the middle: p/s; ")]
    [InlineData("tʰiŋ35", "tʰiŋ55", "They differ in tone alone: i35/i55; ")]
    [InlineData("ʃip", "ʃiːp", "They differ in length alone: i/iː; ")]
    [InlineData("ˈpata", "paˈta", "They differ in stress alone: ˈa/a, a/ˈa; ")]
    [InlineData("tapi", "kape", "They differ in 2 of 4 sounds: t/k, i/e; make one longer by a syllable or a word, or replace it by a word with another vowel in the first syllable.")]
    [InlineData("tapi", "tip", "replace one by a word with other consonants.")]
    public void Advice_says_what_differs_and_what_would_help(string first, string second, string sentence) =>
        new SoundPair("a", "b", PhoneticAlignment.Align(Transcription.ReadIpa(first), Transcription.ReadIpa(second))).Advice.ShouldContain(sentence);

    [Fact]
    public void ArabicCommands_that_were_made_to_sound_alike_are_among_the_closest()
    {
        var dictionary = PronunciationDictionary.Load(NotationTests.ArabicCommands);
        var pairs = SimilarSounds.Compare([.. dictionary.Words.Select(word => new SpokenWord(word, dictionary.Find(word)!))]).Pairs;
        pairs.Count.ShouldBe(190);
        string[] closest = [.. pairs.Take(10).Select(pair => $"{pair.First}/{pair.Second}")];
        foreach (string pair in new[] { "enable/disable", "zoom in/zoom out", "cancel/close", "send/enter" }) closest.ShouldContain(pair);
        pairs.Count(pair => pair.IsTooClose).ShouldBeInRange(30, 50);
    }

    private static SpokenWord Word(string word, string ipa) => new(word, Transcription.ReadIpa(ipa));
}
