using Mingling.Corpora.Layouts;

namespace Mingling.Corpora.Tests;

public class PatternTests
{
    [Theory]
    [InlineData("{label}_{speaker}_{index}.wav", "yes_anna_1.wav", "yes", "anna")]
    [InlineData("{label}_{speaker}_{index}.wav", "turn_on_anna_12.wav", "turn_on", "anna")]
    [InlineData("{label}_{speaker}_{index}", "deep/打开_王_1.flac", "打开", "王")]
    [InlineData("{label}/{speaker}_NO_{index}.wav", "turn on/0007_NO_01.wav", "turn on", "0007")]
    [InlineData("{speaker}-{*}-{label}.wav", "anna-2021-05-yes.wav", "yes", "anna")]
    [InlineData("{label}[{speaker}].wav", "yes[anna].wav", "yes", "anna")]
    [InlineData("{label}", "yes.wav", "yes", null)]
    public void Pattern_that_fits_reads_label_and_speaker(string pattern, string name, string label, string? speaker)
    {
        var match = ClipPattern.Parse(pattern).Match(new SoundFile("/" + name, name, IsEmpty: false));
        match.ShouldNotBeNull();
        match.Label.ShouldBe(label);
        match.Speaker.ShouldBe(speaker);
    }

    [Theory]
    [InlineData("{label}_{speaker}_{index}.wav", "yes_anna_x.wav")]
    [InlineData("{label}_{speaker}_{index}.wav", "yes_anna_1.flac")]
    [InlineData("{label}_{speaker}_{index}.wav", "_anna_1.wav")]
    [InlineData("{label}/{speaker}.wav", "yes/deep/anna.wav")]
    [InlineData("{label}.{index}.wav", "yes_1.wav")]
    public void Pattern_that_does_not_fit_reads_nothing(string pattern, string name) =>
        ClipPattern.Parse(pattern).Match(new SoundFile("/" + name, name, IsEmpty: false)).ShouldBeNull();

    [Theory]
    [InlineData("{speaker}_{index}.wav", "no {label}")]
    [InlineData("{label}_{Speaker}.wav", "{Speaker}")]
    [InlineData("{label}_{label}.wav", "twice")]
    public void Pattern_that_cannot_be_used_is_named(string pattern, string expected) =>
        Should.Throw<CorpusException>(() => ClipPattern.Parse(pattern)).Message.ShouldContain(expected);

    [Fact]
    public void Flat_folder_with_label_speaker_and_index_is_found_out()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("0_george_0.wav", "0_lucas_0.wav", "1_george_0.wav", "1_lucas_0.wav");
        var corpus = files.Open();
        corpus.Layout.ShouldBe(CorpusLayout.FileNamePattern);
        corpus.Pattern.ShouldBe("{label}_{speaker}_{index}");
        corpus.Classes.ShouldBe(["0", "1"]);
        corpus.Clips.Select(clip => clip.Speaker).ShouldBe(["george", "lucas", "george", "lucas"]);
    }

    [Fact]
    public void Flat_folder_whose_second_part_belongs_to_the_label_has_no_speakers()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("turn_on_1.wav", "turn_on_2.wav", "volume_up_1.wav", "volume_up_2.wav", "go_left_1.wav", "go_left_2.wav");
        var corpus = files.Open();
        corpus.Pattern.ShouldBe("{label}_{index}");
        corpus.Classes.ShouldBe(["go_left", "turn_on", "volume_up"]);
        corpus.Clips.ShouldAllBe(clip => clip.Speaker == null);
    }

    [Fact]
    public void Flat_folder_without_any_convention_asks_for_a_pattern()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("anna.wav", "ben.wav", "carl.wav");
        Should.Throw<CorpusException>(() => files.Open()).Message.ShouldContain("{label}_{speaker}_{index}.wav");
    }

    [Fact]
    public void Files_outside_the_pattern_are_problems_and_its_splits_are_read()
    {
        using var files = new TemporaryCorpus();
        files.RecordAll("val-yes-anna.wav", "train-no-anna.wav", "later-no-ben.wav", "odd.wav");
        var corpus = files.Open(new CorpusOptions { Pattern = "{split}-{label}-{speaker}" });
        corpus.Clips.Select(clip => clip.Split).ShouldBe([Split.Train, Split.Validation]);
        corpus.Problems.Select(problem => problem.Path).ShouldBe(["later-no-ben.wav", "odd.wav"]);
    }
}
