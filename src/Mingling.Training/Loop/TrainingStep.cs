using Mingling.MetricLearning.Losses;
using Mingling.Training.Data;
using Mingling.Training.Passes;
using Mingling.Training.Recipes;
using Mingling.Training.Runs;
using static TorchSharp.torch;

namespace Mingling.Training.Loop;

/// <summary>One step of a training: forward, backward, and the weights moved.</summary>
internal sealed class TrainingStep(TrainingRecipe recipe, TrainingState state, BatchPass pass, EpochMeter meter)
{
    private const ulong LossStream = 7;

    private int _steps;

    /// <summary>Does the step.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="seed">Decides all that is drawn in the step.</param>
    /// <param name="cancellation">Where several processes train together: ends all of them as soon as it is asked for in one.</param>
    /// <returns>The loss; where it is no finite number, nothing was changed.</returns>
    public LossParts Run(Batch batch, ulong seed, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var draws = StepDraws.Of(seed, recipe.Mixup);
        var step = pass.Forward(batch, draws, cancellation);
        random.manual_seed((long)(SeededRandom.Derive(seed, LossStream) >> 1));
        if (step.Taught is not null) state.Objective.Distillation?.Hear(step.Taught);
        state.Objective.EmbeddingDistillation?.Hear(batch.Clips.AsSpan(0, batch.Count));

        state.Optimizer.zero_grad();
        var failed = new LossParts(double.NaN, []);
        if (!step.Embeddings.isfinite().all().item<bool>()) return Left(failed);
        var (total, loss) = Loss(step, draws.Share);
        if (!double.IsFinite(loss.Total)) return Left(loss);
        total.backward();
        pass.Backward(step);
        bool look = _steps++ % EpochMeter.LookEvery == 0;
        double norm = look || recipe.GradientClip > 0
            ? nn.utils.clip_grad_norm_(state.Parameters, recipe.GradientClip > 0 ? recipe.GradientClip : double.PositiveInfinity)
            : 0;
        state.Optimizer.step();
        var settled = step.Embeddings.detach();
        if (!draws.Mixes) state.Objective.Loss.Update(settled, step.Labels);
        meter.Add(loss, draws.Mixes ? null : state.Objective.Softmax?.Right, batch.Count, step.Labels.shape[0]);
        if (look) meter.Look(settled, step.Labels, norm);
        return loss;

        LossParts Left(LossParts loss)
        {
            pass.Forget();
            return loss;
        }
    }

    private (Tensor Total, LossParts Parts) Loss(StepEmbeddings step, double share)
    {
        var (own, parts) = Evaluate(step.Embeddings, step.Labels, step.Filter);
        if (step.OtherLabels is null) return (own, parts);
        var (other, otherParts) = Evaluate(step.Embeddings, step.OtherLabels, step.Filter);
        var total = own.lerp(other, tensor((float)(1 - share)));
        return (total, new LossParts(total.item<float>(), [.. parts.Parts.Zip(otherParts.Parts, (a, b) =>
            a with { Value = share * a.Value + (1 - share) * b.Value })]));
    }

    private (Tensor Total, LossParts Parts) Evaluate(Tensor embeddings, Tensor labels, FilterOutput? filter)
    {
        var report = state.Objective.Loss.Evaluate(embeddings, labels, filter);
        var values = report.Values();
        return (report.Total, new LossParts(report.Total.item<float>(),
            [.. state.Objective.Loss.Parts.Select(part => new LossPartValue(part.Name, part.Weight, part.Weight * values[part.Name]))]));
    }
}
