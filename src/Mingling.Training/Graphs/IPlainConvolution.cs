using TorchSharp.Modules;

namespace Mingling.Training.Graphs;

/// <summary>A module that computes a convolution of libtorch by other means, and is exported as that convolution.</summary>
public interface IPlainConvolution
{
    /// <summary>The convolution as libtorch has it, which holds the weights.</summary>
    Convolution Plain { get; }
}
