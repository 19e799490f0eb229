using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Recognition.Tests.Streaming.Evaluation;

public class LabelFileTests
{
    [Theory]
    [InlineData("start,end,word\n2,3,no\n0.5,1.25,turn on\n")]
    [InlineData("\uFEFF 0.5 , 1.25 , turn on \r\n\r\n# a remark\r\n2,3,\"no\"")]
    public void LabelFile_gives_the_words_by_their_beginning(string text) =>
        LabelFile.Parse("labels.csv", text).ShouldBe([new(0.5, 1.25, "turn on"), new(2, 3, "no")]);

    [Fact]
    public void LabelFile_keeps_commas_and_quotes_of_a_word() =>
        LabelFile.Parse("labels.csv", "0,1,\"say \"\"yes\"\", please\"").Single().Word.ShouldBe("say \"yes\", please");

    [Theory]
    [InlineData("0,1,go\n1,2", "labels.csv, line 2: '1,2' has 2 of the columns start,end,word with times in seconds.")]
    [InlineData("0,1,go\n\nx,2,no", "labels.csv, line 3: the start 'x' is no time in seconds; lines are start,end,word with times in seconds.")]
    [InlineData("0,-1,go", "labels.csv, line 1: the end '-1' is no time in seconds; lines are start,end,word with times in seconds.")]
    [InlineData("1,NaN,go", "labels.csv, line 1: the end 'NaN' is no time in seconds; lines are start,end,word with times in seconds.")]
    [InlineData("2,1,go", "labels.csv, line 1: the word ends at 1, not after its start at 2.")]
    [InlineData("1,2, ", "labels.csv, line 1: there is no word; lines are start,end,word with times in seconds.")]
    [InlineData("0,1,go\nstart,end,word", "labels.csv, line 2: the start 'start' is no time in seconds; lines are start,end,word with times in seconds.")]
    public void LabelFile_that_cannot_be_understood_names_the_line(string text, string message) =>
        Should.Throw<LabelFormatException>(() => LabelFile.Parse("labels.csv", text)).Message.ShouldBe(message);

    [Fact]
    public void LabelFile_that_is_missing_says_so() => Should.Throw<FileNotFoundException>(() => LabelFile.Read("no such file.csv"));
}
