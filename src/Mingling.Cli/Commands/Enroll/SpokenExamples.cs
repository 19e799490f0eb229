using System.CommandLine;
using Mingling.Cli.Arguments;
using Mingling.Cli.Host;
using Mingling.Corpora.Speech;
using Mingling.Recognition.Enrollment;

namespace Mingling.Cli.Commands;

/// <summary>Examples of a new word that eSpeak NG says.</summary>
internal sealed class SpokenExamples
{
    private const int Voices = 24;
    private const int Slowest = 110, Fastest = 220;

    private readonly Option<string?> _text = new Option<string?>("--text")
    {
        Description = "Text of the new word, which eSpeak NG says with many voices; alone, or beside recordings.",
        HelpName = "TEXT",
    }.NotEmpty();
    private readonly Option<string> _language = new Option<string>("--language")
    {
        Description = "With --text: its language, such as en, de or zh.",
        DefaultValueFactory = _ => "en",
        HelpName = "LANGUAGE",
    }.NotEmpty();

    public SpokenExamples(Command command)
    {
        command.Options.Add(_text);
        command.Options.Add(_language);
    }

    /// <summary>The text; null where none is given.</summary>
    public string? Text(ParseResult parsed) => parsed.GetValue(_text);

    /// <summary>The text as said by voices of the language at several speeds; nothing without a text.</summary>
    /// <exception cref="UsageException">A language is given without a text.</exception>
    /// <exception cref="SpeechException">eSpeak NG is missing, has no such language, or cannot say the text.</exception>
    public IReadOnlyList<EnrollmentExample> Speak(ParseResult parsed)
    {
        if (Text(parsed) is not { } text)
        {
            return parsed.GetResult(_language) is { Implicit: false }
                ? throw new UsageException("--language goes with --text; name the text that is said.")
                : [];
        }
        var espeak = EspeakNg.Open();
        string language = parsed.GetValue(_language)!;
        int pool = VoicePool.Choose(espeak, language).Count;
        var voices = VoicePool.Draw(espeak, language, Math.Min(Voices, pool), seed: 1);
        return
        [
            .. voices.Select((voice, i) => new EnrollmentExample($"'{text}' by {voice}",
                espeak.Speak(text, voice, new SpeakSettings { SpeedWordsPerMinute = Slowest + (Fastest - Slowest) * (i % 4) / 3 })) { IsSynthetic = true }),
        ];
    }
}
