using Mingling.Audio;
using Mingling.Corpora.Speech;

namespace Mingling.Corpora.Tests.Speech;

/// <summary>A program that answers as eSpeak NG does, in a folder that goes with the test; it writes down how it was called.</summary>
internal sealed class FakeEspeak : IDisposable
{
    private const string Voices = """
        Pty Language       Age/Gender VoiceName          File                 Other Languages
         2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)
         2  en-us           --/M      English_(America)  gmw/en-US            (en 3)
         5  en-us           --/F      us-mbrola-1        mb/mb-us1            (en 8)
         5  cmn             --/M      Chinese_(Mandarin,_latin_as_English) sit/cmn              (zh-cmn 5)(zh 5)
         5  cmn-latn-pinyin --/M      Chinese_(Mandarin,_latin_as_Pinyin) sit/cmn-Latn-pinyin  (zh-cmn 5)(zh 5)
        """;

    private const string Variants = """
        Pty Language       Age/Gender VoiceName          File                 Other Languages
         5  variant         --/M      Mr_Serious         !v/Mr serious
         5  variant         --/F      female3            !v/f3
         5  variant         --/M      whisper            !v/whisper
         5  variant         --/M      Storm              !v/Storm             (en-us 5)
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("mingling-espeak-").FullName;

    /// <param name="spoken">The shell's command where sound is wanted; null for a tone.</param>
    /// <param name="phones">What is printed as phonemes of any text.</param>
    public FakeEspeak(string? spoken = null, string phones = "l¦'E¦f¦t")
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "There is no /bin/sh to play a program.");
        float[] tone = new float[2205];
        for (int i = 0; i < tone.Length; i++) tone[i] = 0.5f * MathF.Sin(0.2f * i);
        WavWriter.Write(Path.Combine(_folder, "tone.wav"), new AudioClip(tone, 22_050));
        File.WriteAllText(Path.Combine(_folder, "voices"), Voices);
        File.WriteAllText(Path.Combine(_folder, "variants"), Variants);
        File.WriteAllText(Path.Combine(_folder, "phones"), phones);
        File.WriteAllText(Program, $"""
            #!/bin/sh
            cd "{_folder}"
            printf '%s|' "$@" >> arguments
            case "$*" in
              *--version*) echo "eSpeak NG text-to-speech: 9.51  Data at: /nowhere" ;;
              *--voices=variant*) cat variants ;;
              *--voices*) cat voices ;;
              *--stdout*) cat >> texts; {spoken ?? "cat tone.wav"} ;;
              *) cat > asked; case "$(cat asked)" in '[['*) sed 's/[][]//g; s/|/¦/g' asked ;; *) cat phones ;; esac ;;
            esac
            """);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Program => Path.Combine(_folder, "espeak");

    /// <summary>The texts that were spoken, one after the other.</summary>
    public string Texts => File.ReadAllText(Path.Combine(_folder, "texts"));

    /// <summary>The arguments with which it was called, each with a bar behind it.</summary>
    public string Arguments => File.ReadAllText(Path.Combine(_folder, "arguments"));

    public EspeakNg Open(TimeSpan? limit = null) => EspeakNg.Open(Program, limit, TestContext.Current.CancellationToken);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
