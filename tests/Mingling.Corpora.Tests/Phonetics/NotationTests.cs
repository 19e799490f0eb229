using Mingling.Corpora.Phonetics;

namespace Mingling.Corpora.Tests.Phonetics;

public class NotationTests
{
    [Theory]
    [InlineData("T ER1 N AA1 N", "tˈɝnˈɑn")]
    [InlineData("S EH1 V AH0 N", "sˈɛvən")]
    [InlineData("CH EY2 N JH ER0", "tʃˌeɪndʒɚ")]
    [InlineData("kai1 deng1", "kʰaɪ55.təŋ55")]
    [InlineData("ting2", "tʰiŋ35")]
    [InlineData("xia4lou2", "ɕja51.loʊ35")]
    [InlineData("ni3 hao3", "ni35.xɑʊ214")]
    [InlineData("da3 kai1", "ta21.kʰaɪ55")]
    [InlineData("yue4", "ɥɛ51")]
    [InlineData("yuan2 wen4 yong3", "ɥɛn35.wən51.jʊŋ214")]
    [InlineData("zhi1 zi4", "ʈʂʅ55.t͡sɿ51")]
    [InlineData("n\u00FC3", "ny214")]
    [InlineData("nu\u03083", "ny214")]
    [InlineData("lv4", "ly51")]
    [InlineData("qu4", "tɕʰy51")]
    [InlineData("bo1", "pwo55")]
    [InlineData("le5", "lɤ3")]
    [InlineData(" naʕam ", "naʕam")]
    public void Transcription_of_each_notation_is_ipa(string written, string ipa) => Transcription.Read(written).Ipa.ShouldBe(ipa);

    [Theory]
    [InlineData("QQ AA1", "'QQ' is no symbol of the ARPAbet.")]
    [InlineData("xyz1 ma1", "'xyz' is no syllable of pinyin.")]
    [InlineData("hm5", "'hm' is no syllable of pinyin.")]
    public void Transcription_with_a_mistake_names_it(string written, string sentence) =>
        Should.Throw<FormatException>(() => Transcription.Read(written)).Message.ShouldBe(sentence);

    [Fact]
    public void Dictionary_holds_words_with_spaces_and_commas_in_any_notation()
    {
        var dictionary = Load("# commands\n\nturn on\tT ER1 N AA1 N\r\nyes, please\tˈjɛs pliːz\n开灯\tkai1 deng1\ncafe\u0301\tkæfeɪ\n");
        dictionary.Words.ShouldBe(["turn on", "yes, please", "开灯", "cafe\u0301"]);
        dictionary.Find("开灯")!.Ipa.ShouldBe("kʰaɪ55.təŋ55");
        dictionary.Find("caf\u00E9").ShouldNotBeNull();
        dictionary.Find("turn off").ShouldBeNull();
    }

    [Theory]
    [InlineData("stop\n", "line 1: 'stop' is not a word, a tab and how it is spoken.")]
    [InlineData("no\tnoʊ\nstop\t \n", "line 2: 'stop' is not a word")]
    [InlineData("no\tnoʊ\nno\tnoʊ\n", "line 2: 'no' has a line already; give each word once.")]
    [InlineData("no\t7\n", "line 1: '7' has no sound.")]
    [InlineData("no\tQQ1\n", "line 1: 'QQ1' is no symbol of the ARPAbet.")]
    [InlineData("# nothing\n\n", "has no word; write a word, a tab and how it is spoken on each line.")]
    public void Dictionary_with_a_mistake_names_the_line(string text, string sentence) =>
        Should.Throw<PronunciationException>(() => Load(text)).Message.ShouldContain(sentence);

    [Fact]
    public void Dictionary_of_arabic_commands_has_only_sounds_of_the_alphabet()
    {
        var dictionary = PronunciationDictionary.Load(ArabicCommands);
        dictionary.Words.Count.ShouldBe(20);
        foreach (string word in dictionary.Words) dictionary.Find(word)!.UnknownSymbols.ShouldBeEmpty(word);
    }

    internal static string ArabicCommands => Path.Combine(AppContext.BaseDirectory, "Phonetics", "arabic-commands.tsv");

    private static PronunciationDictionary Load(string text)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            return PronunciationDictionary.Load(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
