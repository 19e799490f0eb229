using static TorchSharp.torch;

namespace Mingling.Training.Graphs;

/// <summary>A norm that in evaluation multiplies and shifts each channel, so that it can be folded into the convolution before it.</summary>
internal interface IFoldedNorm
{
    /// <summary>Factor and summand of each channel, float64 [C].</summary>
    (Tensor Scale, Tensor Shift) Affine();

    /// <summary>Whether it sets what is below 0 to 0.</summary>
    bool Relu => false;
}
