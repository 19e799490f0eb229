using Mingling.Audio;
using Mingling.Corpora;
using Mingling.Recognition;
using Mingling.Recognition.Models;
using Mingling.Training.Encoders;
using Mingling.Training.Export.Quantization;
using Mingling.Training.Graphs;
using Mingling.Training.Graphs.Onnx;
using Mingling.Training.Models;

namespace Mingling.Training.Export;

/// <summary>Writes a trained model as one ONNX file that <see cref="Recognizer"/> loads, and checks that it computes the same.</summary>
public static class ModelExporter
{
    /// <summary>The largest difference that the check lets pass: of posteriors as it is, of embeddings as a share of their largest value or of 1.</summary>
    public const double Tolerance = 1e-4;

    private const int GeneratedClips = 16;

    // Found on streams of commands among other speech (benchmarks/RESULTS.md).
    private const double ScoreTemperature = 5, StreamThreshold = 0.9, StreamSmoothingMs = 240;

    /// <summary>Exports a model. The file is written whole or not at all, and only if it agrees with the model.</summary>
    /// <param name="model">The model, with dropout and batch norms in evaluation (<see cref="CommandModel.Evaluating"/>).</param>
    /// <param name="path">The file.</param>
    /// <param name="options">How to export; null for the defaults.</param>
    /// <exception cref="ExportException">The model cannot be exported, or the graph computes something else; no file is left.</exception>
    /// <exception cref="ModelException">The file cannot be written; what was there before is still there.</exception>
    public static ExportReport Export(CommandModel model, string path, ExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new ExportOptions();
        if (options is { Int8: true, Calibration.Count: 0 })
            throw new ExportException("8-bit integers need clips that decide their scales; name a corpus for calibration.");

        var graph = GraphExport.Build(model, options.Input);
        var card = Card(model, options, graph);
        byte[] sealedFloats = Seal(path, graph.Graph, card with { Int8 = false });
        var check = ExportCheck.Run(model, options.Check.Count > 0
            ? [.. options.Check.Select(clip => clip.Samples)]
            : CheckClips.Make(GeneratedClips, card.Features.SampleRate, card.WindowSeconds));
        var floats = Recognize(sealedFloats);
        // A clip before which the graph itself hears silence is another one than that of the training; streams are what such a graph is for.
        bool takesSteps = card is { Stream: not null, Input: ModelInput.Samples };
        double difference = takesSteps ? 0 : check.LargestDifference(floats);
        if (!(difference <= Tolerance))
            throw new ExportException($"the exported model computes something else than the trained one (they differ by {difference:0.######}); nothing was written.");
        if (card.Stream is not null) CheckStream(sealedFloats);

        byte[] bytes = options.Int8 ? Seal(path, Quantize(graph, card, options), card) : sealedFloats;
        var outputs = options.Int8 ? Recognize(bytes) : floats;
        string[] labels = [.. options.Check.Select(clip => clip.Clip.Label)];
        int floatBytes = sealedFloats.Length;
        if (options.Examples.Count > 0)
        {
            card = WithWords(path, bytes, options.Examples);
            int before = bytes.Length;
            bytes = ModelFile.Seal(path, bytes, card);
            floatBytes += bytes.Length - before;
        }
        ModelFile.Write(path, bytes);
        return new ExportReport(card, bytes.Length, floatBytes, check.Clips.Count, difference, check.Agreement(outputs),
            ExportCheck.Accuracy(card.Classes, floats, labels), ExportCheck.Accuracy(card.Classes, outputs, labels));

        IReadOnlyList<RecognizedClip> Recognize(byte[] file)
        {
            using var recognizer = Recognizer.Load(path, file);
            return recognizer.RecognizeAll(check.Clips);
        }

        void CheckStream(byte[] file)
        {
            using var recognizer = Recognizer.Load(path, file);
            double apart = StreamCheck.LargestDifference(model, (StreamingEncoder)model.Encoder, recognizer, check.Clips);
            if (!(apart <= Tolerance))
                throw new ExportException($"the exported model computes something else step by step than for a whole stream (they differ by {apart:0.######}); nothing was written.");
            difference = Math.Max(difference, apart);
        }
    }

    /// <summary>Makes a recogniser of a model in training, as an export would, without a file.</summary>
    /// <param name="model">The model, with dropout and batch norms in evaluation (<see cref="CommandModel.Evaluating"/>).</param>
    /// <param name="name">What to call it in a message.</param>
    /// <param name="examples">Clips of the words, which tell where each word lies (<see cref="ExportOptions.Examples"/>). Default: none.</param>
    /// <exception cref="ExportException">The model cannot be exported.</exception>
    /// <returns>The recogniser; the caller disposes it.</returns>
    public static Recognizer ToRecognizer(CommandModel model, string name, IReadOnlyList<LoadedClip>? examples = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var options = new ExportOptions { Examples = examples ?? [] };
        var graph = GraphExport.Build(model, options.Input);
        byte[] bytes = Seal(name, graph.Graph, Card(model, options, graph));
        return Recognizer.Load(name, options.Examples.Count > 0 ? ModelFile.Seal(name, bytes, WithWords(name, bytes, options.Examples)) : bytes);
    }

    /// <summary>The card of a model file, with where its words lie.</summary>
    private static ModelCard WithWords(string name, byte[] file, IReadOnlyList<LoadedClip> examples)
    {
        using var recognizer = Recognizer.Load(name, file);
        LoadedClip[] known = [.. examples.Where(clip => recognizer.Card.Classes.Contains(clip.Clip.Label))];
        var embedded = known.Zip(recognizer.RecognizeAll([.. known.Select(clip => clip.Samples)]), (clip, result) => (clip.Clip.Label, result.Embedding)).ToList();
        return recognizer.Card with { Prototypes = WordPrototypes.Compute(embedded), Geometry = recognizer.Card.Background is null ? WordGeometry.Measure(recognizer.Card, embedded) : null };
    }

    private static ModelCard Card(CommandModel model, ExportOptions options, ExportedGraph graph) => new()
    {
        Version = Version,
        Encoder = model.Recipe.Encoder.Name,
        Head = HeadGraph.KindOf(model.Head),
        Input = options.Input,
        Int8 = options.Int8,
        Features = model.Window.Features,
        WindowSeconds = model.Recipe.WindowSeconds,
        CountedSeconds = model.Window.Counted < model.Window.Samples ? (double)model.Window.Counted / model.SampleRate : null,
        Classes = model.Classes,
        EmbeddingSize = model.Encoder.EmbeddingSize,
        Cohort = options.Cohort,
        Background = model.Recipe.Negatives.Ratio > 0 ? new BackgroundScore(ScoreTemperature, model.StreamThreshold ?? StreamThreshold, StreamSmoothingMs) : null,
        Training = options.Training,
        Stream = StreamCard.Describe(model, graph),
    };

    private static string Version => BuildVersion.Read(typeof(ModelExporter).Assembly);

    private static byte[] Seal(string name, OnnxGraph graph, ModelCard card) => ModelFile.Seal(name, OnnxWriter.Bytes(new OnnxModel(graph, card.Version)), card);

    private static OnnxGraph Quantize(ExportedGraph graph, ModelCard card, ExportOptions options)
    {
        var window = card.ClipWindow();
        var featurizer = new ClipFeaturizer(window);
        int frames = card.Stream?.WholeFrames(window.Frames) ?? window.Frames;
        int wholeSamples = card.Stream is null ? window.Samples : Math.Max(frames * card.Features.HopSamples, window.Samples);
        bool features = card.Input == ModelInput.Features;
        var inputs = options.Calibration.Select(clip =>
        {
            if (features)
            {
                float[] whole = new float[window.Bins * frames];
                StreamSteps.Pad(featurizer.Compute(clip.Samples), window.Frames, whole, frames);
                return whole;
            }
            float[] samples = new float[wholeSamples];
            window.Fit(clip.Samples, samples.AsSpan(wholeSamples - window.Samples));
            return samples;
        }).ToList();
        long[] shape = features ? [1, 1, window.Bins, frames] : [1, wholeSamples];
        var ranges = RangeSurvey.Measure(new OnnxModel(graph.Graph, card.Version), GraphQuantizer.Tensors(graph), inputs, shape);
        return GraphQuantizer.Quantize(graph, ranges);
    }
}
