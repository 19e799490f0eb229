using Mingling.Corpora.Speech;

namespace Mingling.Corpora.Tests.Speech;

public class PronunciationTests
{
    [Theory]
    [InlineData("t¦ˈɜː¦n l¦ˈɛ¦f¦t\n", "en", "tˈɜːn lˈɛft")]
    [InlineData("n¦ˈɜː¦s\nf¦ˈaɪə", "en", "nˈɜːs fˈaɪə")]
    [InlineData("ts¦ˈuoɜ¦ ts.¦ˈua2¦n¦", "cmn-latn-pinyin", "tsˈuo ʈʂˈuan")]
    [InlineData("m¦ˈəɜ¦n¦ ˈər5¦", "cmn-latn-pinyin", "mˈən ˈər")]
    [InlineData("ts.h¦ˈɑ5¦ kh¦ˈai5¦ s.¦ˈo-5¦", "cmn-latn-pinyin", "ʈʂʰˈɑ kʰˈai ʂˈɤ")]
    [InlineData("¦b¦ˈaː6¦n¦ k¦ˌaːɜ¦c¦", "vi", "bˈaːn kˌaːc")]
    [InlineData("", "en", "")]
    public void Phones_are_read_without_tones_and_with_stress(string printed, string language, string ipa)
    {
        var said = Pronunciation.Parse(printed, language);
        said.Ipa.ShouldBe(ipa);
        said.OtherLanguages.ShouldBeEmpty();
    }

    [Fact]
    public void Part_read_by_the_rules_of_another_language_is_told()
    {
        var said = Pronunciation.Parse("(en)¦z¦j¦ˌuː5¦ə5¦θ¦ɹ¦ˈiː5¦ ʒ¦j¦ˌuː5¦(cmn)¦", "cmn");
        said.OtherLanguages.ShouldBe(["en"]);
        said.Ipa.ShouldBe("zjˌuːəθɹˈiː ʒjˌuː");
        said.Words[0].ShouldBe(["z", "j", "ˌuː", "ə", "θ", "ɹ", "ˈiː"]);
    }

    [Fact]
    public void Near_phones_keep_their_stress_and_are_near_in_both_directions()
    {
        NearSounds.Find("'E").ShouldAllBe(near => near.StartsWith('\''));
        NearSounds.Find("'i55").ShouldContain("'i214");
        NearSounds.Find("_").ShouldBeEmpty();
        foreach (string phone in (string[])["p", "s", "tS", "ts.h", "I", "A:", "ai", "oU"])
        {
            NearSounds.Find(phone).ShouldNotContain(phone);
            NearSounds.Find(phone).ShouldNotBeEmpty();
            NearSounds.Find(phone).ShouldAllBe(near => NearSounds.Find(near).Contains(phone));
        }
    }
}
