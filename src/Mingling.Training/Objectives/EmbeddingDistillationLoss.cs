using Mingling.MetricLearning.Losses;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Objectives;

/// <summary>
/// The part <c>embedding-distillation</c> of a training's loss: the mean squared error of a linear map of the student's embedding from the
/// standardised embedding of a teacher, ‖We + b − t‖² / size in the mean over a batch.
/// </summary>
internal sealed class EmbeddingDistillationLoss : EmbeddingLoss
{
    private readonly Linear map;
    private readonly EmbeddingTargets _targets;
    private Tensor? _taught;

    /// <param name="embeddingSize">The size of the student's embedding.</param>
    /// <param name="targets">What the teacher says; owned by the caller.</param>
    public EmbeddingDistillationLoss(int embeddingSize, EmbeddingTargets targets) : base(nameof(EmbeddingDistillationLoss), Reduction.Mean)
    {
        _targets = targets;
        map = nn.Linear(embeddingSize, targets.Size);
        RegisterComponents();
    }

    /// <summary>Says which clips a batch holds, inside the dispose scope of its step.</summary>
    public void Hear(ReadOnlySpan<long> clips) => _taught = _targets.Of(clips);

    protected override Tensor Compute(LossBatch batch) => _taught is { } taught
        ? (map.call(batch.Embeddings) - taught).square().mean()
        : throw new InvalidOperationException("the teacher heard no batch.");
}
