using System.Xml.Linq;
using Mingling.Experiments.Comparison;
using Mingling.Experiments.Reports;

namespace Mingling.Experiments.Tests.Comparison;

public class SweepTests
{
    [Fact]
    public void Panels_of_two_axes_show_each_against_the_other()
    {
        var (report, plan) = Sweep("center.weight=0,0.001,0.1", "center.rate=0.1,0.5,0.9");
        var panels = SweepPanel.Arrange(report, plan);
        panels.Select(panel => panel.Axis).ShouldBe(["center.weight", "center.rate"]);
        panels[0].Lines.Select(line => line.Label).ShouldBe(["center.rate = 0.1", "center.rate = 0.5", "center.rate = 0.9"]);
        panels[0].Lines.ShouldAllBe(line => line.Points.Select(point => point.Value).SequenceEqual(new[] { 0, 0.001, 0.1 }));
        // One softmax run stands at λ = 0 of every line.
        panels[0].Lines.Select(line => line.Points[0].Accuracy).Distinct().ShouldHaveSingleItem();
        panels[1].Lines.Count.ShouldBe(3);
    }

    [Fact]
    public void Panels_where_nothing_is_swept_are_none()
    {
        var plan = Comparisons.Plan(["softmax", "center"]);
        SweepPanel.Arrange(ComparisonSummary.Summarize(plan, plan.Jobs().ToDictionary(job => job.Id, _ => Comparisons.Outcome(10, 1))), plan).ShouldBeEmpty();
        var (report, names) = Sweep("center.rate=0.1");
        SweepPanel.Arrange(report, names).ShouldBeEmpty();
    }

    [Fact]
    public void Files_of_a_sweep_are_a_table_and_pictures_that_can_be_read()
    {
        using var folder = new TemporaryFolder();
        var (report, plan) = Sweep("center.weight=0,0.001,0.1", "center.rate=0.1,0.5");
        ComparisonFiles.Write(new FinishedComparison(folder.Path, plan, report)).Select(Path.GetFileName).ShouldBe(["comparison.json", "comparison.md", "sweep.png", "sweep.svg"]);
        File.ReadAllBytes(folder["sweep.png"]).Take(4).ShouldBe(new byte[] { 0x89, 0x50, 0x4e, 0x47 });
        XDocument.Load(folder["sweep.svg"]).Root!.Name.LocalName.ShouldBe("svg");
        File.ReadAllLines(folder["comparison.md"]).Count(line => line.StartsWith("| softmax", StringComparison.Ordinal)).ShouldBe(5);
    }

    private static (ComparisonReport Report, ComparisonPlan Plan) Sweep(params string[] grids)
    {
        var plan = Comparisons.Plan(["softmax + 0.01 center"], folds: 2, grids: grids);
        return (ComparisonSummary.Summarize(plan, plan.Jobs().ToDictionary(job => job.Id, job => Comparisons.Outcome(20, job.Variant.Loss.Length % 7 + job.Fold))), plan);
    }
}
