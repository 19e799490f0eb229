using Mingling.Corpora.Speech;

namespace Mingling.Corpora.Tests.Speech;

public class EspeakNgTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Program_that_is_missing_is_named_with_how_to_install_it() =>
        Should.Throw<SpeechException>(() => EspeakNg.Open("/nowhere/espeak-ng", cancellation: Cancellation))
            .Message.ShouldSatisfyAllConditions(
                message => message.ShouldContain("/nowhere/espeak-ng"), message => message.ShouldContain("apt-get install espeak-ng"));

    [Fact]
    public void Program_that_is_another_one_is_refused()
    {
        Assert.SkipUnless(File.Exists("/bin/echo"), "There is no /bin/echo.");
        Should.Throw<SpeechException>(() => EspeakNg.Open("/bin/echo", cancellation: Cancellation)).Message.ShouldContain("is not eSpeak NG");
    }

    [Fact]
    public void Version_and_voices_are_read_and_Mbrola_is_left_out()
    {
        using var fake = new FakeEspeak();
        var espeak = fake.Open();
        espeak.Version.ShouldBe("9.51");
        espeak.Voices.Select(voice => voice.Id).ShouldBe(["gmw/en", "gmw/en-US", "sit/cmn", "sit/cmn-Latn-pinyin"]);
        espeak.Variants.Select(voice => voice.Id).ShouldBe(["Mr serious", "f3", "whisper", "Storm"]);
        espeak.VoicesOf("en").Select(voice => voice.Language).ShouldBe(["en-gb", "en-us"]);
        espeak.VoicesOf("zh").Single().Language.ShouldBe("cmn-latn-pinyin");
        Should.Throw<SpeechException>(() => espeak.VoicesOf("tlh")).Message.ShouldContain("'tlh'");
    }

    [Fact]
    public void Pool_has_every_voice_with_every_variant_that_is_a_speaker()
    {
        using var fake = new FakeEspeak();
        var espeak = fake.Open();
        VoicePool.Choose(espeak, "en").ShouldBe(
            ["en-gb", "en-gb+Mr serious", "en-gb+f3", "en-gb+Storm", "en-us", "en-us+Mr serious", "en-us+f3", "en-us+Storm"]);
        VoicePool.Draw(espeak, "en", 5, seed: 3).ShouldBe(VoicePool.Draw(espeak, "en", 5, seed: 3));
        VoicePool.Draw(espeak, "en", null, seed: 3).Count.ShouldBe(8);
        Should.Throw<SpeechException>(() => VoicePool.Draw(espeak, "en", 9, seed: 3)).Message.ShouldContain("8 voices");
    }

    [Theory]
    [InlineData("left")]
    [InlineData("-w stolen.wav")]
    [InlineData("; touch here; $(touch here) `touch here` \" '")]
    [InlineData("左转")]
    public void Text_reaches_the_program_as_it_is(string text)
    {
        using var fake = new FakeEspeak();
        var sound = fake.Open().Speak(text, "en-us+f3", new SpeakSettings { SpeedWordsPerMinute = 90, Pitch = 20 }, Cancellation);
        (sound.SampleRate, sound.Samples.Length).ShouldBe((22_050, 2205));
        fake.Texts.ShouldBe(text);
        fake.Arguments.ShouldContain("-v|en-us+f3|");
        fake.Arguments.ShouldContain("-s|90|-p|20|");
        fake.Arguments.ShouldNotContain(text);
    }

    [Theory]
    [InlineData("tlh", "no voice 'tlh'")]
    [InlineData("en-us+f9", "no variant 'f9'")]
    public void Voice_that_is_unknown_is_named(string voice, string named)
    {
        using var fake = new FakeEspeak();
        Should.Throw<SpeechException>(() => fake.Open().Speak("left", voice, cancellation: Cancellation)).Message.ShouldContain(named);
    }

    [Fact]
    public void Characters_that_a_voice_reads_as_letters_of_another_language_are_told()
    {
        using var fake = new FakeEspeak(phones: "(en)¦z¦j¦ˌuː5¦(cmn)");
        var espeak = fake.Open();
        SpokenTexts.Notes(espeak, ["左转"], espeak.VoiceOf("cmn"), Cancellation).ShouldHaveSingleItem().ShouldContain("'左转' is read by the rules of en");
        fake.Arguments.ShouldContain("-v|sit/cmn|");
    }

    [Fact]
    public void Setting_out_of_range_is_refused()
    {
        using var fake = new FakeEspeak();
        var espeak = fake.Open();
        Should.Throw<ArgumentOutOfRangeException>(() => espeak.Speak("left", "en-us", new SpeakSettings { Pitch = 100 }, Cancellation));
        Should.Throw<ArgumentOutOfRangeException>(() => espeak.Speak("left", "en-us", new SpeakSettings { SpeedWordsPerMinute = 79 }, Cancellation));
    }

    [Fact]
    public void Program_that_fails_is_quoted()
    {
        using var fake = new FakeEspeak(spoken: "echo 'Error: out of breath.' >&2; exit 3");
        Should.Throw<SpeechException>(() => fake.Open().Speak("left", "en-us", cancellation: Cancellation))
            .Message.ShouldEndWith("failed with exit code 3: Error: out of breath.");
    }

    [Fact]
    public void Program_that_says_nothing_is_named_with_the_text()
    {
        using var fake = new FakeEspeak(spoken: "head -c 44 tone.wav");
        Should.Throw<SpeechException>(() => fake.Open().Speak("...", "en-us", cancellation: Cancellation)).Message.ShouldContain("'...'");
    }

    [Fact]
    public void Program_that_hangs_is_stopped()
    {
        using var fake = new FakeEspeak(spoken: "sleep 600");
        Should.Throw<SpeechException>(() => fake.Open(TimeSpan.FromSeconds(2)).Speak("left", "en-us", cancellation: Cancellation))
            .Message.ShouldContain("did not end within 2 s");
    }

    [Fact]
    public void Program_is_stopped_where_the_work_is_canceled()
    {
        using var fake = new FakeEspeak(spoken: "sleep 600");
        var espeak = fake.Open();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        Should.Throw<OperationCanceledException>(() => espeak.Speak("left", "en-us", cancellation: stop.Token));
    }
}
