using TorchSharp.Modules;

namespace Mingling.Training.Encoders.Kernels;

/// <summary>A module that computes a convolution of libtorch by other means.</summary>
internal interface IPlainConvolution
{
    /// <summary>The convolution as libtorch has it, which holds the weights.</summary>
    Convolution Plain { get; }
}
