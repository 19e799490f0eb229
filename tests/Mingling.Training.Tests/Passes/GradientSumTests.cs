using Mingling.Training.Passes;
using Mingling.Training.Ranks;
using Mingling.Training.Workers;
using static TorchSharp.torch;

namespace Mingling.Training.Tests.Passes;

[Collection(TorchRandom.Name)]
public class GradientSumTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    [InlineData(7, 2)]
    public async Task The_sum_is_added_in_the_order_of_the_micro_batches_whoever_has_them(int processes, int threads)
    {
        const int clips = 200, values = 40_003;
        int count = MicroBatches.CountOf(clips);
        var random = new Random(1);
        // Of very different sizes, so that another order gives other bits.
        float[][] gradients = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, values).Select(_ => (float)Math.Pow(10, 6 * random.NextDouble() - 3)).ToArray())];
        float[] before = [.. Enumerable.Range(0, values).Select(_ => random.NextSingle())], expected = new float[values];
        for (int i = 0; i < values; i++)
        {
            float sum = gradients[0][i];
            for (int part = 1; part < count; part++) sum += gradients[part][i];
            expected[i] = before[i] + sum;
        }

        float[][] sums = await Task.WhenAll(GroupOfThreads.Of(processes).Select(ranks => Task.Factory.StartNew(() =>
        {
            using var pool = new WorkPool(threads);
            using var target = tensor(before);
            new GradientSum(pool, ranks).AddTo(target, gradients[MicroBatches.Of(ranks, clips)]);
            return target.data<float>().ToArray();
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        foreach (float[] sum in sums) sum.ShouldBe(expected);
    }

    /// <summary>Threads that behave like processes.</summary>
    private sealed class GroupOfThreads(int rank, byte[][][] shared, Barrier barrier) : ProcessGroup
    {
        public static IReadOnlyList<ProcessGroup> Of(int count)
        {
            byte[][][] shared = new byte[count][][];
            var barrier = new Barrier(count);
            return [.. Enumerable.Range(0, count).Select(rank => count == 1 ? Single : new GroupOfThreads(rank, shared, barrier))];
        }

        public override int Rank => rank;

        public override int Count => shared.Length;

        public override byte[][] Gather(byte[] own) => Exchange([.. shared.Select(_ => own)]);

        public override byte[][] Exchange(byte[][] parts)
        {
            shared[rank] = parts;
            barrier.SignalAndWait();
            byte[][] received = [.. shared.Select(theirs => theirs[rank])];
            barrier.SignalAndWait();
            return received;
        }

        public override byte[] Broadcast(byte[] own) => Gather(own)[0];

        public override void Abort(int exitCode) => throw new NotSupportedException();
    }
}
