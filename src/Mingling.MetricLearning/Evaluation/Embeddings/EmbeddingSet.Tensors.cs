using System.Runtime.InteropServices;
using TorchSharp;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>Makes an <see cref="EmbeddingSet{T}"/> from tensors.</summary>
public static class EmbeddingSet
{
    /// <summary>Copies embeddings and labels out of tensors on any device; the tensors remain the caller's.</summary>
    /// <param name="embeddings">The embeddings, [N, D], of any floating type; values are converted to float.</param>
    /// <param name="labels">The class of each row, [N], int64.</param>
    /// <exception cref="ArgumentException">A rank, a type or the number of rows is wrong, or a value is not finite.</exception>
    public static EmbeddingSet<float> FromTensors(torch.Tensor embeddings, torch.Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(labels);
        if (embeddings.dim() != 2 || !embeddings.is_floating_point())
            throw new ArgumentException(
                $"Embeddings must be a floating tensor of shape [N, D], not {embeddings.dtype} of rank {embeddings.dim()}.", nameof(embeddings));
        if (labels.dim() != 1 || labels.dtype != torch.ScalarType.Int64)
            throw new ArgumentException(
                $"Labels must be an int64 tensor of shape [N], not {labels.dtype} of rank {labels.dim()}.", nameof(labels));
        if (labels.shape[0] != embeddings.shape[0])
            throw new ArgumentException(
                $"There must be one label for each embedding, but there are {labels.shape[0]} labels for {embeddings.shape[0]} embeddings.",
                nameof(labels));
        float[] values = Copy<float>(embeddings, torch.ScalarType.Float32);
        return new EmbeddingSet<float>(values, checked((int)embeddings.shape[1]), Copy<long>(labels, torch.ScalarType.Int64));
    }

    private static T[] Copy<T>(torch.Tensor tensor, torch.ScalarType type) where T : unmanaged
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var plain = tensor.detach().to(type).cpu().contiguous();
        // A cast of the raw bytes is a hundred times faster than reading element by element.
        return MemoryMarshal.Cast<byte, T>(plain.bytes).ToArray();
    }
}
