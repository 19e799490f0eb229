using Mingling.Experiments.Comparison;

namespace Mingling.Experiments.Tests.Comparison;

public sealed class RunClaimsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mingling-claims-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Of_many_workers_that_take_a_run_at_once_one_gets_it()
    {
        for (int round = 0; round < 20; round++)
        {
            var workers = Enumerable.Range(0, 8).Select(i => Claims($"worker{i}")).ToArray();
            string run = $"run{round}";
            var seen = workers.Select(worker => worker.Look(run)).ToArray();
            var taken = await Task.WhenAll(workers.Select((worker, i) => Task.Run(() => worker.Take(run, seen[i]))));
            var claim = taken.OfType<RunClaim>().ShouldHaveSingleItem();
            workers.ShouldAllBe(worker => worker.Look(run).Kind == ClaimKind.Held);
            await claim.End(ClaimNote.Released, null);
            claim.Dispose();
            workers.ShouldAllBe(worker => worker.Look(run).Kind == ClaimKind.Free);
        }
    }

    [Fact]
    public async Task A_claim_that_gives_signs_of_life_stays_and_one_that_does_not_is_taken_over_and_knows_it()
    {
        RunClaims living = Claims("living"), watching = Claims("watching");
        var claim = living.Take("run", living.Look("run"))!;
        for (int i = 0; i < 15; i++)
        {
            watching.Look("run").Kind.ShouldBe(ClaimKind.Held);
            await Task.Delay(100);
        }

        // A worker that was killed: its file stays as it is.
        File.WriteAllText(Path.Combine(_folder, "dead.1"), """{"worker":"dead","beat":3}""");
        watching.Look("dead").Kind.ShouldBe(ClaimKind.Held);
        await Task.Delay(2100);
        var state = watching.Look("dead");
        state.Kind.ShouldBe(ClaimKind.Abandoned);
        var over = watching.Take("dead", state)!;
        living.Take("dead", state).ShouldBeNull();
        living.Look("dead").ShouldBe(new ClaimState(2, ClaimKind.Held, null));

        // A worker that was only slow learns that its run is another's.
        File.WriteAllText(Path.Combine(_folder, "run.2"), "");
        for (int i = 0; i < 50 && !claim.Lost.IsCancellationRequested; i++) await Task.Delay(50);
        claim.Lost.IsCancellationRequested.ShouldBeTrue();
        foreach (var held in new[] { claim, over })
        {
            await held.End(ClaimNote.Failed, "why");
            held.Dispose();
        }
        // Only who still has a run says how it ended.
        watching.Look("dead").ShouldBe(new ClaimState(2, ClaimKind.Failed, "why"));
        watching.Look("run").Kind.ShouldBe(ClaimKind.Held);
    }

    [Fact]
    public void Workers_begin_with_runs_of_their_own_and_know_all()
    {
        var plan = Comparisons.Plan(["softmax", "softmax + center"], folds: 3, seeds: 2);
        var jobs = plan.Jobs();
        var orders = Enumerable.Range(1, 5).Select(number => new ComparisonShard { Number = number, Count = 5 }.Order(jobs)).ToArray();
        foreach (var order in orders) order.Select(job => job.Id).Order().ShouldBe(jobs.Select(job => job.Id).Order());
        orders.Select(order => order[0].Id).Distinct().Count().ShouldBe(5);
    }

    private RunClaims Claims(string worker) => new(_folder, worker, TimeSpan.FromSeconds(2));
}
