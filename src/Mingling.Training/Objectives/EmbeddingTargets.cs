using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Mingling.Audio;
using Mingling.Training.Data;
using Mingling.Training.Runs;
using Mingling.Training.Storage;
using static TorchSharp.torch;

namespace Mingling.Training.Objectives;

/// <summary>
/// What a teacher's embeddings of the training clips are, each value brought to mean 0 and variance 1. Computed once and kept in the folder of
/// the run.
/// </summary>
internal sealed class EmbeddingTargets : IDisposable
{
    private const string Values = "targets", Digest = "teacher";

    private readonly Tensor _targets;

    private EmbeddingTargets(Tensor targets) => _targets = targets.DetachFromDisposeScope();

    /// <summary>The size of an embedding.</summary>
    public int Size => (int)_targets.shape[1];

    /// <summary>Loads or computes the targets of a run; null where its recipe has no such teacher.</summary>
    /// <exception cref="CheckpointException">The teacher is missing or cannot be used, or has other weights than when the run began.</exception>
    public static EmbeddingTargets? Load(RunDirectory run, TrainingData data, ClipWindow window, int threads, CancellationToken cancellation)
    {
        if (run.Manifest.Recipe.Distillation.EmbeddingTeacher is not { } path) return null;
        using var teacher = new EmbeddingTeacher(path, window.Features.SampleRate);
        string digest = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        if (File.Exists(run.TargetsPath))
        {
            using var file = Safetensors.Read(run.TargetsPath);
            if (file.Metadata.GetValueOrDefault(Digest) != digest)
                throw new CheckpointException($"the teacher {path} has other weights than when the run began; restore them, or begin another run.");
            var kept = zeros(data.Train.Count, teacher.Size);
            NamedState.Restore(run.TargetsPath, file, [KeyValuePair.Create(Values, kept)]);
            return new EmbeddingTargets(kept);
        }
        var targets = Standardized(Embed(teacher, data, window, threads, cancellation));
        Safetensors.Write(run.TargetsPath, [KeyValuePair.Create(Values, targets)], new Dictionary<string, string> { [Digest] = digest });
        return new EmbeddingTargets(targets);
    }

    /// <summary>The targets of some clips, [B, size]; the caller disposes them.</summary>
    public Tensor Of(ReadOnlySpan<long> clips)
    {
        using var indices = tensor(clips.ToArray());
        return _targets.index_select(0, indices);
    }

    public void Dispose() => _targets.Dispose();

    private static float[][] Embed(EmbeddingTeacher teacher, TrainingData data, ClipWindow window, int threads, CancellationToken cancellation)
    {
        float[][] embeddings = new float[data.Train.Count][];
        try
        {
            Parallel.For(0, embeddings.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
            {
                float[] samples = new float[window.Samples];
                ClipLength.Fit(data.Train[i].Samples, samples);
                embeddings[i] = teacher.Embed(samples);
            });
        }
        catch (AggregateException e)
        {
            // What is wrong with one clip is wrong with all.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
        return embeddings;
    }

    private static Tensor Standardized(float[][] rows)
    {
        using var scope = NewDisposeScope();
        var all = tensor([.. rows.SelectMany(row => row.Select(x => (double)x))], [rows.Length, rows[0].Length]);
        var centered = all - all.mean([0], keepdim: true);
        return (centered / centered.square().mean([0], keepdim: true).sqrt().clamp_min(1e-6)).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }
}
