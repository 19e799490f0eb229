using Mingling.Audio;
using Mingling.Corpora.Layouts;
using Mingling.Corpora.Speech;
using Mingling.Corpora.Splitting;

namespace Mingling.Corpora.Tests.Speech;

public class CorpusSynthesizerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly SynthesisRequest Digits = new()
    {
        Words = [new("1", "one"), new("a/b, \"c\"", "two")],
        Voices = ["en-gb", "en-us+Mr serious"],
        ClipsPerWord = 3,
        Seed = 5,
    };

    private static Dictionary<string, string> Bytes(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(folder, file), file => Convert.ToHexString(File.ReadAllBytes(file)));

    [Fact]
    public void Corpus_is_marked_and_opens_with_labels_and_speakers()
    {
        using var fake = new FakeEspeak();
        using var folder = new TemporaryFolder();
        var report = CorpusSynthesizer.Run(fake.Open(), Digits, folder.Path, cancellation: Cancellation);
        (report.Clips, report.Made, report.NearWords).ShouldBe((6, 6, 0));

        var corpus = CorpusReader.Read(folder.Path);
        corpus.Problems.ShouldBeEmpty();
        corpus.Clips.ShouldAllBe(clip => clip.Synthetic && clip.Split == Split.Train);
        // Where nobody else could judge, voices that were not learned do.
        corpus.Warnings.ShouldHaveSingleItem().ShouldContain("are synthetic");
        var splits = CorpusSplitter.Split(corpus);
        splits.Train.Select(clip => clip.Speaker).Intersect(splits.Validation.Select(clip => clip.Speaker)).ShouldBeEmpty();
        corpus.Clips.CountBy(clip => clip.Label).ShouldBe([new("1", 3), new("a/b, \"c\"", 3)], ignoreOrder: true);
        corpus.Clips.Select(clip => clip.Speaker).Distinct().Order().ShouldBe(["en-gb", "en-us+Mr serious"]);
        var sound = AudioFile.Read(corpus.Clips[0].Path);
        sound.SampleRate.ShouldBe(16_000);
        sound.Duration.TotalSeconds.ShouldBeInRange(0.08, 0.45);
    }

    [Fact]
    public void Same_request_gives_the_same_bytes_whatever_was_there_before_and_another_seed_others()
    {
        using var fake = new FakeEspeak();
        using var whole = new TemporaryFolder();
        using var cut = new TemporaryFolder();
        using var other = new TemporaryFolder();
        CorpusSynthesizer.Run(fake.Open(), Digits, whole.Path, cancellation: Cancellation);
        CorpusSynthesizer.Run(fake.Open(), Digits, cut.Path, parallelism: 3, Cancellation);
        foreach (string clip in Directory.GetFiles(cut["1"])[1..]) File.Delete(clip);
        CorpusSynthesizer.Run(fake.Open(), Digits, cut.Path, cancellation: Cancellation).Made.ShouldBe(2);
        Bytes(cut.Path).ShouldBe(Bytes(whole.Path), ignoreOrder: true);

        CorpusSynthesizer.Run(fake.Open(), Digits with { Seed = 6 }, other.Path, cancellation: Cancellation);
        Bytes(other.Path)["manifest.csv"].ShouldNotBe(Bytes(whole.Path)["manifest.csv"]);
    }

    [Fact]
    public void Folder_of_another_request_or_of_other_files_is_refused()
    {
        using var fake = new FakeEspeak();
        using var folder = new TemporaryFolder();
        using var foreign = new TemporaryFolder();
        CorpusSynthesizer.Run(fake.Open(), Digits, folder.Path, cancellation: Cancellation);
        Should.Throw<SpeechException>(() => CorpusSynthesizer.Run(fake.Open(), Digits with { SampleRate = 8000 }, folder.Path, cancellation: Cancellation))
            .Message.ShouldContain("begun with other");
        File.WriteAllText(foreign["letter.txt"], "Dear");
        Should.Throw<SpeechException>(() => CorpusSynthesizer.Run(fake.Open(), Digits, foreign.Path, cancellation: Cancellation))
            .Message.ShouldContain("holds other files");
        Directory.GetFileSystemEntries(foreign.Path).ShouldHaveSingleItem();
    }

    [Fact]
    public void Corpus_that_was_stopped_is_marked_already_and_has_only_whole_clips()
    {
        using var fake = new FakeEspeak(spoken: "if [ -f once ]; then exit 4; fi; touch once; cat tone.wav");
        using var folder = new TemporaryFolder();
        Should.Throw<SpeechException>(() => CorpusSynthesizer.Run(fake.Open(), Digits, folder.Path, cancellation: Cancellation));
        var clip = CorpusReader.ReadAlone(folder.Path, new CorpusOptions()).Clips.ShouldHaveSingleItem();
        clip.Synthetic.ShouldBeTrue();
        AudioFile.Read(clip.Path).Samples.ShouldNotBeEmpty();
        Directory.GetFiles(folder.Path, "*.tmp", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public void Near_words_are_unknown_and_never_one_of_the_commands()
    {
        using var fake = new FakeEspeak();
        using var folder = new TemporaryFolder();
        var request = Digits with { Words = [new("left", "left")], NearWords = 2 };
        var report = CorpusSynthesizer.Run(fake.Open(), request, folder.Path, cancellation: Cancellation);
        (report.Clips, report.NearWords).ShouldBe((7, 4));
        CorpusReader.Read(folder.Path).Clips.Count(clip => clip.Label == CorpusClip.UnknownLabel).ShouldBe(4);
        string[] said = fake.Texts.Split("]]", StringSplitOptions.RemoveEmptyEntries).Where(text => text.Contains("[[")).Select(text => text[text.IndexOf("[[")..]).ToArray();
        said.Length.ShouldBe(4);
        said.ShouldAllBe(text => text != "[[l|'E|f|t" && text.Split('|').Length == 4);
    }
}
