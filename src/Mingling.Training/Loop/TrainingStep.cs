using System.Runtime.InteropServices;
using Mingling.MetricLearning.Losses;
using Mingling.Training.Data;
using Mingling.Training.Encoders;
using Mingling.Training.Objectives;
using Mingling.Training.Recipes;
using Mingling.Training.Runs;
using static TorchSharp.torch;

namespace Mingling.Training.Loop;

/// <summary>One step of a training: forward, backward, and the weights moved.</summary>
internal sealed class TrainingStep(TrainingRecipe recipe, TrainingState state, EpochMeter meter)
{
    /// <summary>How often an encoder that learns from running sound hears clips, because it is asked about clips too.</summary>
    private const float ClipShare = 0.25f;

    private int _steps;

    /// <summary>Does the step.</summary>
    /// <returns>The loss; where it is no finite number, nothing was changed.</returns>
    public LossParts Run(Batch batch)
    {
        using var scope = NewDisposeScope();
        var model = state.Model;
        var sound = batch.Heard.Sound;
        var features = empty(batch.Count, 1, sound.Bins, sound.Frames);
        MemoryMarshal.AsBytes(batch.Features.AsSpan(0, batch.Count * sound.Values)).CopyTo(features.bytes);
        int decisions = batch.Heard.Decisions;
        var labels = empty(batch.Count * decisions, ScalarType.Int64);
        MemoryMarshal.AsBytes(batch.Labels.AsSpan(0, batch.Count * decisions)).CopyTo(labels.bytes);
        var mixture = recipe.Mixup > 0 ? Mixture.Draw(features, labels, recipe.Mixup) : null;

        state.Optimizer.zero_grad();
        var embed = decisions == 1 ? encoder => encoder.Embed(mixture?.Features ?? features) : Decided(features, ref labels);
        state.Objective.Distillation?.Hear(embed);
        state.Objective.EmbeddingDistillation?.Hear(batch.Clips.AsSpan(0, batch.Count));
        var (embeddings, filtered) = embed(model.Encoder);
        var filter = filtered is null ? null : new FilterOutput(filtered, model.Encoder.Filter!.Weights);
        if (!embeddings.isfinite().all().item<bool>()) return new LossParts(double.NaN, []);
        var (total, loss) = Loss(embeddings, labels, filter, mixture);
        if (!double.IsFinite(loss.Total)) return loss;
        total.backward();
        bool look = _steps++ % EpochMeter.LookEvery == 0;
        double norm = look || recipe.GradientClip > 0
            ? nn.utils.clip_grad_norm_(state.Parameters, recipe.GradientClip > 0 ? recipe.GradientClip : double.PositiveInfinity)
            : 0;
        state.Optimizer.step();
        var settled = embeddings.detach();
        if (mixture is null) state.Objective.Loss.Update(settled, labels);
        meter.Add(loss, mixture is null ? state.Objective.Softmax?.Right : null, batch.Count, labels.shape[0]);
        if (look) meter.Look(settled, labels, norm);
        return loss;
    }

    /// <summary>
    /// How an encoder embeds all decisions that teach something, whose labels are kept; in some steps the last decisions alone, as clips without
    /// a past.
    /// </summary>
    private Embedding Decided(Tensor features, ref Tensor labels)
    {
        int frames = state.Model.Window.Frames;
        if (rand(1).item<float>() < ClipShare)
        {
            labels = labels.view(features.shape[0], -1).select(1, -1);
            var last = features.narrow(3, features.shape[3] - frames, frames);
            return encoder => (((StreamingEncoder)encoder).EmbedWindows(last, frames), null);
        }
        var rows = labels.ne(HeardWindow.Ignored).nonzero().squeeze(1);
        labels = labels.index_select(0, rows);
        return encoder => (((StreamingEncoder)encoder).EmbedWindows(features, frames).index_select(0, rows), null);
    }

    private (Tensor Total, LossParts Parts) Loss(Tensor embeddings, Tensor labels, FilterOutput? filter, Mixture? mixture)
    {
        var (own, parts) = Evaluate(embeddings, labels, filter);
        if (mixture is null) return (own, parts);
        var (other, otherParts) = Evaluate(embeddings, mixture.OtherLabels, filter);
        var total = own.lerp(other, tensor((float)(1 - mixture.Share)));
        return (total, new LossParts(total.item<float>(), [.. parts.Parts.Zip(otherParts.Parts, (a, b) =>
            a with { Value = mixture.Share * a.Value + (1 - mixture.Share) * b.Value })]));
    }

    private (Tensor Total, LossParts Parts) Evaluate(Tensor embeddings, Tensor labels, FilterOutput? filter)
    {
        var report = state.Objective.Loss.Evaluate(embeddings, labels, filter);
        var values = report.Values();
        return (report.Total, new LossParts(report.Total.item<float>(),
            [.. state.Objective.Loss.Parts.Select(part => new LossPartValue(part.Name, part.Weight, part.Weight * values[part.Name]))]));
    }
}
