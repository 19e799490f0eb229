using System.Text.Json;
using Mingling.Experiments.Comparison;
using Mingling.Training.Runs;
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

    /// <summary>Whatever a field of a stored plan or result is or lacks, the table is made, or one sentence says why it is not.</summary>
    [Fact]
    public void Plan_or_result_with_any_field_changed_works_or_is_refused()
    {
        using var folder = new TemporaryFolder();
        var made = new ComparisonFolder(folder.Path);
        var plan = Comparisons.Plan(["softmax", "softmax + center"], folds: 2);
        var outcomes = plan.Jobs().ToDictionary(job => job.Id, _ => Comparisons.Outcome(10, 3));
        int refused = 0;
        foreach (string changed in ChangedJson.Of(JsonSerializer.Serialize(plan, RunManifest.Json)))
        {
            File.WriteAllText(folder["plan.json"], changed);
            Try(changed, () =>
            {
                var read = made.ReadPlan();
                ComparisonSummary.Summarize(read, read.Jobs().DistinctBy(job => job.Id).ToDictionary(job => job.Id, _ => Comparisons.Outcome(10, 3)));
            });
        }
        Directory.CreateDirectory(folder["runs/one"]);
        foreach (string changed in ChangedJson.Of(JsonSerializer.Serialize(outcomes.Values.First().Result, RunManifest.Json)))
        {
            File.WriteAllText(folder["runs/one/result.json"], changed);
            Try(changed, () => ComparisonSummary.Summarize(plan, outcomes.Keys.ToDictionary(id => id, _ => new JobOutcome(made.ReadResult("one"), null))).ToJson());
        }
        refused.ShouldBeGreaterThan(500);

        void Try(string changed, Action action)
        {
            try
            {
                action();
            }
            catch (MinglingException)
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"{e.GetType().Name}: {e.Message} of {changed} {e.StackTrace}");
            }
        }
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
