using Mingling.Recognition.Models;

namespace Mingling.Boards;

/// <summary>What was written for a board.</summary>
/// <param name="Name">The name of the files.</param>
/// <param name="Card">The card of the model.</param>
/// <param name="Int8">Whether it computes with 8-bit integers.</param>
/// <param name="TableBytes">The bytes of tables, which lie in ROM beside some 13 kB of code with libm (Cortex-M4F, -Os).</param>
/// <param name="StateBytes">The bytes of RAM that a stream takes on a processor of 32 bits, the stack aside.</param>
/// <param name="MultiplyAdds">Multiplications and additions of the network for each <see cref="StepMs"/>.</param>
/// <param name="StepMs">The time in milliseconds from window to window.</param>
/// <param name="CheckedClips">The clips on which it was compared with the model file.</param>
/// <param name="LargestDifference">The largest difference in floats: of posteriors as it is, of embeddings as a share of their largest value or of 1.</param>
/// <param name="DifferingClips">With 8-bit integers, the share of the clips for which another word, or none, is recognised; null with floats.</param>
public sealed record BoardReport(
    string Name, ModelCard Card, bool Int8, int TableBytes, int StateBytes, long MultiplyAdds, double StepMs, int CheckedClips, double LargestDifference, double? DifferingClips);
