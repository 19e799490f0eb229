using Mingling.Training.Workers;

namespace Mingling.Training.Tests.Workers;

public class WorkPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Every_piece_is_done_once_by_a_thread_of_the_pool(int threads)
    {
        using var pool = new WorkPool(threads);
        pool.Threads.ShouldBe(threads);
        for (int round = 0; round < 200; round++)
        {
            int[] done = new int[round % 20];
            pool.Run(done.Length, (worker, piece) =>
            {
                worker.ShouldBeInRange(0, threads - 1);
                Interlocked.Increment(ref done[piece]);
            });
            done.ShouldAllBe(times => times == 1);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_a_piece_throws_is_thrown_and_the_pool_goes_on(int threads)
    {
        using var pool = new WorkPool(threads);
        Should.Throw<InvalidOperationException>(() => pool.Run(6, (_, piece) =>
        {
            if (piece is 2 or 4) throw new InvalidOperationException($"piece {piece}");
        })).Message.ShouldBe("piece 2");
        int done = 0;
        pool.Run(5, (_, _) => Interlocked.Increment(ref done));
        done.ShouldBe(5);
    }

    [Fact]
    public void Background_work_is_done_beside_and_after_pieces_and_stops_when_there_is_none()
    {
        var counted = new Counted(1000);
        using (var pool = new WorkPool(3) { Background = counted })
        {
            int done = 0;
            pool.Run(10, (_, _) => Interlocked.Increment(ref done));
            done.ShouldBe(10);
            counted.Done.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
            // New work is found when it is announced.
            counted.Renew(500);
            pool.Wake();
            counted.Done.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
        }
        counted.Times.ShouldBe(1500);
    }

    private sealed class Counted(int count) : IBackgroundWork
    {
        private int _left = count, _times;

        public ManualResetEventSlim Done { get; } = new();

        public int Times => _times;

        public void Renew(int more)
        {
            Done.Reset();
            Volatile.Write(ref _left, more);
        }

        public bool TryRun(int worker)
        {
            int left = Interlocked.Decrement(ref _left);
            if (left < 0)
            {
                Interlocked.Increment(ref _left);
                return false;
            }
            Interlocked.Increment(ref _times);
            if (left == 0) Done.Set();
            return true;
        }
    }
}
