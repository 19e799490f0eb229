using Mingling.Corpora;
using Mingling.Recognition.Models;
using Mingling.Training.Graphs;
using Mingling.Training.Models;
using Mingling.Training.Runs;
using static TorchSharp.torch;

namespace Mingling.Training.Export;

/// <summary>
/// Makes a base encoder of a run that learned very many words: its embedding is centered and whitened by the covariance within words
/// (within-class covariance normalization, Hatch, Kajarekar and Stolcke 2006), which is folded into the linear layer of the embedding; the
/// words themselves are left out.
/// </summary>
public static class BasePackage
{
    private const string ModelName = "base.onnx", WeightsName = "base.safetensors";

    /// <summary>Writes <c>base.onnx</c>, the model file, and <c>base.safetensors</c>, the weights from which trainings begin.</summary>
    /// <param name="run">The run; its encoder must have a linear layer that gives the embedding.</param>
    /// <param name="clips">Clips that it learned from, several of each word.</param>
    /// <param name="cohort">Clips of other words, which tell what an enrolled word must not be taken for.</param>
    /// <param name="folder">Where to write; it exists.</param>
    /// <param name="shrinkage">The share of the mean variance that is added to every variance. Range: 0 or more. Default: 0.1.</param>
    /// <exception cref="ExportException">The encoder has no such layer, or cannot be exported.</exception>
    public static void Write(RunDirectory run, IReadOnlyList<LoadedClip> clips, IReadOnlyList<LoadedClip> cohort, string folder, double shrinkage = 0.1)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(cohort);
        using var trained = run.LoadModel();
        if (trained.Encoder.Projection is null) throw new ExportException($"{trained.Recipe.Encoder.Name} has no linear layer for the embedding, which a base encoder needs.");
        var recipe = trained.Recipe with { Encoder = trained.Recipe.Encoder with { ProjectionBias = true } };
        using var model = new CommandModel(recipe, [CorpusClip.UnknownLabel, CorpusClip.SilenceLabel]);
        Copy(trained, model);
        var embedded = trained.Recognize([.. clips.Select(clip => clip.Samples)]);
        Whiten(model, [.. embedded.Select(clip => clip.Embedding)], [.. clips.Select(clip => clip.Clip.Label)], shrinkage);
        model.Evaluating();
        var others = model.Recognize([.. cohort.Select(clip => clip.Samples)]);
        var options = new ExportOptions
        {
            Cohort = [.. others.Select(other => Rounded(other.Embedding))],
            Training = new TrainingNote { Clips = run.Manifest.Corpus.TrainingClips.Count, Epochs = run.History().Count },
        };
        ModelExporter.Export(model, Path.Combine(folder, ModelName), options);
        BaseEncoder.Write(Path.Combine(folder, WeightsName), model);
    }

    private static void Copy(CommandModel trained, CommandModel model)
    {
        using var quiet = no_grad();
        var weights = trained.Encoder.state_dict();
        foreach (var (name, tensor) in model.Encoder.state_dict())
        {
            if (weights.TryGetValue(name, out var same)) tensor.copy_(same);
            else tensor.zero_();
        }
        model.Head.Vectors.zero_();
    }

    /// <summary>Folds e → A(e − μ) into the linear layer of the embedding: its bias b, which a run from another base encoder has, becomes A(b − μ).</summary>
    private static void Whiten(CommandModel model, float[][] embeddings, string[] words, double shrinkage)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        using var within = WithinWordCovariance.Measure(embeddings, words, shrinkage);
        var projection = model.Encoder.Projection!;
        projection.weight!.copy_(within.Whitening.matmul(projection.weight!.to(ScalarType.Float64)));
        projection.bias!.copy_(within.Whitening.matmul(projection.bias!.to(ScalarType.Float64) - within.Mean));
    }

    private static float[] Rounded(float[] values) => [.. values.Select(value => MathF.Round(value, 3))];
}
