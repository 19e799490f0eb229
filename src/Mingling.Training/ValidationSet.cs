using Mingling.Training.Data;

namespace Mingling.Training;

/// <summary>The validation clips with their features, computed once.</summary>
internal sealed class ValidationSet
{
    private readonly float[][] _features;
    private readonly int[] _labels;

    public ValidationSet(TrainingData data, ClipWindow window)
    {
        var featurizer = new ClipFeaturizer(window);
        _features = [.. data.Validation.Select(clip => featurizer.Compute(clip.Samples))];
        var index = ClassIndex.Of(data.Classes);
        _labels = [.. data.Validation.Select(clip => index[clip.Clip.Label])];
    }

    /// <summary>Accuracy and mean cross-entropy; nulls where there are no clips.</summary>
    public (double? Accuracy, double? Loss) Measure(CommandModel model)
    {
        if (_features.Length == 0) return (null, null);
        model.Evaluating();
        var outputs = model.Run(_features);
        int right = 0;
        double loss = 0;
        for (int i = 0; i < outputs.Count; i++)
        {
            if (outputs[i].Best == _labels[i]) right++;
            loss -= Math.Log(Math.Max(outputs[i].Posteriors[_labels[i]], 1e-12));
        }
        return ((double)right / outputs.Count, loss / outputs.Count);
    }
}
