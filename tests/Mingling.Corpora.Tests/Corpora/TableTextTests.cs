using System.Text;
using Mingling.Corpora.Layouts;
using Mingling.Corpora.Phonetics;
using Mingling.Corpora.Speech;

namespace Mingling.Corpora.Tests;

/// <summary>Tables as programs save them: in other encodings, and separated by tabs.</summary>
public class TableTextTests
{
    private const string Table = "path,label\na.wav,für\nb.wav,开灯\n";

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    public void Table_in_unicode_is_read(string encoding, bool marked)
    {
        using var files = new TemporaryCorpus().RecordAll("a.wav", "b.wav");
        var unicode = Encoding.GetEncoding(encoding);
        File.WriteAllBytes(files.PathOf("manifest.csv"), [.. marked ? unicode.GetPreamble() : [], .. unicode.GetBytes(Table)]);
        files.Open().Classes.ShouldBe(["für", "开灯"]);
    }

    /// <summary>Latin-1 and GBK, as Excel saves them: different words must not become one.</summary>
    [Fact]
    public void Table_in_another_encoding_is_refused_with_its_line()
    {
        using var files = new TemporaryCorpus().RecordAll("a.wav", "b.wav", "c.wav");
        Refused("manifest.csv", [.. "path,label\na.wav,los\nb.wav,f"u8, 0xFC, .. "r\nc.wav,f"u8, 0xE4, .. "r\n"u8], () => files.Open(), 3);
        Refused("manifest.csv", [.. "path,label\na.wav,"u8, 0xBF, 0xAA, 0xB5, 0xC6, .. "\nb.wav,x\n"u8], () => files.Open(), 2);
        File.Delete(files.PathOf("manifest.csv"));
        Refused("train.csv", [.. "file,class\na.wav,"u8, 0xFC, .. "\n"u8], () => files.Open(), 2);
        File.Delete(files.PathOf("train.csv"));
        Refused("words.txt", [.. "los\nf"u8, 0xFC, .. "r\n"u8], () => WordList.Read(files.PathOf("words.txt")), 2);
        string dictionary = files.PathOf("words.dict");
        File.WriteAllBytes(dictionary, [.. "los\tlos\nf"u8, 0xFC, .. "r\tfyr\n"u8]);
        Should.Throw<PronunciationException>(() => PronunciationDictionary.Load(dictionary)).Message.ShouldContain("line 2 is not UTF-8; save it as UTF-8");

        void Refused(string name, byte[] bytes, Action read, int line)
        {
            File.WriteAllBytes(files.PathOf(name), bytes);
            Should.Throw<CorpusException>(read).Message.ShouldBe($"'{files.PathOf(name)}' cannot be read: line {line} is not UTF-8; save it as UTF-8 (in Excel: 'CSV UTF-8').");
        }
    }

    [Fact]
    public void Manifest_of_tabs_is_read()
    {
        using var files = new TemporaryCorpus().RecordAll("a.wav", "b, c.wav");
        files.Write("manifest.tsv", "path\tsentence\tclient_id\tup_votes\r\na.wav\tsay \"go\", now\tanna\t2\r\n\"b, c.wav\"\tstop\tben\t1\r\n");
        var corpus = files.Open();
        corpus.Layout.ShouldBe(CorpusLayout.Manifest);
        corpus.Clips.Select(clip => (clip.Name, clip.Label, clip.Speaker)).ShouldBe([("a.wav", "say \"go\", now", "anna"), ("b, c.wav", "stop", "ben")]);
        File.Move(files.PathOf("manifest.tsv"), files.PathOf("clips.txt"));
        CorpusReader.Read(files.PathOf("clips.txt")).Clips.Count.ShouldBe(2);
    }

    [Fact]
    public void List_of_tabs_is_read()
    {
        using var files = new TemporaryCorpus().RecordAll("a.wav", "b.wav", "c.wav");
        files.Write("train.tsv", "file\tclass\na.wav\tgo\nb.wav\tstop\n").Write("test.tsv", "file\tclass\nc.wav\tgo\n");
        var corpus = files.Open();
        corpus.Clips.Select(clip => (clip.Name, clip.Label, clip.Split)).ShouldBe([("a.wav", "go", Split.Train), ("b.wav", "stop", Split.Train), ("c.wav", "go", Split.Test)]);
    }

    [Fact]
    public void Time_with_a_comma_is_refused_with_the_right_form()
    {
        using var files = new TemporaryCorpus().RecordAll("a.wav", "b.wav");
        files.Write("manifest.tsv", "path\tlabel\tstart\na.wav\tgo\t0\nb.wav\tstop\t0,5\na.wav\tstop\t0.001\n");
        files.Open().Problems.Single().Reason.ShouldBe("starts at '0,5', which is not a number of seconds ('0,5' has a comma; write 0.5)");
    }
}
