namespace Mingling.Boards.Programs;

/// <summary>What a board computes for one step of a stream, or for one window where the encoder takes whole windows: operations with fixed sizes, one after another.</summary>
internal sealed record BoardProgram
{
    /// <summary>The operations, in their order.</summary>
    public required IReadOnlyList<Operation> Operations { get; init; }

    /// <summary>The features [bins, frames] that go in.</summary>
    public required BoardTensor Features { get; init; }

    /// <summary>Values of a frame.</summary>
    public required int Bins { get; init; }

    /// <summary>The frames of a step or a window.</summary>
    public required int Frames { get; init; }

    /// <summary>What is kept from step to step; zeros at the beginning. Empty where the encoder takes whole windows.</summary>
    public required IReadOnlyList<BoardTensor> States { get; init; }

    /// <summary>The embedding [D].</summary>
    public required BoardTensor Embedding { get; init; }

    /// <summary>The posteriors [classes].</summary>
    public required BoardTensor Scores { get; init; }

    /// <summary>Every tensor that is read or written, once.</summary>
    public IEnumerable<BoardTensor> Tensors =>
        Operations.SelectMany(operation => operation.Inputs.Append(operation.Output)).Append(Features).Concat(States).Distinct();

    /// <summary>The multiplications and additions of convolutions and products.</summary>
    public long MultiplyAdds => Operations.Sum(operation => operation switch
    {
        Convolution conv => (long)conv.Output.Size * conv.Sizes.Patch,
        Dense dense => (long)dense.Rows * dense.Weights.Length,
        _ => 0,
    });
}
