using static TorchSharp.torch;

namespace Mingling.Training.Storage;

/// <summary>The content of a safetensors file. Disposing it disposes its tensors.</summary>
/// <param name="Tensors">The tensors by name.</param>
/// <param name="Metadata">The texts stored beside them.</param>
public sealed record SafetensorsFile(IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in Tensors.Values) tensor.Dispose();
    }
}
