using Mingling.Experiments.Figures;

namespace Mingling.Experiments.Reports.Content;

/// <summary>The figures of a run, by where the page shows them.</summary>
/// <param name="Training">How the training went.</param>
/// <param name="Telling">How well words are told apart by their embeddings.</param>
/// <param name="Streaming">How it does in a stream.</param>
/// <param name="Others">What the page shows in a form of its own, for the figures' files.</param>
internal sealed record RunFigures(IReadOnlyList<Figure> Training, IReadOnlyList<Figure> Telling, IReadOnlyList<Figure> Streaming, IReadOnlyList<Figure> Others)
{
    public IEnumerable<Figure> All => [.. Training, .. Telling, .. Streaming, .. Others];

    public static RunFigures Draw(RunReport run)
    {
        NamedCurve[] curves = run.Verification is { } curve ? [new NamedCurve("pairs of clips", curve)] : [];
        return new RunFigures(
            run.History.Count > 0 ? [TrainingFigure.Draw(run.History, run.Manifest.Recipe.Epochs)] : [],
            [
                .. run.Distances is { } distances ? [DistanceFigure.Draw(distances)] : Array.Empty<Figure>(),
                .. curves.Length > 0 ? [RocFigure.Draw(curves), DetFigure.Draw(curves)] : Array.Empty<Figure>(),
            ],
            run.Stream is { Evaluation.Curve.Count: > 0 } stream ? [StreamDetFigure.Draw([(stream.Name, stream.Evaluation)])] : [],
            Shown(run));
    }

    private static List<Figure> Shown(RunReport run)
    {
        var evaluation = run.Evaluation;
        List<Figure> figures = [ConfusionFigure.Draw(evaluation), WordFigure.Draw(evaluation)];
        if (evaluation.Speakers.Count > 0) figures.Add(SpeakerFigure.Draw(evaluation));
        if (evaluation.SimilarPairs.Count > 0) figures.Add(SimilarPairsFigure.Draw(evaluation));
        figures.AddRange(run.Maps.Select((map, i) => EmbeddingFigure.Draw(map, evaluation.Classes, origin: map.IsEmbedding) with { Name = i == 0 ? "embeddings" : $"embeddings-{i + 1}" }));
        return figures;
    }
}
