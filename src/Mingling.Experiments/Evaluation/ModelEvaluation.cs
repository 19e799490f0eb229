using Mingling.Corpora;
using Mingling.Training.Models;

namespace Mingling.Experiments.Evaluation;

/// <summary>Reads the clips that judge a model and measures it by them, as <c>mingling evaluate</c> does.</summary>
public static class ModelEvaluation
{
    /// <summary>Measures a model on words that it learned.</summary>
    /// <param name="model">The model.</param>
    /// <param name="chosen">The clips to judge by; see <see cref="EvaluationClips.Choose"/>.</param>
    /// <param name="settings">How clips are read; null for the defaults.</param>
    /// <param name="unknown">Clips of words to refuse; null for none.</param>
    /// <param name="noise">The noise to judge in as well; null for none.</param>
    /// <exception cref="CorpusException">The clips or the noise cannot be used.</exception>
    public static EvaluationReport Measure(
        IClipRecognizer model, EvaluationClips chosen, EvaluationSettings? settings = null, IReadOnlyList<CorpusClip>? unknown = null,
        NoiseRecordings? noise = null)
    {
        settings ??= new EvaluationSettings();
        var loaded = Load(model, chosen, settings);
        var refused = unknown is null ? null : Load(model, unknown, settings);
        CorpusProblem[] problems = [.. loaded.Problems, .. refused?.Problems ?? []];
        settings.Skipped(problems);
        var recordings = noise?.Load(model.SampleRate, settings);
        return Told(() =>
        {
            var report = Evaluator.Evaluate(model, loaded.Clips, problems.Length, refused?.Clips);
            return noise is null ? report : report with { Noise = NoiseEvaluator.Evaluate(model, loaded.Clips, recordings!, noise.Options) };
        });
    }

    /// <summary>Measures a model on words of which a few clips are enrolled.</summary>
    /// <param name="model">The model.</param>
    /// <param name="all">The clips to judge by, of all words of the corpus; see <see cref="EvaluationClips.ChooseOfAllWords"/>.</param>
    /// <param name="words">The words to enrol and those to refuse.</param>
    /// <param name="options">How to enrol and test.</param>
    /// <param name="settings">How clips are read; null for the defaults.</param>
    /// <exception cref="CorpusException">The clips do not suffice.</exception>
    public static FewShotReport MeasureFewShot(
        IClipRecognizer model, EvaluationClips all, JudgedWords words, FewShotOptions options, EvaluationSettings? settings = null)
    {
        settings ??= new EvaluationSettings();
        bool Known(string label) => words.IsKnown(label) && OpenSetEvaluator.IsWord(label);
        var chosen = all.Only(label => Known(label) || words.Unknown.Contains(label));
        string[] absent = [.. all.Words.Where(Known).Except(chosen.Clips.Select(clip => clip.Label))];
        if (absent.Length > 0) settings.Note($"there is no clip to judge of {string.Join(", ", absent)} ({all.Choice}).");

        var loaded = Load(model, chosen, settings);
        settings.Skipped(loaded.Problems);
        var clips = Evaluator.Judge(model, loaded.Clips).ToLookup(clip => words.Unknown.Contains(clip.Word));
        return Told(() => FewShotEvaluator.Evaluate([.. clips[false]], [.. clips[true]], options with { Classes = model.Classes, Cohort = (model as ExportedModel)?.Cohort ?? options.Cohort })) with
        {
            Choice = all.Choice,
            Unreadable = loaded.Problems.Count,
        };
    }

    /// <summary>Loads chosen clips; the problems are those of the choice and of the loading.</summary>
    /// <param name="model">The model, at whose rate they are loaded.</param>
    /// <param name="chosen">The clips.</param>
    /// <param name="settings">How they are read.</param>
    /// <exception cref="CorpusException">There is no clip, or one cannot be read and the settings are strict.</exception>
    public static LoadedClips Load(IClipRecognizer model, EvaluationClips chosen, EvaluationSettings settings)
    {
        if (chosen.Clips.Count == 0) throw new CorpusException($"there is nothing to judge: there are no clips ({chosen.Choice}).");
        if (chosen.Learned.Count > 0) settings.Note($"the run learned from {chosen.Learned.Count} of these clips, so the figures are too good.");
        var loaded = Load(model, chosen.Clips, settings);
        return loaded with { Problems = [.. chosen.Problems, .. loaded.Problems] };
    }

    private static LoadedClips Load(IClipRecognizer model, IReadOnlyList<CorpusClip> clips, EvaluationSettings settings) =>
        ClipLoader.Load(clips, model.SampleRate, settings.Threads, settings.Strict);

    /// <summary>What the evaluators call a wrong argument is here a corpus that does not suffice.</summary>
    private static T Told<T>(Func<T> measure)
    {
        try
        {
            return measure();
        }
        catch (ArgumentException e)
        {
            throw new CorpusException(ArgumentMessage.WithoutParameter(e));
        }
    }
}
