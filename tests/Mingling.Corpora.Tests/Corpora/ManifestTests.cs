using Mingling.Corpora.Layouts;

namespace Mingling.Corpora.Tests;

public class ManifestTests
{
    private static TemporaryCorpus Recordings() => new TemporaryCorpus().Record("wav/a.wav", seconds: 1).Record("wav/b, c.wav", seconds: 1);

    [Fact]
    public void Table_gives_label_speaker_split_and_excerpt()
    {
        using var files = Recordings();
        files.Write("manifest.csv",
            "path,label,speaker,split,start,end\r\nwav/a.wav,yes,anna,train,0.25,0.5\r\n\"wav/b, c.wav\",\"no, \"\"never\"\"\",,val,,\r\n");
        var corpus = files.Open();
        corpus.Layout.ShouldBe(CorpusLayout.Manifest);
        corpus.Clips.Count.ShouldBe(2);
        corpus.Clips[0].ShouldBe(new CorpusClip(files.PathOf("wav/a.wav"), "wav/a.wav", "yes")
        {
            Speaker = "anna",
            Split = Split.Train,
            StartSeconds = 0.25,
            EndSeconds = 0.5,
        });
        corpus.Clips[1].ShouldBe(new CorpusClip(files.PathOf("wav/b, c.wav"), "wav/b, c.wav", "no, \"never\"") { Split = Split.Validation });
    }

    [Fact]
    public void Json_lines_with_numbers_and_byte_order_mark_are_read()
    {
        using var files = Recordings();
        files.Write("clips.jsonl",
            "\uFEFF{\"path\":\"wav\\\\a.wav\",\"label\":\"打开\",\"start\":0.5}\n\n"
            + "{\"file\":\"wav/a.wav\",\"class\":\"no\",\"end\":0.5}\nnonsense\n[1]\n");
        var corpus = CorpusReader.Read(files.PathOf("clips.jsonl"));
        corpus.Clips.Select(clip => (clip.Label, clip.StartSeconds, clip.EndSeconds)).ShouldBe([("no", null, 0.5), ("打开", 0.5, null)]);
        corpus.Problems.Select(problem => problem.Path).ShouldBe(["clips.jsonl, line 4", "clips.jsonl, line 5"]);
    }

    [Theory]
    [InlineData("wav/missing.wav,yes,,,", "does not exist")]
    [InlineData("wav/empty.wav,yes,,,", "empty")]
    [InlineData(",yes,,,", "lacks")]
    [InlineData("wav/a.wav,,,,", "lacks")]
    [InlineData("wav/a.wav,yes,tomorrow,,", "'tomorrow'")]
    [InlineData("wav/a.wav,yes,,one,", "'one'")]
    [InlineData("wav/a.wav,yes,,-1,", "'-1'")]
    [InlineData("wav/a.wav,yes,,,NaN", "'NaN'")]
    [InlineData("wav/a.wav,yes,,0.5,0.5", "not after its start")]
    [InlineData("wav/a.wav,no,,,", "again")]
    [InlineData("wav/\0.wav,no,,,", "zero character")]
    public void Row_that_cannot_be_used_is_a_problem_or_ends_a_strict_reading(string row, string expected)
    {
        using var files = Recordings();
        files.Write("wav/empty.wav", "").Write("manifest.csv", $"path,label,split,start,end\nwav/a.wav,no,,,\nwav/a.wav,yes,,0.1,0.2\n{row}\n");
        var corpus = files.Open();
        corpus.Clips.Count.ShouldBe(2);
        var problem = corpus.Problems.Single();
        problem.Path.ShouldBe("manifest.csv, line 4");
        problem.Reason.ShouldContain(expected);
        Should.Throw<CorpusException>(() => files.Open(new CorpusOptions { Strict = true })).Message.ShouldBe(problem.ToString());
    }

    [Theory]
    [InlineData("file,speaker\nwav/a.wav,anna\n", "path and label")]
    [InlineData("", "path and label")]
    [InlineData("path,label\n\"wav/a.wav,yes\n", "line 2 opens a quoted field")]
    [InlineData("path;label\nwav/a.wav;yes\n", "separates its columns by semicolons; commas are expected")]
    public void Table_that_cannot_be_read_is_named(string text, string expected)
    {
        using var files = Recordings();
        Should.Throw<CorpusException>(() => files.Write("manifest.csv", text).Open()).Message.ShouldContain(expected);
    }

    [Fact]
    public void Noise_in_a_manifest_is_noise()
    {
        using var files = Recordings();
        files.Write("manifest.csv", "path,label,start\nwav/a.wav,yes,0\nwav/a.wav,no,0.5\n\"wav/b, c.wav\",_background_noise_,\n");
        files.Open().Noise.Single().Name.ShouldBe("wav/b, c.wav");
    }
}
