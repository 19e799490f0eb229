using Mingling.Corpora.Speech;

namespace Mingling.Corpora.Tests.Speech;

public class WordListTests
{
    private static IReadOnlyList<ListedWord> Read(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["words"], text);
        return WordList.Read(folder["words"]);
    }

    [Fact]
    public void Words_stand_one_a_line_with_what_is_said_behind_a_tab() =>
        Read("turn left\r\n\n 左转 \nBonn\t[[b|'0|n]]\nBonn\tBonn, please").ShouldBe(
            [new("turn left", "turn left"), new("左转", "左转"), new("Bonn", "[[b|'0|n]]"), new("Bonn", "Bonn, please")]);

    [Theory]
    [InlineData("", "no word")]
    [InlineData("yes\n\tno", "Line 2")]
    [InlineData("yes\nno\t ", "Line 2")]
    [InlineData("yes\nno\nyes", "'yes' again")]
    [InlineData("_silence_", "nobody says")]
    public void List_that_cannot_be_spoken_is_refused(string text, string named) =>
        Should.Throw<SpeechException>(() => Read(text)).Message.ShouldContain(named);
}
