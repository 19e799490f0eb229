using Mingling.Corpora.Layouts;

namespace Mingling.Corpora.Tests;

public class SpeechCommandsTests
{
    /// <summary>Expected values computed with another implementation of SHA-1 and big integers.</summary>
    [Theory]
    [InlineData("bb05582b_nohash_3.wav", Split.Test)]
    [InlineData("0a7c2a8d_nohash_0.wav", Split.Train)]
    [InlineData("c50f55b8_nohash_17.wav", Split.Train)]
    [InlineData("b433eff_nohash_0.wav", Split.Train)]
    [InlineData("anna_nohash_0.wav", Split.Validation)]
    [InlineData("dc2222d7_nohash_1.wav", Split.Validation)]
    [InlineData("5c8af87a_nohash_2.wav", Split.Test)]
    [InlineData("Zoë_nohash_1.wav", Split.Train)]
    [InlineData("noseparator.wav", Split.Train)]
    public void Hash_gives_the_split_of_the_corpus_rule(string name, Split expected) =>
        SpeechCommandsLayout.SplitOf(name).ShouldBe(expected);

    [Fact]
    public void Hash_is_the_same_for_all_clips_of_a_speaker() =>
        Enumerable.Range(0, 50).Select(i => SpeechCommandsLayout.SplitOf($"dc2222d7_nohash_{i}.wav")).Distinct().ShouldBe([Split.Validation]);

    private static TemporaryCorpus Recordings() => new TemporaryCorpus().RecordAll(
        "yes/bb05582b_nohash_0.wav", "yes/0a7c2a8d_nohash_0.wav", "no/dc2222d7_nohash_0.wav", "no/0a7c2a8d_nohash_1.wav",
        "_background_noise_/running_tap.wav");

    [Fact]
    public void Folder_with_marked_names_is_split_by_hash()
    {
        using var files = Recordings();
        var corpus = files.Open();
        corpus.Layout.ShouldBe(CorpusLayout.SpeechCommands);
        corpus.Classes.ShouldBe(["no", "yes"]);
        corpus.Noise.Count.ShouldBe(1);
        corpus.Clips.Select(clip => (clip.Speaker, clip.Split)).ShouldBe([
            ("0a7c2a8d", Split.Train), ("dc2222d7", Split.Validation), ("0a7c2a8d", Split.Train), ("bb05582b", Split.Test)]);
    }

    [Fact]
    public void Official_lists_go_before_the_hash_and_the_rest_is_for_training()
    {
        using var files = Recordings();
        files.Write("validation_list.txt", "yes/bb05582b_nohash_0.wav\n").Write("testing_list.txt", "no/0a7c2a8d_nohash_1.wav\r\n");
        files.Open().Clips.Select(clip => clip.Split).ShouldBe([Split.Test, Split.Train, Split.Train, Split.Validation]);
    }
}
