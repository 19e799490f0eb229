using Mingling.Cli.Arguments;
using Mingling.Cli.Host;
using Mingling.Experiments.Figures;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling evaluate --stream</c>: how well the labelled words of a stream are heard.</summary>
internal sealed record StreamJudge
{
    /// <summary>A recording.</summary>
    public required string Stream { get; init; }

    /// <summary>What is said in it: start,end,word.</summary>
    public required string Labels { get; init; }

    /// <summary>Which events count for a word.</summary>
    public required MatchSettings Matching { get; init; }

    /// <summary>The threshold of all trained words; null for those of the model file.</summary>
    public double? Threshold { get; init; }

    /// <summary>A folder for recordings of the errors; null for none.</summary>
    public string? ErrorFolder { get; init; }

    /// <summary>A file for the picture; null for none.</summary>
    public string? Figure { get; init; }

    /// <param name="path">A model file, or the folder of a run.</param>
    /// <param name="last">Whether to use a run's weights after the last epoch.</param>
    /// <param name="json">Whether to print one JSON object.</param>
    public void Run(string path, bool last, bool json)
    {
        var evaluation = Evaluate(path, last);
        var kept = ErrorFolder is null ? null : KeepErrors(evaluation, ErrorFolder);
        if (Figure is not null) StreamDetFigure.Draw([(Path.GetFileName(Stream), evaluation)]).WriteFile(Figure);
        if (json) StreamView.PrintJson(evaluation);
        else StreamView.Print(evaluation);
        if (kept is not null && !json) Console.WriteLine($"errors\t{kept.Count} recordings in {ErrorFolder}");
    }

    /// <summary>Lets a model hear the stream.</summary>
    /// <param name="path">A model file, or the folder of a run.</param>
    /// <param name="last">Whether to use a run's weights after the last epoch.</param>
    public StreamEvaluation Evaluate(string path, bool last)
    {
        var words = LabelFile.Read(Labels);
        using var recognizer = OpenedModel.OpenRecognizer(path, last);
        using var model = recognizer.OpenSpottingModel();
        var settings = SpotterSettings.FromCard(recognizer.Card);
        if (Threshold is { } common) settings = settings.WithTrainedThreshold(recognizer.Card, common);
        return Measure(words, model, settings);
    }

    private StreamEvaluation Measure(IReadOnlyList<WordInterval> words, SpottingModel model, SpotterSettings settings)
    {
        using var heard = StreamFile.Open(Stream);
        var track = PosteriorTrack.RecordAsync(model, heard, settings).GetAwaiter().GetResult();
        try
        {
            return StreamEvaluation.Measure([(track, words)], settings.Decision, Matching);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"{Labels}: {ArgumentMessage.WithoutParameter(e)}");
        }
    }

    private IReadOnlyList<string> KeepErrors(StreamEvaluation evaluation, string folder)
    {
        // A second reading costs little, and the samples of hours need not be kept.
        using var heard = StreamFile.Open(Stream);
        return ErrorClips.WriteAsync(heard, StreamError.Of(evaluation.Matches[0], evaluation.Misses[0]), folder).GetAwaiter().GetResult();
    }
}
