using Mingling.Training.Encoders;
using static TorchSharp.torch;

namespace Mingling.Training.Objectives;

/// <summary>Lets an encoder hear a batch: the student, and in the same way each of its teachers.</summary>
/// <param name="encoder">The encoder.</param>
/// <returns>One embedding for each decision, [B, D].</returns>
internal delegate Tensor Embedding(Encoder encoder);
