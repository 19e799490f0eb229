using Mingling.Corpora.Speech;

namespace Mingling.Corpora.Tests.Speech;

/// <summary>Lists of words of every kind of wrong.</summary>
public class WordListFuzzTests
{
    [Fact]
    public void List_with_anything_changed_is_read_or_refused_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        int read = 0, refused = 0;
        foreach (byte[] changed in ChangedLines.Of("turn left\n左转\nBonn\t[[b|'0|n]]\nBonn\tBonn, please\n", '\t'))
        {
            File.WriteAllBytes(folder["words"], changed);
            bool isRead = ChangedLines.IsRead<MinglingException>(changed, () =>
            {
                var words = WordList.Read(folder["words"]);
                words.ShouldNotBeEmpty();
                words.ShouldAllBe(word => word.Label.Length > 0 && word.Label.Length <= 200 && word.Text.Length > 0 && ShownText.IsPlain(word.Label) && ShownText.IsPlain(word.Text));
            });
            if (isRead) read++;
            else refused++;
        }
        read.ShouldBeGreaterThan(100);
        refused.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void List_of_a_hundred_thousand_words_is_read_in_time_that_grows_with_it()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["words"], Enumerable.Range(0, 100_000).Select(i => $"word {i}"));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        WordList.Read(folder["words"]).Count.ShouldBe(100_000);
        // Each word against all before it took minutes.
        clock.Elapsed.TotalSeconds.ShouldBeLessThan(20);
    }
}
