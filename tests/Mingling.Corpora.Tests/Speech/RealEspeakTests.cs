using Mingling.Corpora.Layouts;
using Mingling.Corpora.Speech;

namespace Mingling.Corpora.Tests.Speech;

/// <summary>Checks with eSpeak NG itself, where it is installed.</summary>
public class RealEspeakTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static EspeakNg Open()
    {
        try
        {
            return EspeakNg.Open(cancellation: Cancellation);
        }
        catch (SpeechException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }

    [Fact]
    public void Word_sounds_the_same_every_time_and_otherwise_by_another_voice()
    {
        var espeak = Open();
        var sound = espeak.Speak("turn left", "en", cancellation: Cancellation);
        sound.SampleRate.ShouldBe(22_050);
        sound.Duration.TotalSeconds.ShouldBeInRange(0.4, 2);
        espeak.Speak("turn left", "en", cancellation: Cancellation).Samples.ShouldBe(sound.Samples);
        espeak.Speak("turn left", "en+f2", cancellation: Cancellation).Samples.ShouldNotBe(sound.Samples);
        var slow = espeak.Speak("turn left", "en", new SpeakSettings { SpeedWordsPerMinute = 90 }, Cancellation);
        slow.Duration.ShouldBeGreaterThan(1.3 * sound.Duration);
    }

    [Fact]
    public void Other_speech_is_the_same_every_time_and_of_any_length()
    {
        var espeak = Open();
        var some = OtherSpeech.Speak(espeak, [], 12, 16_000, seed: 3, parallelism: 2, Cancellation);
        var again = OtherSpeech.Speak(espeak, [], 12, 16_000, seed: 3, parallelism: 1, Cancellation);
        some.Select(clip => clip.Samples).ShouldBe(again.Select(clip => clip.Samples));
        some.ShouldAllBe(clip => clip.SampleRate == 16_000 && clip.Samples.Max(Math.Abs) > 0.02f);
        some.Select(clip => clip.Samples.Length).Distinct().Count().ShouldBe(12);
        OtherSpeech.Speak(espeak, [], 1, 16_000, seed: 4, cancellation: Cancellation)[0].Samples.ShouldNotBe(some[0].Samples);
    }

    [Fact]
    public void Phonemes_of_English_and_Mandarin_are_IPA()
    {
        var espeak = Open();
        espeak.Phonemes("turn left", "en", Cancellation).Ipa.ShouldBe("tˈɜːn lˈɛft");
        espeak.Phonemes("-left", "en", Cancellation).Ipa.ShouldContain("lˈɛft");
        var mandarin = espeak.Phonemes("左转", "zh", Cancellation);
        mandarin.Ipa.ShouldBe(espeak.Phonemes("zuo3 zhuan3", "zh", Cancellation).Ipa);
        mandarin.Ipa.ShouldNotContain(c => char.IsDigit(c) || c == 'ɜ');
        mandarin.OtherLanguages.ShouldBeEmpty();
    }

    [Fact]
    public void Near_words_of_a_command_sound_like_no_command()
    {
        var espeak = Open();
        using var folder = new TemporaryFolder();
        var request = new SynthesisRequest
        {
            Words = [new("bat", "bat"), new("pat", "pat")],
            Voices = ["en-gb", "en-us+f2"],
            ClipsPerWord = 2,
            NearWords = 4,
        };
        var report = CorpusSynthesizer.Run(espeak, request, folder.Path, parallelism: 2, Cancellation);
        report.Notes.ShouldBeEmpty();
        report.NearWords.ShouldBe(8);
        CorpusReader.Read(folder.Path).Clips.CountBy(clip => clip.Label).ShouldBe([new("_unknown_", 8), new("bat", 2), new("pat", 2)], ignoreOrder: true);
        var near = new NearWords(espeak, "en-gb", ["bat", "pat"], Cancellation).Of("bat", 8, seed: 1, Cancellation);
        near.ShouldBeUnique();
        near.Count.ShouldBe(8);
        near.Select(text => string.Concat(espeak.Mnemonics(text, "en-gb", Cancellation)[0])).ShouldNotContain(sound => sound == "b'at" || sound == "p'at");
    }

    [Fact]
    public void Text_in_a_script_that_the_voice_does_not_read_is_told()
    {
        var espeak = Open();
        SpokenTexts.Notes(espeak, ["left", "إلى اليمين"], espeak.VoiceOf("en-us"), Cancellation).ShouldHaveSingleItem().ShouldContain("إلى اليمين");
        SpokenTexts.Notes(espeak, ["привет", "налево"], espeak.VoiceOf("ru"), Cancellation).ShouldBeEmpty();
        SpokenTexts.Notes(espeak, ["左转"], espeak.VoiceOf("cmn-latn-pinyin"), Cancellation).ShouldBeEmpty();
    }
}
