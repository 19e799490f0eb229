using Mingling.Corpora.Layouts;

namespace Mingling.Corpora.Streams;

/// <summary>Chooses the clips of the commands of a stream from a corpus.</summary>
public static class CommandClips
{
    /// <summary>Chooses clips; synthetic ones and those of labels in underscores (<c>_unknown_</c>) are left out.</summary>
    /// <param name="source">The corpus and how it is read; splits are not used.</param>
    /// <param name="list">A list of clips (<see cref="CorpusOptions.TestList"/>), or null for all.</param>
    /// <param name="words">The words; empty for all.</param>
    /// <param name="speakers">The speakers; empty for all.</param>
    /// <exception cref="CorpusException">The corpus cannot be used, lacks a word or a speaker, or has no clip of a word in this choice.</exception>
    public static IReadOnlyList<CorpusClip> Choose(CorpusSource source, string? list, IReadOnlyList<string> words, IReadOnlyList<string> speakers)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(speakers);
        var options = list is null ? source.Options : source.Options with { TrainList = null, ValidationList = null, TestList = list };
        var corpus = CorpusReader.ReadAlone(Path.GetFullPath(source.Path), options with { Words = [] }).WithoutTrainingOnly();
        string[] classes = [.. corpus.Classes.Where(IsCommand)];
        string[] known = [.. corpus.Clips.Select(clip => clip.Speaker).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        foreach (string word in words.Where(word => !classes.Contains(word)))
            throw new CorpusException($"'{word}' is no word of {source.Path}; {NearNames.Hint(word, classes)}");
        foreach (string speaker in speakers.Where(speaker => !known.Contains(speaker)))
        {
            throw new CorpusException(known.Length == 0
                ? $"The speakers of {source.Path} are not known, so none can be chosen; name a pattern with {{speaker}}, or a list."
                : $"'{speaker}' is no speaker of {source.Path}; {NearNames.Hint(speaker, known)}");
        }

        CorpusClip[] chosen =
        [
            .. corpus.Clips.Where(clip => IsCommand(clip.Label)
                && (list is null || clip.Split == Split.Test)
                && (words.Count == 0 || words.Contains(clip.Label))
                && (speakers.Count == 0 || (clip.Speaker is { } speaker && speakers.Contains(speaker)))),
        ];
        string from = (list is null ? "" : $" in {list}") + (speakers.Count == 0 ? "" : $" by {string.Join(", ", speakers)}");
        if (words.FirstOrDefault(word => chosen.All(clip => clip.Label != word)) is { } missing)
            throw new CorpusException($"There is no clip of '{missing}'{from}; leave out the word, or choose more.");
        return chosen.Length > 0 ? chosen : throw new CorpusException($"There are no clips of commands in {source.Path}{from}.");
    }

    private static bool IsCommand(string label) => !(label.Length >= 2 && label[0] == '_' && label[^1] == '_');
}
