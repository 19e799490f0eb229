using System.Text.Json;
using Mingling.Cli.Host;
using Mingling.Corpora.Phonetics;

namespace Mingling.Cli.Commands;

/// <summary>Pairs of words as JSON.</summary>
internal static class SimilarJson
{
    public static string Serialize(IReadOnlyList<SpokenWord> words, SimilarSounds sounds) => Text(new
    {
        SimilarSounds.TooClose,
        Words = words.Select(Word),
        Pairs = sounds.Pairs.Select(pair => new
        {
            pair.First,
            pair.Second,
            pair.Similarity,
            pair.IsTooClose,
            Sounds = pair.Alignment.Sounds.Select(both => new { both.Texts.First, both.Texts.Second, both.Difference }),
            pair.Advice,
        }),
        sounds.CloseWords,
    });

    public static string Serialize(LearnedPairs learned) => Text(new
    {
        learned.Models,
        learned.Clips,
        learned.Choice,
        SimilarSounds.TooClose,
        Words = learned.Words.Select(Word),
        Pairs = learned.Pairs.Select(pair => new
        {
            pair.First,
            pair.Second,
            pair.FirstAsSecond,
            pair.SecondAsFirst,
            pair.ConfusedShare,
            pair.DPrime,
            pair.Sounds?.Similarity,
            pair.Sounds?.IsTooClose,
        }),
        SimilarityAndConfusions = learned.WithConfusions,
        SimilarityAndDPrime = learned.WithDPrime,
    });

    private static object Word(SpokenWord word) => new { word.Word, word.Form.Ipa, word.Form.UnknownSymbols };

    private static string Text(object value) => JsonSerializer.Serialize(value, CliJson.Options);
}
