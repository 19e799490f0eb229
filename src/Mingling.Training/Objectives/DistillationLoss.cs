using Mingling.MetricLearning.Losses;
using Mingling.Training.Recipes;
using static TorchSharp.torch;

namespace Mingling.Training.Objectives;

/// <summary>
/// The part <c>distillation</c> of a training's loss (<see cref="DistillationSettings"/>): T² times the divergence of the student's posteriors
/// from the teachers', in the mean over a batch. It looks at the logits of softmax, and so is computed after it.
/// </summary>
internal sealed class DistillationLoss(HeadLoss softmax, TeacherEnsemble teachers, double temperature)
    : EmbeddingLoss(nameof(DistillationLoss), Reduction.Mean)
{
    private Tensor? _taught;

    /// <summary>What the teachers say of clips, [B, C]. Safe for any number of threads; the caller disposes it.</summary>
    /// <param name="embed">Embeds what the student hears, at the same decisions.</param>
    public Tensor Teach(Embedding embed) => teachers.Posteriors(embed, temperature);

    /// <summary>Takes what the teachers say of a batch, inside the dispose scope of its step.</summary>
    /// <param name="taught">[B, C].</param>
    public void Hear(Tensor taught) => _taught = taught;

    public override bool AcceptsMixtures => true;

    protected override Tensor Compute(LossBatch batch)
    {
        if (_taught is not { } taught || softmax.Logits is not { } logits) throw new InvalidOperationException("the teachers heard no batch.");
        // KL(p ‖ q) = Σ p ln p − p ln q, where 0 ln 0 is 0.
        var student = nn.functional.log_softmax(logits / temperature, 1);
        return (taught.xlogy(taught) - taught * student).sum(1).mean() * (temperature * temperature);
    }
}
