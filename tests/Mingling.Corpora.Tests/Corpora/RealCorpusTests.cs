using Mingling.Corpora.Inspection;
using Mingling.Corpora.Layouts;
using Mingling.Corpora.Splitting;

namespace Mingling.Corpora.Tests;

/// <summary>Checks on real recordings, where a folder shared/data lies beside the checkout.</summary>
public class RealCorpusTests
{
    private static string Shared(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string data = Path.Combine(folder.FullName, "shared", "data", name);
            if (Directory.Exists(data))
                return data;
        }
        Assert.Skip($"There is no folder shared/data/{name} beside the checkout.");
        return "";
    }

    [Fact]
    public void Arabic_commands_are_a_folder_per_class_with_lists_and_speakers()
    {
        var corpus = CorpusReader.Read(Shared("asc"));
        corpus.Layout.ShouldBe(CorpusLayout.FolderPerClass);
        corpus.Lists.Select(Path.GetFileName).ShouldBe(["train.csv", "val.csv"]);
        corpus.Classes.Count.ShouldBe(20);
        corpus.Problems.ShouldBeEmpty();
        corpus.UnlistedFiles.ShouldBe(0);
        corpus.Clips.CountBy(clip => clip.Speaker ?? "").ShouldAllBe(count => count.Key.Length == 8 && count.Value == 200);
        var splits = CorpusSplitter.Split(corpus);
        (splits.Train.Count, splits.Validation.Count, splits.Test.Count).ShouldBe((3600, 1200, 0));
        splits.Train.Select(clip => clip.Speaker).Distinct().Count().ShouldBe(18);
        splits.Validation.Select(clip => clip.Speaker).Distinct().Count().ShouldBe(6);
        splits.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Spoken_digits_follow_a_pattern_and_one_speaker_can_be_left_out()
    {
        var corpus = CorpusReader.Read(Shared("fsdd"));
        corpus.Layout.ShouldBe(CorpusLayout.FileNamePattern);
        corpus.Pattern.ShouldBe("{label}_{speaker}_{index}");
        corpus.Classes.Count.ShouldBe(10);
        corpus.Clips.Select(clip => clip.Speaker).Distinct().Order().ShouldBe(["george", "jackson", "lucas", "nicolas"]);
        var splits = CorpusSplitter.Split(corpus, new SplitOptions { LeaveOutSpeakers = ["lucas"] });
        (splits.Train.Count, splits.Validation.Count).ShouldBe((1500, 500));
        CorpusSplitter.Folds(corpus, 4).ShouldAllBe(fold => fold.Validation.Count == 500);
    }

    [Fact]
    public void Wake_words_have_no_speakers_in_their_names()
    {
        var corpus = CorpusReader.Read(Shared("wakeword"));
        corpus.Classes.ShouldBe(["smart mirror", "view glass"]);
        corpus.Clips.ShouldAllBe(clip => clip.Speaker == null);
        CorpusInspector.Inspect(corpus, CorpusSplitter.Split(corpus)).Warnings[0].ShouldContain("Speakers are unknown");
    }
}
