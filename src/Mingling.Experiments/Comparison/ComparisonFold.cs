using System.Security.Cryptography;
using System.Text;
using Mingling.Corpora;
using Mingling.Training.Data;

namespace Mingling.Experiments.Comparison;

/// <summary>The clips of a fold, kept on disk so that every run of the fold sees the same ones.</summary>
internal sealed record ComparisonFold
{
    public required int Number { get; init; }

    public required IReadOnlyList<CorpusClip> Train { get; init; }

    public required IReadOnlyList<CorpusClip> Validation { get; init; }

    /// <summary>Clips of words that are not learned, by the speakers of the validation.</summary>
    public required IReadOnlyList<CorpusClip> HeldOut { get; init; }

    public required IReadOnlyList<CorpusClip> Noise { get; init; }

    public PlannedFold Describe() => new(Number, Digest(), Train.Count, Validation.Count, Speakers());

    public IReadOnlyList<string> Speakers() =>
        [.. Validation.Select(clip => clip.Speaker).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The fold for a run that must not hear some of the words.</summary>
    public ComparisonFold Without(IReadOnlyList<string> words)
    {
        var held = words.ToHashSet(StringComparer.Ordinal);
        return this with
        {
            Train = [.. Train.Where(clip => !held.Contains(clip.Label))],
            Validation = [.. Validation.Where(clip => !held.Contains(clip.Label))],
            HeldOut = [.. Validation.Where(clip => held.Contains(clip.Label))],
        };
    }

    /// <summary>Names alone: a corpus that was moved is still the same.</summary>
    private string Digest()
    {
        var text = new StringBuilder();
        foreach (var (side, clips) in new[] { ("train", Train), ("validation", Validation), ("held out", HeldOut), ("noise", Noise) })
            foreach (var clip in clips) text.Append(side).Append('|').Append(PreparedCorpus.ClipId(clip)).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
