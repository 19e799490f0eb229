using CsCheck;
using Mingling.Corpora;

namespace Mingling.Tests.Shared;

/// <summary>Corpora without files, for splits that look at names alone.</summary>
internal static class MadeCorpus
{
    /// <summary>A corpus with one clip for each label and speaker named.</summary>
    public static Corpus Of(params IEnumerable<(string Label, string? Speaker)> clips) => new()
    {
        Root = "/made",
        Layout = CorpusLayout.Manifest,
        Clips = [.. clips.Select((clip, i) => new CorpusClip($"/made/{i}.wav", $"{i}.wav", clip.Label) { Speaker = clip.Speaker })],
    };

    /// <summary>Every speaker says every word so many times.</summary>
    public static Corpus Full(int words, int speakers, int takes) => Of(
        from word in Enumerable.Range(0, words)
        from speaker in Enumerable.Range(0, speakers)
        from take in Enumerable.Range(0, takes)
        select ($"w{word}", (string?)$"s{speaker}"));

    /// <summary>Any distribution of speakers over classes, with at least two clips for each class.</summary>
    public static Gen<Corpus> Any(int fewestSpeakers) =>
        from words in Gen.Int[2, 6]
        from speakers in Gen.Int[fewestSpeakers, 12]
        from clips in Gen.Select(Gen.Int[0, words - 1], Gen.Int[0, speakers - 1]).List[0, 120]
        select Of(Enumerable.Range(0, Math.Max(2 * words, speakers)).Select(i => (i % words, i % speakers)).Concat(clips)
            .Select(clip => ($"w{clip.Item1}", (string?)$"s{clip.Item2}")));

    public static readonly SplitOptions WithoutSound = new() { KeepDuplicatesTogether = false };
}
