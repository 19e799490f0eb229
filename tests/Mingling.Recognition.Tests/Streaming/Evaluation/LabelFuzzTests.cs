using Mingling.Recognition.Streaming.Evaluation;
using Mingling.Tests.Shared;

namespace Mingling.Recognition.Tests.Streaming.Evaluation;

/// <summary>Label files of every kind of wrong.</summary>
public class LabelFuzzTests
{
    [Fact]
    public void Labels_with_anything_changed_are_read_or_refused_in_a_sentence()
    {
        string path = Path.Combine(Path.GetTempPath(), $"mingling-labels-{Environment.ProcessId}.csv");
        int read = 0, refused = 0;
        try
        {
            foreach (byte[] changed in ChangedLines.Of("start,end,word\n# a note\n0.5,1.25,turn on\n2,2.5,\"stop\"\n3,3.4,停\n", ','))
            {
                File.WriteAllBytes(path, changed);
                bool isRead = ChangedLines.IsRead<LabelFormatException>(changed, () =>
                {
                    var words = LabelFile.Read(path);
                    words.ShouldAllBe(word => word.Start >= 0 && word.End > word.Start && double.IsFinite(word.End) && word.Word.Length > 0);
                    words.Distinct().Count().ShouldBe(words.Count);
                });
                if (isRead) read++;
                else refused++;
            }
        }
        finally
        {
            File.Delete(path);
        }
        read.ShouldBeGreaterThan(50);
        refused.ShouldBeGreaterThan(300);
    }

    [Fact]
    public void Folder_instead_of_labels_is_refused() =>
        Should.Throw<LabelFormatException>(() => LabelFile.Read(Path.GetTempPath())).Message.ShouldStartWith(Path.GetTempPath());
}
