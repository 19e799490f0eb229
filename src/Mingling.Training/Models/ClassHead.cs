using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Models;

/// <summary>
/// The classifier on top of an embedding, [B, D] → logits [B, C]: dropout and a linear layer without bias where softmax trains it; the
/// scaled cosine of the embedding to a vector of each class where another loss, or the mean embedding of each class, gives the vectors.
/// </summary>
public sealed class ClassHead : nn.Module<Tensor, Tensor>
{
    private readonly Dropout dropout;
    private readonly Linear linear;
    private readonly Tensor scale;
    private double _cosineScale;

    /// <summary>Builds a linear head with freshly drawn weights.</summary>
    /// <param name="embeddingSize">The size D of the embedding.</param>
    /// <param name="classes">The number C of classes, at least 2.</param>
    /// <param name="dropoutRate">The share of embedding values set to 0 in training. Range: 0 to below 1.</param>
    public ClassHead(int embeddingSize, int classes, double dropoutRate) : base(nameof(ClassHead))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        dropout = nn.Dropout(dropoutRate);
        linear = nn.Linear(embeddingSize, classes, hasBias: false);
        scale = zeros(1);
        RegisterComponents();
    }

    /// <summary>The vectors of the classes, [C, D]. Owned by the head.</summary>
    public Tensor Vectors => linear.weight!;

    /// <summary>0 for a linear head; otherwise logits are this many times the cosine.</summary>
    public double CosineScale => _cosineScale;

    /// <inheritdoc/>
    public override Tensor forward(Tensor embeddings)
    {
        using var kept = dropout.call(embeddings);
        if (_cosineScale == 0) return linear.call(kept);
        using var scope = NewDisposeScope();
        var cosines = nn.functional.linear(Unit(kept), Unit(linear.weight!));
        return (cosines * scale).MoveToOuterDisposeScope();
    }

    /// <summary>Makes the head one of cosines to given vectors.</summary>
    /// <param name="vectors">[C, D], of any length but 0.</param>
    /// <param name="cosineScale">Above 0.</param>
    internal void Compare(Tensor vectors, double cosineScale)
    {
        using var quiet = no_grad();
        linear.weight!.copy_(vectors);
        _ = scale.fill_((float)cosineScale);
        ReadScale();
    }

    /// <summary>The vectors of a linear head with the same logits, where the embeddings of a head of cosines have unit length.</summary>
    internal Tensor LinearVectors() => _cosineScale == 0 ? Vectors : Unit(Vectors) * _cosineScale;

    /// <summary>Takes note of a scale that was loaded.</summary>
    internal void ReadScale() => _cosineScale = scale.item<float>();

    private static Tensor Unit(Tensor rows) => nn.functional.normalize(rows, p: 2, dim: 1, eps: 1e-12);
}
