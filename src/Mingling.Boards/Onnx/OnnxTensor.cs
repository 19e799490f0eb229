namespace Mingling.Boards.Onnx;

/// <summary>A constant of a graph: floats or whole numbers, row by row.</summary>
/// <param name="Shape">Its dimensions; none for a single number.</param>
/// <param name="Floats">The values where it holds floats; null otherwise.</param>
/// <param name="Integers">The values where it holds whole numbers; null otherwise.</param>
internal sealed record OnnxTensor(int[] Shape, float[]? Floats, long[]? Integers);
