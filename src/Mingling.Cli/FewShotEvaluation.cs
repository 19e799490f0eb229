using Mingling.Cli.Display;
using Mingling.Corpora;
using Mingling.Experiments.Evaluation;
using Mingling.Training.Models;

namespace Mingling.Cli;

/// <summary>Judges a run on words of which a few clips are enrolled.</summary>
internal static class FewShotEvaluation
{
    /// <param name="model">The model.</param>
    /// <param name="all">The clips to judge by, of all words of the corpus.</param>
    /// <param name="asked">The words to enrol and those to refuse.</param>
    /// <param name="options">How to enrol and test.</param>
    /// <param name="strict">Whether a recording that cannot be read ends everything.</param>
    /// <exception cref="CorpusException">The clips do not suffice.</exception>
    public static FewShotReport Measure(IClipRecognizer model, EvaluationClips all, JudgedWords asked, FewShotOptions options, bool strict)
    {
        bool Known(string label) => asked.IsKnown(label) && OpenSetEvaluator.IsWord(label);
        var chosen = all.Only(label => Known(label) || asked.Unknown.Contains(label));
        string[] absent = [.. all.Words.Where(Known).Except(chosen.Clips.Select(clip => clip.Label))];
        if (absent.Length > 0) CommandLine.Complain($"note: there is no clip to judge of {string.Join(", ", absent)} ({all.Choice}).");

        var loaded = WordEvaluation.Load(model, chosen, strict);
        CorpusNotes.Print(loaded.Problems);
        var clips = Evaluator.Judge(model, loaded.Clips).ToLookup(clip => asked.Unknown.Contains(clip.Word));
        try
        {
            return FewShotEvaluator.Evaluate([.. clips[false]], [.. clips[true]], options with { Classes = model.Classes }) with
            {
                Choice = all.Choice,
                Unreadable = loaded.Problems.Count,
            };
        }
        catch (ArgumentException e)
        {
            throw new CorpusException(ArgumentMessage.WithoutParameter(e));
        }
    }
}
