using Mingling.Corpora;
using Mingling.Experiments.Evaluation;
using Mingling.MetricLearning.Evaluation;
using Mingling.Training.Models;
using Mingling.Training.Runs;

namespace Mingling.Experiments.Reports.Content;

/// <summary>All that a report shows of a run, measured once.</summary>
public sealed record RunReport
{
    private const int Seed = 1;

    // Of each kind at most: rates down to 0.001 % are seen.
    private const int Pairs = 100_000;

    /// <summary>The name of the run: that of its folder.</summary>
    public required string Name { get; init; }

    /// <summary>What the run is.</summary>
    public required RunManifest Manifest { get; init; }

    /// <summary>The finished epochs, in order.</summary>
    public required IReadOnlyList<EpochReport> History { get; init; }

    /// <summary>Whether the weights after the last epoch were measured; otherwise those that did best on the validation clips.</summary>
    public required bool IsLast { get; init; }

    /// <summary>The rate of the clips' samples in hertz.</summary>
    public required int SampleRate { get; init; }

    /// <summary>How well the run recognises the clips.</summary>
    public required EvaluationReport Evaluation { get; init; }

    /// <summary>How the clips were chosen, to follow a number of clips.</summary>
    public required string Choice { get; init; }

    /// <summary>How many of the clips the run learned from; above 0 the figures are too good.</summary>
    public required int Learned { get; init; }

    /// <summary>The clips that judged the run.</summary>
    public required IReadOnlyList<ReportedClip> Clips { get; init; }

    /// <summary>The clips that could not be read.</summary>
    public required IReadOnlyList<CorpusProblem> Problems { get; init; }

    /// <summary>The embeddings of the clips as points of a plane, the best picture first; a point for each of <see cref="Clips"/>.</summary>
    public required IReadOnlyList<EmbeddingMap> Maps { get; init; }

    /// <summary>How far embeddings of one word and of different words lie apart; null where there are not both kinds of pairs.</summary>
    public required DistanceHistogram? Distances { get; init; }

    /// <summary>
    /// The errors of telling pairs of clips of one word from pairs of different words by the distance of their embeddings; null where
    /// there are not both kinds of pairs.
    /// </summary>
    public required VerificationCurve? Verification { get; init; }

    /// <summary>How the run does in a stream; null (default) where none was heard.</summary>
    public ReportedStream? Stream { get; init; }

    /// <summary>Runs a model over the clips and gathers what it says of them.</summary>
    /// <param name="run">The run.</param>
    /// <param name="model">Its model.</param>
    /// <param name="isLast">Whether the model has the weights after the last epoch.</param>
    /// <param name="judges">The clips to judge it by.</param>
    /// <param name="threads">The number of threads that lay the embeddings out, at least 1; the result does not depend on it.</param>
    /// <exception cref="CorpusException">No clip carries a word that the model knows.</exception>
    public static RunReport Measure(RunDirectory run, IClipRecognizer model, bool isLast, ReportClips judges, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(judges);
        var index = ClassNumbers.ByName(model.Classes);
        LoadedClip[] judged = [.. judges.Clips.Where(clip => index.ContainsKey(clip.Clip.Label))];
        if (judged.Length == 0)
            throw new CorpusException($"none of the clips ({judges.Choice}) carries a word of {run.Path}; it knows {string.Join(", ", model.Classes)}.");

        ClipOutput[] outputs = [.. Evaluator.Judge(model, judged).Select(clip => clip.Output)];
        int[] labels = [.. judged.Select(clip => index[clip.Clip.Label])];
        var embeddings = EmbeddingMaps.EmbeddingsOf(outputs, labels);
        var pairs = VerificationTrials.FromEmbeddings(embeddings, Seed, Pairs, Pairs);
        bool bothKinds = pairs.TargetScores.Length > 0 && pairs.OtherScores.Length > 0;
        return new RunReport
        {
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(run.Path))),
            Manifest = run.Manifest,
            History = run.History(),
            IsLast = isLast,
            SampleRate = model.SampleRate,
            Evaluation = Evaluator.Report(model.Classes, judged, outputs, judges.Problems.Count) with
            {
                UnknownLabels = judges.Clips.Count - judged.Length,
            },
            Choice = judges.Choice,
            Learned = judges.Learned,
            Clips = [.. judged.Select((clip, i) => new ReportedClip(clip.Clip, clip.Samples, labels[i], outputs[i].Best, outputs[i].Posteriors[outputs[i].Best]))],
            Problems = judges.Problems,
            Maps = LaidOut(outputs, labels, embeddings, threads),
            Distances = bothKinds ? DistanceHistogram.Count(pairs) : null,
            Verification = bothKinds ? VerificationCurve.FromScores(pairs.TargetScores.Span, pairs.OtherScores.Span) : null,
        };
    }

    /// <summary>Near clips stay near in the first map, the second is a shadow of the whole; embeddings of two values need but one.</summary>
    private static List<EmbeddingMap> LaidOut(ClipOutput[] outputs, int[] labels, EmbeddingSet<float> embeddings, int threads)
    {
        var verdicts = LabelCheck.Judge(embeddings, EmbeddingMaps.PosteriorsOf(outputs), threads: threads);
        MapMethod[] methods = embeddings.Dimension > 2 ? [MapMethod.TSne, MapMethod.PrincipalComponents] : [MapMethod.TSne];
        return [.. methods.Select(method => EmbeddingMaps.Project(outputs, labels, method, Seed, threads, verdicts))];
    }
}
