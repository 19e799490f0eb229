namespace Mingling.Corpora.Speech;

/// <summary>
/// Pseudo-words that sound nearly like a command: one phone, or where that gives too few two, exchanged for a near one. Made for one
/// voice, because voices of one language differ in their phones.
/// </summary>
internal sealed class NearWords
{
    private readonly EspeakNg _espeak;
    private readonly string _voice;
    private readonly HashSet<string> _commands;

    /// <param name="espeak">The program.</param>
    /// <param name="voice">The voice that will say them, without a variant.</param>
    /// <param name="commands">What the commands' texts are; no pseudo-word sounds like one of them.</param>
    /// <param name="cancellation">Stops the program.</param>
    public NearWords(EspeakNg espeak, string voice, IEnumerable<string> commands, CancellationToken cancellation)
    {
        (_espeak, _voice) = (espeak, voice);
        _commands = [.. commands.Select(command => Sound(espeak.Mnemonics(command, voice, cancellation)))];
    }

    /// <summary>Pseudo-words near to a command, at most so many, as texts in <c>[[ ]]</c>.</summary>
    public IReadOnlyList<string> Of(string command, int count, ulong seed, CancellationToken cancellation)
    {
        var words = _espeak.Mnemonics(command, _voice, cancellation);
        var found = new List<string>();
        var sounds = new HashSet<string>(_commands);
        foreach (var candidate in Candidates(words, new SeededRandom(seed)))
        {
            if (found.Count == count) break;
            string text = $"[[{string.Join(' ', candidate.Select(word => string.Join('|', word)))}]]", sound = Sound(candidate);
            // What the voice does not have as a phone comes back as something else.
            if (sounds.Add(sound) && Sound(_espeak.Mnemonics(text, _voice, cancellation)) == sound) found.Add(text);
        }
        return found;
    }

    /// <summary>First all with one phone exchanged, then some with two, each in random order.</summary>
    private static IEnumerable<IReadOnlyList<IReadOnlyList<string>>> Candidates(IReadOnlyList<IReadOnlyList<string>> words, SeededRandom random)
    {
        var single = Exchanges(words).ToArray();
        random.Shuffle(single);
        foreach (var exchange in single) yield return exchange;
        foreach (var exchange in single)
        {
            var second = Exchanges(exchange).ToArray();
            if (second.Length > 0) yield return second[random.Next(second.Length)];
        }
    }

    private static IEnumerable<IReadOnlyList<IReadOnlyList<string>>> Exchanges(IReadOnlyList<IReadOnlyList<string>> words) =>
        from word in Enumerable.Range(0, words.Count)
        from phone in Enumerable.Range(0, words[word].Count)
        from near in NearSounds.Find(words[word][phone])
        select words.Select((old, w) => w != word ? old : [.. old.Select((sound, p) => p == phone ? near : sound)]).ToArray();

    /// <summary>Which phones are said, whatever their stress.</summary>
    private static string Sound(IReadOnlyList<IReadOnlyList<string>> words) =>
        string.Join('|', words.SelectMany(word => word).Select(phone => phone.TrimStart('\'', ',')));
}
