using Mingling.Recognition.Models;

namespace Mingling.Training.Export;

/// <summary>What an export gave.</summary>
/// <param name="Card">The card of the model.</param>
/// <param name="Bytes">The size of the file.</param>
/// <param name="FloatBytes">The size that it has in floats; the same without <see cref="ExportOptions.Int8"/>.</param>
/// <param name="CheckedClips">The clips that the check compared.</param>
/// <param name="LargestDifference">
/// The largest difference of embeddings and posteriors between the graph in floats and the model in training, as a share of the largest
/// value or of 1.
/// </param>
/// <param name="Agreement">The share of the compared clips in which the file recognises the same word as the model in training.</param>
/// <param name="FloatAccuracy">The share of the compared clips that the model in floats recognises; null without labelled clips.</param>
/// <param name="Accuracy">The share that the file recognises; null without labelled clips.</param>
public sealed record ExportReport(
    ModelCard Card, long Bytes, long FloatBytes, int CheckedClips, double LargestDifference, double Agreement, double? FloatAccuracy, double? Accuracy);
