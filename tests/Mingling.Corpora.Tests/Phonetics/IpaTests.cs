using CsCheck;
using Mingling.Corpora.Phonetics;
using static Mingling.Corpora.Phonetics.SoundFeature;

namespace Mingling.Corpora.Tests.Phonetics;

public class IpaTests
{
    internal static readonly Gen<string> AnyIpa = Gen.OneOf(
        Gen.OneOf("p", "t", "k", "ʔ", "s", "ʃ", "m", "ŋ", "l", "ɹ", "j", "w", "ʕ", "ħ", "ç", "a", "i", "u", "ə", "ɔ", "ɚ", "tʃ", "t͡s", "ɡ"),
        Gen.OneOf("ː", "ˑ", "ʰ", "ʲ", "ˤ", "ʼ", "\u0303", "\u0325", "\u0329", "\u032F", "\u0308", "\u0361", "\u200D", "\u0301", "\u030C", "˥˩", "51", "²"),
        Gen.OneOf("ˈ", "ˌ", " ", ".", "[", "⁷", "Ж", "7", "😀", "\u0489", "ã", "ä", "é")).Array[1, 14].Select(string.Concat);

    [Fact]
    public void Ipa_of_sounds_with_marks_has_their_features()
    {
        var form = Transcription.ReadIpa("taʕˈtˤiːl");
        form.Sounds.Select(sound => sound.Text).ShouldBe(["t", "a", "ʕ", "tˤ", "iː", "l"]);
        form.UnknownSymbols.ShouldBeEmpty();
        form.Sounds[3][Pharyngealized].ShouldBe(1);
        form.Sounds[4][Length].ShouldBe(1);
        form.Sounds[4][Stress].ShouldBe(1);
        form.Sounds[1][Stress].ShouldBe(0);
        (form.Sounds[0][Place] < form.Sounds[2][Place]).ShouldBeTrue();
        form.Sounds.Select(sound => sound.IsSyllabic).ShouldBe([false, true, false, false, true, false]);
    }

    [Theory]
    [InlineData("tʃ", "tʃ")]
    [InlineData("t͡ʃ", "tʃ")]
    [InlineData("ʧ", "ʧ")]
    [InlineData("ts", "t s")]
    [InlineData("t͡s", "ts")]
    [InlineData("tʂʰ", "tʂʰ")]
    [InlineData("t.ʃ", "t ʃ")]
    [InlineData("dʃ", "d ʃ")]
    [InlineData("sitta", "s i tt a")]
    [InlineData("sitːa", "s i tː a")]
    [InlineData("aa", "a a")]
    [InlineData("a͡ɪ", "a ɪ")]
    [InlineData("/ˈɡo.g'u/", "ɡ o ɡ u")]
    [InlineData("n̩", "n̩")]
    public void Ipa_is_read_sound_by_sound(string ipa, string sounds) =>
        string.Join(' ', Transcription.ReadIpa(ipa).Sounds).ShouldBe(sounds);

    [Fact]
    public void Ipa_of_one_sound_written_in_two_ways_is_the_same()
    {
        foreach (var (one, other) in new[] { ("tʃa", "t͡ʃa"), ("tʃa", "ʧa"), ("sitta", "sitːa"), ("ɡa", "ga"), ("ma˥˩", "ma51"), ("m\u00E2", "ma51"), ("ma\u0302", "ma51"), ("\u00E7a", "c\u0327a"), ("b\u00F5", "bo\u0303"), ("iːs", "i:s") })
            PhoneticAlignment.Align(Transcription.ReadIpa(one), Transcription.ReadIpa(other)).Distance.ShouldBe(0, $"{one} {other}");
    }

    [Fact]
    public void Tone_belongs_to_the_vowels_of_its_syllable()
    {
        var sounds = Transcription.ReadIpa("kwaɪn˨˩˦.ta55").Sounds;
        foreach (int vowel in new[] { 2, 3 })
            new[] { ToneStart, ToneMiddle, ToneEnd }.Select(feature => sounds[vowel][feature]).ShouldBe([0.25, 0, 0.75]);
        sounds[^1][ToneStart].ShouldBe(1);
        sounds[^1].MarkedText.ShouldBe("a55");
        sounds[3].MarkedText.ShouldBe("ɪ214");
        sounds[4].MarkedText.ShouldBe("n");
    }

    [Fact]
    public void Symbols_outside_the_alphabet_are_named_and_letters_among_them_are_sounds()
    {
        var form = Transcription.ReadIpa("aЖta7Ж");
        form.UnknownSymbols.ShouldBe(["Ж", "7"]);
        form.Sounds.Select(sound => sound.Kind).ShouldBe([SoundKind.Vowel, SoundKind.Unknown, SoundKind.Consonant, SoundKind.Vowel, SoundKind.Unknown]);
        new SoundWeights().Difference(form.Sounds[1], form.Sounds[4]).ShouldBe(0);
        new SoundWeights().Difference(form.Sounds[1], form.Sounds[0]).ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ˈ. ")]
    [InlineData("ʰ7")]
    public void Ipa_without_a_sound_is_refused(string ipa) => Should.Throw<FormatException>(() => Transcription.ReadIpa(ipa)).Message.ShouldContain("has no sound");

    [Fact]
    public void Ipa_of_any_symbols_composed_or_not_is_read() => AnyIpa.Sample(ipa =>
    {
        PhoneticForm form;
        try
        {
            form = Transcription.ReadIpa(ipa);
        }
        catch (FormatException)
        {
            return;
        }
        form.Sounds.ShouldNotBeEmpty();
        foreach (var sound in form.Sounds)
            foreach (var feature in Enum.GetValues<SoundFeature>()) sound[feature].ShouldBeInRange(0, 1);
        var composed = Transcription.ReadIpa(ipa.Replace("a\u0303", "ã").Replace("a\u0301", "á").Replace("u\u0308", "ü").Replace("i\u030C", "ǐ").Replace("ç", "c\u0327"));
        composed.Sounds.Select(sound => sound.Text).ShouldBe(form.Sounds.Select(sound => sound.Text));
        composed.UnknownSymbols.ShouldBe(form.UnknownSymbols);
        PhoneticAlignment.Align(form, composed).Distance.ShouldBe(0);
    }, iter: 2000);
}
