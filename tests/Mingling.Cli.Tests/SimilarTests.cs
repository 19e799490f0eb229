using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Mingling.Cli.Tests;

/// <summary>Words are compared by their sounds, and by what a run of one epoch confuses.</summary>
public sealed class SimilarTests : IDisposable
{
    private readonly ToneCorpus _tones = new();

    public SimilarTests()
    {
        File.WriteAllText(_tones["words.tsv"], "# commands\nturn on\tT ER1 N AA1 N\nturn off\ttˈɝn ˈɔf\n停\tting2\nyes, please\tˈjɛs pliЖz\n");
        File.WriteAllText(_tones["broken.tsv"], "turn on\tT ER1 N AA1 N\n停\n");
        File.WriteAllText(_tones["empty.tsv"], "# nothing yet\n");
    }

    public void Dispose() => _tones.Dispose();

    [Fact]
    public void Similar_with_words_of_a_dictionary_ranks_their_pairs()
    {
        var result = Similar("--words", "停,turn off,turn on", "--dictionary", "words.tsv", "--json");
        result.ExitCode.ShouldBe(0, result.Error);
        var report = JsonDocument.Parse(result.Output).RootElement;
        var pairs = report.GetProperty("pairs").EnumerateArray().ToList();
        pairs.Count.ShouldBe(3);
        (pairs[0].GetProperty("first").GetString(), pairs[0].GetProperty("second").GetString()).ShouldBe(("turn off", "turn on"));
        pairs[0].GetProperty("isTooClose").GetBoolean().ShouldBeTrue();
        pairs[0].GetProperty("advice").GetString().ShouldStartWith("They differ in 2 of 5 sounds: ɔ/ɑ, f/n;");
        pairs[0].GetProperty("sounds").EnumerateArray().Count().ShouldBe(5);
        pairs.Select(pair => pair.GetProperty("similarity").GetDouble()).ShouldBeInOrder(SortDirection.Descending);
        report.GetProperty("words")[0].GetProperty("ipa").GetString().ShouldBe("tʰiŋ35");
        report.GetProperty("closeWords").EnumerateArray().Count().ShouldBe(2);
    }

    [Fact]
    public void Similar_with_a_dictionary_alone_compares_all_its_words_and_names_unknown_symbols()
    {
        var result = Similar("--dictionary", "words.tsv", "--top", "1");
        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldContain("4 words, 6 pairs");
        result.Output.ShouldContain("turn on / turn off");
        result.Output.ShouldContain("[n]");
        result.Output.ShouldContain("and 5 pairs that sound less alike.");
        result.Error.ShouldContain("note: 'Ж' in 'ˈjɛs pliЖz' (yes, please)");
    }

    [Fact]
    public void Similar_with_pinyin_needs_nothing_else()
    {
        var result = Similar("--words", "听=ting1,停=cmn:ting2", "--json");
        result.ExitCode.ShouldBe(0, result.Error);
        JsonDocument.Parse(result.Output).RootElement.GetProperty("pairs")[0].GetProperty("advice").GetString().ShouldStartWith("They differ in tone alone: i55/i35;");
    }

    [Fact]
    public void Similar_with_words_of_two_languages_asks_espeak()
    {
        if (!HasEspeak()) Assert.Skip("espeak-ng is not installed.");
        var result = Similar("--words", "开灯,关灯,turn on,turn off", "--language", "cmn", "--json");
        result.ExitCode.ShouldBe(0, result.Error);
        var report = JsonDocument.Parse(result.Output).RootElement;
        report.GetProperty("words")[1].GetProperty("ipa").GetString().ShouldBe("kwˈa55n tˈə55ŋ");
        report.GetProperty("pairs")[0].GetProperty("first").GetString().ShouldBe("turn on");
    }

    [Theory]
    [InlineData(2, "there is nothing to compare; give --words, --dictionary, or a trained model and a corpus.")]
    [InlineData(2, "'stop' is the only word; name at least two to compare.", "--words", "stop,")]
    [InlineData(2, "--words names 'stop' twice; name each word once.", "--words", "stop,go,stop")]
    [InlineData(2, "'go=' in --words is not a word, 'word=text' or 'word=language:text'.", "--words", "stop,go=")]
    [InlineData(2, "'yes' is the only word; name at least two to compare.", "--words", "yes", "--dictionary", "words.tsv")]
    [InlineData(2, "--list is for a trained model", "--words", "stop,go", "--list", "list.csv")]
    [InlineData(2, "--top takes a number of pairs from 1, not 0.", "--words", "stop,go", "--top", "0")]
    [InlineData(2, "there is nothing to judge run by; name a corpus after it.", "run")]
    [InlineData(1, "broken.tsv, line 2: '停' is not a word, a tab and how it is spoken.", "--dictionary", "broken.tsv")]
    [InlineData(1, "empty.tsv has no word", "--dictionary", "empty.tsv")]
    [InlineData(1, "nowhere.tsv", "--dictionary", "nowhere.tsv")]
    [InlineData(1, "words.tsv does not have 'yes', and espeak-ng does not say how 'yes' is spoken", "--words", "yes,please", "--dictionary", "words.tsv", "--language", "qqq")]
    [InlineData(1, "'xyz' is no syllable of pinyin.", "--words", "停=ting2,走=xyz3")]
    [InlineData(1, "the language of 'ไป' cannot be told by its letters; name it with --language.", "--words", "ไป,停=ting2")]
    public void Similar_asked_for_what_cannot_be_says_so_in_a_sentence(int exitCode, string sentence, params string[] options)
    {
        var result = Similar(options);
        result.ExitCode.ShouldBe(exitCode, result.Error);
        result.Error.ShouldStartWith("mingling: ");
        result.Error.ShouldContain(sentence);
        result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
    }

    [Fact]
    public void Similar_with_a_run_shows_confusions_beside_sounds()
    {
        MinglingProcess.Run(_tones.Folder, "train", _tones.Corpus, "--out", "run", "--epochs", "1").ExitCode.ShouldBe(0);
        var result = Similar("run", "corpus", "--also", "run", "--dictionary", "words.tsv", "--json");
        result.ExitCode.ShouldBe(0, result.Error);
        var report = JsonDocument.Parse(result.Output).RootElement;
        report.GetProperty("models").GetInt32().ShouldBe(2);
        report.GetProperty("clips").GetInt32().ShouldBe(18);
        var pairs = report.GetProperty("pairs").EnumerateArray().ToList();
        pairs.Count.ShouldBe(3);
        pairs.Select(pair => pair.GetProperty("confusedShare").GetDouble()).ShouldBeInOrder(SortDirection.Descending);
        foreach (var pair in pairs)
        {
            pair.GetProperty("similarity").GetDouble().ShouldBeInRange(0, 1);
            int confused = pair.GetProperty("firstAsSecond").GetInt32() + pair.GetProperty("secondAsFirst").GetInt32();
            (confused % 2).ShouldBe(0, "the same run was counted twice");
            pair.GetProperty("confusedShare").GetDouble().ShouldBe(confused / 12.0, 1e-9);
        }

        // Without a dictionary and a language there are no sounds, and nothing is asked of espeak-ng.
        var silent = Similar("run", "corpus", "--words", "turn on,停");
        silent.ExitCode.ShouldBe(0, silent.Error);
        silent.Output.ShouldContain("turn on / 停");
        silent.Output.ShouldNotContain("turn off");
        silent.Output.ShouldNotContain("similarity");

        var strange = Similar("run", "corpus", "--words", "turn onn,停");
        strange.ExitCode.ShouldBe(2, strange.Error);
        strange.Error.ShouldContain("did you mean 'turn on'?");
    }

    private MinglingProcess.Result Similar(params string[] arguments) => MinglingProcess.Run(_tones.Folder, ["similar", .. arguments]);

    private static bool HasEspeak()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("espeak-ng", "--version") { RedirectStandardOutput = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
