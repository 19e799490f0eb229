using Mingling.Recognition.Streaming.Evaluation;
using Mingling.Recognition.Tests.Support;

namespace Mingling.Recognition.Tests.Streaming.Evaluation;

public class LabelEncodingTests
{
    [Fact]
    public void Read_of_a_file_in_another_encoding_names_its_line()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["labels.csv"], [.. "0,1,los\n1,2,f"u8, 0xFC, .. "r\n"u8]);
        Should.Throw<LabelFormatException>(() => LabelFile.Read(folder["labels.csv"])).Message
            .ShouldBe($"{folder["labels.csv"]} cannot be read: line 2 is not UTF-8; save it as UTF-8 (in Excel: 'CSV UTF-8').");
        File.WriteAllText(folder["labels.csv"], "0,1,für\n", System.Text.Encoding.Unicode);
        LabelFile.Read(folder["labels.csv"]).Single().Word.ShouldBe("für");
    }
}
