using Mingling.Experiments.Comparison;
using Mingling.Training.Storage;

namespace Mingling.Experiments.Tests.Comparison;

public class ComparisonStoreTests
{
    [Fact]
    public void Store_opened_again_gives_the_same_report()
    {
        using var folder = new TemporaryFolder();
        var plan = Comparisons.Plan(["softmax", "softmax + center"], folds: 2, grids: ["center.weight=0.1,1"]);
        var outcomes = plan.Jobs().ToDictionary(job => job.Id, job => job.Fold == 2 ? new JobOutcome(null, "no room") : Comparisons.Outcome(10, 3));
        using (var store = ComparisonStore.Open(folder["c.sqlite"]))
        {
            store.WritePlan(Comparisons.Plan(["triplet"]));
            store.WritePlan(plan);
            foreach (var job in plan.Jobs()) store.Write(job, new JobOutcome(null, "an earlier attempt"));
            foreach (var job in plan.Jobs()) store.Write(job, outcomes[job.Id]);
        }
        using var again = ComparisonStore.Read(folder["c.sqlite"]);
        ComparisonSummary.Summarize(again.ReadPlan(), again.Outcomes()).ToJson().ShouldBe(ComparisonSummary.Summarize(plan, outcomes).ToJson());
    }

    [Fact]
    public void Store_that_is_missing_empty_or_no_database_says_so()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<CheckpointException>(() => ComparisonStore.Read(folder["none.sqlite"])).Message.ShouldContain("does not exist");
        File.WriteAllText(folder["text.sqlite"], new string('x', 5000));
        Should.Throw<CheckpointException>(() => ComparisonStore.Read(folder["text.sqlite"])).Message.ShouldContain("text.sqlite cannot be used");
        ComparisonStore.Open(folder["empty.sqlite"]).Dispose();
        using var empty = ComparisonStore.Read(folder["empty.sqlite"]);
        Should.Throw<CheckpointException>(() => empty.ReadPlan()).Message.ShouldContain("holds no plan");
    }
}
