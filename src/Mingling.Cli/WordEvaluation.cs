using Mingling.Cli.Display;
using Mingling.Corpora;
using Mingling.Experiments.Evaluation;
using Mingling.Training.Models;

namespace Mingling.Cli;

/// <summary>Judges a model on words that it learned.</summary>
internal static class WordEvaluation
{
    /// <param name="model">The model.</param>
    /// <param name="chosen">The clips to judge by.</param>
    /// <param name="strict">Whether a recording that cannot be read ends everything.</param>
    /// <param name="unknown">Clips of words to refuse, or null.</param>
    /// <param name="noise">The noise to judge in as well, or null.</param>
    /// <exception cref="CorpusException">The clips or the noise cannot be used.</exception>
    public static EvaluationReport Measure(
        IClipRecognizer model, EvaluationClips chosen, bool strict, IReadOnlyList<CorpusClip>? unknown = null, NoiseArguments.Noise? noise = null)
    {
        var loaded = Load(model, chosen, strict);
        var refused = unknown is null ? null : Load(model, unknown, strict);
        CorpusProblem[] problems = [.. loaded.Problems, .. refused?.Problems ?? []];
        CorpusNotes.Print(problems);
        var recordings = noise?.Load(model.SampleRate, strict);
        try
        {
            var report = Evaluator.Evaluate(model, loaded.Clips, problems.Length, refused?.Clips);
            return noise is null ? report : report with { Noise = NoiseEvaluator.Evaluate(model, loaded.Clips, recordings!, noise.Options) };
        }
        catch (ArgumentException e)
        {
            throw new CorpusException(ArgumentMessage.WithoutParameter(e));
        }
    }

    /// <summary>Loads the chosen clips; the problems are those of the choice and of the loading.</summary>
    public static LoadedClips Load(IClipRecognizer model, EvaluationClips chosen, bool strict)
    {
        if (chosen.Clips.Count == 0) throw new CorpusException($"there is nothing to judge: there are no clips ({chosen.Choice}).");
        if (chosen.Learned.Count > 0)
            CommandLine.Complain($"note: the run learned from {chosen.Learned.Count} of these clips, so the figures are too good.");
        var loaded = Load(model, chosen.Clips, strict);
        return loaded with { Problems = [.. chosen.Problems, .. loaded.Problems] };
    }

    private static LoadedClips Load(IClipRecognizer model, IReadOnlyList<CorpusClip> clips, bool strict) =>
        ClipLoader.Load(clips, model.SampleRate, Environment.ProcessorCount, strict);
}
