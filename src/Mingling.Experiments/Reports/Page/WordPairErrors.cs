using Mingling.Experiments.Evaluation;
using Mingling.Experiments.Reports.Content;
using Mingling.Training.Models;

namespace Mingling.Experiments.Reports.Page;

/// <summary>Two words of a run, the clips taken for the other, and a right clip of each to compare them with.</summary>
/// <param name="Pair">The words and how alike they are.</param>
/// <param name="First">Clips of the first that were recognised as the second, the surest mistakes first.</param>
/// <param name="Second">Clips of the second that were recognised as the first.</param>
/// <param name="RightFirst">A clip of the first that was recognised, by the speaker of a mistake where there is one; null without.</param>
/// <param name="RightSecond">A clip of the second.</param>
internal sealed record WordPairErrors(
    SimilarPair Pair, IReadOnlyList<ReportedClip> First, IReadOnlyList<ReportedClip> Second, ReportedClip? RightFirst, ReportedClip? RightSecond)
{
    public int Errors => First.Count + Second.Count;

    /// <summary>All clips, errors first.</summary>
    public IEnumerable<ReportedClip> Clips => First.Concat(Second).Concat(new[] { RightFirst, RightSecond }.OfType<ReportedClip>());

    /// <summary>The pairs of a run that have errors, in the order of the evaluation.</summary>
    public static IReadOnlyList<WordPairErrors> Count(RunReport run)
    {
        var place = ClassNumbers.ByName(run.Evaluation.Classes);
        var errors = run.Clips.Where(clip => clip.IsError).ToLookup(clip => (clip.Said, clip.Recognized));
        var right = run.Clips.Where(clip => !clip.IsError).OrderByDescending(clip => clip.Score).ToLookup(clip => clip.Said);
        return [.. run.Evaluation.SimilarPairs.Select(pair => Count(pair, place[pair.First], place[pair.Second])).Where(pair => pair.Errors > 0)];

        WordPairErrors Count(SimilarPair pair, int first, int second)
        {
            ReportedClip[] one = Sorted(errors[(first, second)]), other = Sorted(errors[(second, first)]);
            string? speaker = one.Concat(other).FirstOrDefault()?.Clip.Speaker;
            return new WordPairErrors(pair, one, other, Right(first), Right(second));

            ReportedClip? Right(int word) =>
                right[word].FirstOrDefault(clip => speaker is not null && clip.Clip.Speaker == speaker) ?? right[word].FirstOrDefault();
        }
    }

    private static ReportedClip[] Sorted(IEnumerable<ReportedClip> clips) => [.. clips.OrderByDescending(clip => clip.Score)];
}
