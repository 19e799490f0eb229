using Mingling.Audio;
using Mingling.MetricLearning.Evaluation;
using Mingling.Training.Data;
using Mingling.Training.Models;
using Mingling.Training.Workers;

namespace Mingling.Training.Loop;

/// <summary>The validation clips with their features, computed once, or where they would take too much memory each time anew.</summary>
internal sealed class ValidationSet
{
    private const long MostValues = 1L << 26;

    private readonly float[][] _features;
    private readonly ClipSounds _sounds;
    private readonly ClipFeaturizer[] _featurizers;
    private readonly int[] _labels;
    private readonly WorkPool _pool;

    public ValidationSet(TrainingData data, ClipWindow window, WorkPool pool)
    {
        _pool = pool;
        _featurizers = [.. Enumerable.Range(0, pool.Threads).Select(_ => new ClipFeaturizer(window))];
        _sounds = new ClipSounds(data.Validation);
        _features = new float[(long)_sounds.Count * window.Values <= MostValues ? _sounds.Count : 0][];
        pool.Run(_features.Length, (worker, clip) => _features[clip] = _featurizers[worker].Compute(_sounds[clip]));
        var index = ClassNumbers.ByName(data.Classes);
        _labels = [.. data.Validation.Select(clip => index[clip.Clip.Label])];
    }

    /// <summary>Measures a model; nulls where there are no clips.</summary>
    public ValidationReport Measure(CommandModel model)
    {
        if (_labels.Length == 0) return new ValidationReport(null, null, null);
        model.Evaluating();
        var outputs = model.Run(_labels.Length, (worker, clip) => _features.Length > 0 ? _features[clip] : _featurizers[worker].Compute(_sounds[clip]), _pool);
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
