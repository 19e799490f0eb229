using Mingling.Audio;
using Mingling.MetricLearning.Evaluation;
using Mingling.Training.Data;
using Mingling.Training.Models;

namespace Mingling.Training.Loop;

/// <summary>The validation clips with their features, computed once, or where they would take too much memory each time anew.</summary>
internal sealed class ValidationSet
{
    private const long MostValues = 1L << 26;
    private const int Block = 1024;

    private readonly float[][] _features;
    private readonly ClipSounds _sounds;
    private readonly ClipFeaturizer _featurizer;
    private readonly int[] _labels;

    public ValidationSet(TrainingData data, ClipWindow window)
    {
        _featurizer = new ClipFeaturizer(window);
        _sounds = new ClipSounds(data.Validation);
        _features = (long)_sounds.Count * window.Values <= MostValues ? Features(0, _sounds.Count) : [];
        var index = ClassNumbers.ByName(data.Classes);
        _labels = [.. data.Validation.Select(clip => index[clip.Clip.Label])];
    }

    /// <summary>Measures a model; nulls where there are no clips.</summary>
    public ValidationReport Measure(CommandModel model)
    {
        if (_labels.Length == 0) return new ValidationReport(null, null, null);
        model.Evaluating();
        var outputs = Outputs(model);
        int right = 0;
        double loss = 0;
        for (int i = 0; i < outputs.Count; i++)
        {
            if (outputs[i].Best == _labels[i]) right++;
            loss -= Math.Log(Math.Max(outputs[i].Posteriors[_labels[i]], 1e-12));
        }
        // Embeddings that are no numbers have no geometry; the loss says what happened.
        bool measurable = outputs.All(output => output.Embedding.All(float.IsFinite));
        return new ValidationReport((double)right / outputs.Count, loss / outputs.Count, measurable ? Geometry(outputs) : null);
    }

    private IReadOnlyList<ClipOutput> Outputs(CommandModel model)
    {
        if (_features.Length > 0) return model.Run(_features);
        var outputs = new List<ClipOutput>(_labels.Length);
        for (int first = 0; first < _labels.Length; first += Block) outputs.AddRange(model.Run(Features(first, Math.Min(Block, _labels.Length - first))));
        return outputs;
    }

    private float[][] Features(int first, int count) => [.. Enumerable.Range(first, count).Select(i => _featurizer.Compute(_sounds[i]))];

    private ClassGeometry Geometry(IReadOnlyList<ClipOutput> outputs)
    {
        float[] values = [.. outputs.SelectMany(output => output.Embedding)];
        return ClassGeometry.Measure(new EmbeddingSet<float>(values, outputs[0].Embedding.Length, _labels), maxPairs: 1);
    }
}

/// <summary>A model's result on the validation clips.</summary>
/// <param name="Accuracy">Share of the clips that are recognised.</param>
/// <param name="Loss">Mean cross-entropy of the posteriors.</param>
/// <param name="Geometry">How tight the classes are and how far apart.</param>
internal sealed record ValidationReport(double? Accuracy, double? Loss, ClassGeometry? Geometry);
