using Mingling.Experiments.Comparison;
using Mingling.MetricLearning.Joint;

namespace Mingling.Experiments.Tests.Comparison;

public class LossGridTests
{
    [Fact]
    public void Expand_without_grids_keeps_the_losses_as_they_were_written()
    {
        var variants = Expand(["softmax", " softmax+0.01*center( rate:0.5 )"]);
        variants.Select(variant => variant.Text).ShouldBe(["softmax", "softmax+0.01*center( rate:0.5 )"]);
        variants.Select(variant => variant.Loss).ShouldBe(["softmax", "softmax + 0.01 center(rate: 0.5)"]);
    }

    [Fact]
    public void Expand_two_grids_gives_their_product_with_the_last_changing_fastest()
    {
        Expand(["softmax + 0.01 center"], "center.weight=0.1,1", "center.rate=0.2,0.9").Select(variant => variant.Text).ShouldBe([
            "softmax + 0.1 center(rate: 0.2)", "softmax + 0.1 center(rate: 0.9)", "softmax + center(rate: 0.2)", "softmax + center(rate: 0.9)"]);
    }

    [Fact]
    public void Expand_weight_zero_takes_the_part_away_and_keeps_all_points_of_the_one_variant()
    {
        var variants = Expand(["softmax + center"], "center.weight=0,1", "center.rate=0.2,0.9");
        variants.Select(variant => variant.Text).ShouldBe(["softmax", "softmax + center(rate: 0.2)", "softmax + center(rate: 0.9)"]);
        variants[0].Points.Select(point => point.Values["center.rate"]).ShouldBe(["0.2", "0.9"]);
        variants[0].Points.ShouldAllBe(point => point.Values["center.weight"] == "0");
    }

    [Fact]
    public void Expand_weight_zero_of_the_only_part_keeps_it() =>
        Expand(["triplet"], "triplet.weight=0,1").Select(variant => variant.Text).ShouldBe(["0 triplet", "triplet"]);

    [Fact]
    public void Expand_a_loss_without_the_part_stays_as_it_is() =>
        Expand(["softmax", "softmax + 0.01 center"], "center.weight=0,0.5").Select(variant => variant.Text).ShouldBe(["softmax", "softmax + 0.5 center"]);

    [Fact]
    public void Expand_a_given_parameter_in_brackets_is_replaced_in_its_place() =>
        Expand(["triplet(margin: 0.3, mining: batch-hard, swap: true)"], "triplet.mining=semi-hard,triplet-margin(hardness: hard)").Select(variant => variant.Text).ShouldBe([
            "triplet(margin: 0.3, mining: semi-hard, swap: true)", "triplet(margin: 0.3, mining: triplet-margin(hardness: hard), swap: true)"]);

    [Fact]
    public void Expand_a_second_part_of_one_name_is_called_by_its_number() =>
        Expand(["triplet + triplet(margin: 1)"], "triplet-2.margin=2,3").Select(variant => variant.Text).ShouldBe(["triplet + triplet(margin: 2)", "triplet + triplet(margin: 3)"]);

    [Fact]
    public void Expand_any_variant_can_be_read_again_as_the_same()
    {
        foreach (var variant in Expand(["softmax + 1e-3 center + 0.5 triplet(margin: 0.3)"], "center.weight=0,1e-5,2", "triplet.margin=0.1,1"))
            LossGrid.Spell(LossExpression.Parse(variant.Loss)).ShouldBe(variant.Loss);
    }

    [Theory]
    [InlineData("center", "is no grid")]
    [InlineData("center=1", "is no grid")]
    [InlineData("center.=1", "is no grid")]
    [InlineData("center.weight=", "'' in the grid")]
    [InlineData("center.weight=1,,2", "'' in the grid")]
    [InlineData("center.weight=1;2", "'1;2' in the grid")]
    [InlineData("center.weight=-1", "not a number of at least 0")]
    [InlineData("center.weight=all", "not a number of at least 0")]
    [InlineData("cener.weight=1", "there are softmax, center")]
    public void Grid_that_cannot_be_used_is_named(string grid, string said) =>
        Should.Throw<FormatException>(() => Expand(["softmax + 0.01 center"], grid)).Message.ShouldContain(said);

    [Fact]
    public void Grid_given_twice_is_refused() =>
        Should.Throw<FormatException>(() => Expand(["softmax + center"], "center.weight=1", "center.weight=2")).Message.ShouldContain("given twice");

    private static IReadOnlyList<LossVariant> Expand(string[] losses, params string[] grids) => LossGrid.Expand(losses, [.. grids.Select(GridAxis.Parse)]);
}
