using System.Text;
using System.Text.RegularExpressions;
using Mingling.Audio;

namespace Mingling.Corpora.Speech;

/// <summary>
/// The speech synthesiser eSpeak NG (https://github.com/espeak-ng/espeak-ng), run as a program of its own. Texts are read as plain
/// text, never as SSML; what stands in <c>[[ ]]</c> is read as phonemes in the program's own notation (Kirshenbaum's, extended).
/// May be used from any number of threads.
/// </summary>
public sealed partial class EspeakNg
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(30);
    private readonly TimeSpan _limit;
    private readonly Lazy<IReadOnlyList<SpeechVoice>> _voices, _variants;

    private EspeakNg(string program, string version, TimeSpan limit)
    {
        (Program, Version, _limit) = (program, version, limit);
        _voices = new(() => [.. List("--voices").Where(voice => !voice.IsVariant)]);
        _variants = new(() => List("--voices=variant"));
    }

    /// <summary>The program, as it is started.</summary>
    public string Program { get; }

    /// <summary>Its version, such as <c>1.51</c>.</summary>
    public string Version { get; }

    /// <summary>All voices but those that need MBROLA, in the program's order.</summary>
    /// <exception cref="SpeechException">The program failed.</exception>
    public IReadOnlyList<SpeechVoice> Voices => _voices.Value;

    /// <summary>The variants, each of which turns a voice into another speaker: <c>en-us+f3</c>.</summary>
    /// <exception cref="SpeechException">The program failed.</exception>
    public IReadOnlyList<SpeechVoice> Variants => _variants.Value;

    /// <summary>Finds the program and asks for its version.</summary>
    /// <param name="program">
    /// Its path, or a name alone, which the system looks for as <see cref="System.Diagnostics.Process.Start()"/> does: in the folders
    /// of the search path.
    /// </param>
    /// <param name="timeLimit">How long one call may take before the program is stopped; null for 30 s.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="SpeechException">There is no such program, or it is another one.</exception>
    public static EspeakNg Open(string program = "espeak-ng", TimeSpan? timeLimit = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(program);
        var limit = timeLimit ?? DefaultLimit;
        string said = Encoding.UTF8.GetString(SpeechProcess.Run(program, ["--version"], "", limit, cancellation));
        var version = VersionLine().Match(said);
        return version.Success
            ? new EspeakNg(program, version.Groups[1].Value, limit)
            : throw new SpeechException($"'{program}' is not eSpeak NG; name that program, usually called espeak-ng.");
    }

    /// <summary>
    /// The voices of a language, the best first, those of its regions too: <c>en</c> has <c>en-gb</c>, <c>en-us</c> and others. Mandarin
    /// (<c>zh</c>, <c>cmn</c>) is read by <c>cmn-latn-pinyin</c> where there is one: it reads characters and pinyin, while
    /// <c>cmn</c> of version 1.51 says the English names of the letters of the pinyin.
    /// </summary>
    /// <exception cref="SpeechException">There is no such voice.</exception>
    public IReadOnlyList<SpeechVoice> VoicesOf(string language)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(language);
        bool isMandarin = language.ToLowerInvariant() is "zh" or "cmn" or "zh-cmn" or "zh-cn";
        if (isMandarin && Voices.FirstOrDefault(voice => voice.Language == "cmn-latn-pinyin") is { } pinyin) return [pinyin];
        SpeechVoice[] voices = [.. Voices.Where(voice => voice.Speaks(language))];
        return voices.Length > 0
            ? [.. voices.OrderBy(voice => voice.Priorities.GetValueOrDefault(language, int.MaxValue))]
            : throw new SpeechException($"eSpeak NG {Version} has no voice '{language}'; see 'espeak-ng --voices'.");
    }

    /// <summary>Says a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="voice">A voice or language, with a variant where one is wanted: <c>en</c>, <c>gmw/en-US+f3</c>.</param>
    /// <param name="settings">How; null for the defaults.</param>
    /// <param name="cancellation">Stops the program.</param>
    /// <returns>The sound, usually at 22,050 Hz; the same for the same arguments.</returns>
    /// <exception cref="SpeechException">The voice is unknown, nothing can be said, or the program failed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public AudioClip Speak(string text, string voice, SpeakSettings? settings = null, CancellationToken cancellation = default)
    {
        byte[] sound = Run(text, voice, ["-z", "--stdout", .. (settings ?? new SpeakSettings()).Arguments()], cancellation);
        try
        {
            return WavReader.Read(sound, $"What eSpeak NG says for '{text}'");
        }
        catch (AudioFormatException e)
        {
            throw new SpeechException(e.Message, e);
        }
    }

    /// <summary>How a text is said, in IPA. Tones are left out, stress marks stay.</summary>
    /// <param name="text">The text.</param>
    /// <param name="language">A language or voice, such as <c>en</c> or <c>zh</c>; the best of <see cref="VoicesOf"/> reads it.</param>
    /// <param name="cancellation">Stops the program.</param>
    /// <exception cref="SpeechException">The language is unknown, or the program failed.</exception>
    public Pronunciation Phonemes(string text, string language, CancellationToken cancellation = default)
    {
        var voice = VoicesOf(language)[0];
        string printed = Encoding.UTF8.GetString(Run(text, voice.Id, ["-q", "--ipa", $"--sep={Pronunciation.Separator}"], cancellation));
        return Pronunciation.Parse(printed, voice.Language);
    }

    /// <summary>How a text is said, in the program's own notation: the words, each with its phones.</summary>
    /// <inheritdoc cref="Phonemes"/>
    public IReadOnlyList<IReadOnlyList<string>> Mnemonics(string text, string language, CancellationToken cancellation = default)
    {
        string printed = Encoding.UTF8.GetString(Run(text, VoicesOf(language)[0].Id, ["-q", "-x", $"--sep={Pronunciation.Separator}"], cancellation));
        return
        [
            .. printed.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
                .Select(word => word.Split(Pronunciation.Separator).Where(phone => phone.Trim('_', ':', '|').Length > 0 && !phone.StartsWith('(')).ToArray())
                .Where(word => word.Length > 0),
        ];
    }

    /// <summary>The voice that the program takes for a name, whatever its variant.</summary>
    /// <exception cref="SpeechException">There is no such voice.</exception>
    internal SpeechVoice VoiceOf(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        string voice = name.Split('+')[0];
        return Voices.Where(known => known.Answers(voice)).MinBy(known => known.Priorities.GetValueOrDefault(voice))
            ?? throw new SpeechException($"eSpeak NG {Version} has no voice '{voice}'; see 'espeak-ng --voices'.");
    }

    private byte[] Run(string text, string voice, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        CheckVoice(voice);
        // The text goes in by the standard input, where a '-' at its beginning is no option.
        return SpeechProcess.Run(Program, ["-v", voice, "-b", "1", "--stdin", .. arguments], text, _limit, cancellation);
    }

    /// <summary>The program itself takes an unknown variant for none, without a word.</summary>
    internal void CheckVoice(string voice)
    {
        string[] parts = voice.Split('+', 2);
        VoiceOf(voice);
        if (parts.Length > 1 && !Variants.Any(known => known.Id == parts[1]))
            throw new SpeechException($"eSpeak NG {Version} has no variant '{parts[1]}'; see 'espeak-ng --voices=variant'.");
    }

    private IReadOnlyList<SpeechVoice> List(string option) =>
    [
        .. SpeechVoice.Parse(Encoding.UTF8.GetString(SpeechProcess.Run(Program, [option], "", _limit, CancellationToken.None)))
            .Where(voice => !voice.IsMbrola),
    ];

    [GeneratedRegex(@"^eSpeak NG .*?:\s*(\S+)")]
    private static partial Regex VersionLine();
}
