using Mingling.Corpora.Speech;

namespace Mingling.Corpora.Tests.Speech;

public class OtherSpeechTests
{
    [Fact]
    public void Common_words_are_words_of_many_languages_without_repeats()
    {
        OtherSpeech.CommonWords.Count.ShouldBe(17);
        foreach (var (language, words) in OtherSpeech.CommonWords)
        {
            language.ShouldMatch("^[a-z]{2}(-[a-z]{2})?$");
            words.Length.ShouldBeGreaterThan(40, language);
            words.ShouldAllBe(word => word.All(c => char.IsLetter(c) || c == '-'), language);
        }
    }

    [Fact]
    public void Words_of_a_command_are_never_said()
    {
        var texts = new OtherSpeech.OtherTexts(["Turn Left", "stop", "six_seven"], OtherSpeech.CommonWords);
        var random = new SeededRandom(1);
        var said = Enumerable.Range(0, 20_000).SelectMany(_ => texts.Draw(random).Text.Split(' ')).ToHashSet();
        said.Overlaps(["turn", "left", "stop", "six", "seven"]).ShouldBeFalse();
        said.IsSupersetOf(["right", "start", "eight", "fenêtre", "okno"]).ShouldBeTrue();
    }
}
