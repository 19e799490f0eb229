using System.Runtime.InteropServices;
using Mingling.Audio;
using Mingling.Training.Data;
using Mingling.Training.Models;
using Mingling.Training.Workers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training.Loop;

/// <summary>
/// Statistics of batch norms for weights that no step has seen. The mean of several weights has activations of its own, whose deviation
/// the mean of the deviations would overrate, so that they are measured anew (Izmailov et al. 2018, section 3.2).
/// </summary>
/// <param name="model">The model.</param>
/// <param name="heard">What the encoder hears of a clip in training.</param>
/// <param name="preparation">Makes what prepares training clips, varied as the weights saw them.</param>
/// <param name="pool">The threads that prepare them.</param>
/// <param name="clips">The number of training clips.</param>
/// <param name="batchSize">Clips in a batch.</param>
/// <param name="seed">Decides which clips meet in a batch.</param>
internal sealed class BatchNormStatistics(CommandModel model, ClipWindow heard, Func<ClipPreparation> preparation, WorkPool pool, int clips, int batchSize, ulong seed)
{
    private readonly ClipPreparation[] _preparations = [.. Enumerable.Range(0, pool.Threads).Select(_ => preparation())];

    /// <summary>Sets the statistics to the mean over all clips; all else of the model stays. Leaves it in evaluation.</summary>
    /// <param name="epoch">The epoch whose variations are heard.</param>
    public void Measure(int epoch)
    {
        using var quiet = no_grad();
        model.Evaluating();
        BatchNorm[] norms = [.. model.Encoder.modules().OfType<BatchNorm>()];
        double?[] momenta = [.. norms.Select(norm => norm.momentum)];
        foreach (var norm in norms) norm.train();
        int heard = 0;
        foreach (int[] batch in SeededRandom.Permutation(clips, SeededRandom.Derive(seed, (ulong)epoch)).Chunk(batchSize))
        {
            heard += batch.Length;
            // Each batch counts by its clips.
            foreach (var norm in norms) norm.momentum = (double)batch.Length / heard;
            Hear(epoch, batch);
        }
        for (int i = 0; i < norms.Length; i++) norms[i].momentum = momenta[i];
        model.Evaluating();
    }

    private void Hear(int epoch, int[] batch)
    {
        using var scope = NewDisposeScope();
        var features = empty(batch.Length, 1, heard.Bins, heard.Frames);
        pool.Run(batch.Length, (worker, i) => _preparations[worker](epoch, batch[i], MemoryMarshal.Cast<byte, float>(features.bytes).Slice(i * heard.Values, heard.Values)));
        model.Encoder.call(features);
    }
}
