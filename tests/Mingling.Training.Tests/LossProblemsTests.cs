using Mingling.MetricLearning.Joint;
using Mingling.Training.Models;
using Mingling.Training.Objectives;
using Mingling.Training.Recipes;

namespace Mingling.Training.Tests;

[Collection(TorchRandom.Name)]
public class LossProblemsTests
{
    [Theory]
    [InlineData("softmax + prototypical(shots: 5)", "prototypical takes 5 clips of each word and batches hold 4")]
    [InlineData("softmax + multi-class-hinge", "of which there are 40, but the embedding has 24")]
    public void ALossThatDoesNotFitTheModel_is_told(string loss, string expected) => Told(Trainings.Recipe with { Loss = LossExpression.Parse(loss) }).ShouldContain(expected);

    [Theory]
    [InlineData("arcface.margin=0:200@0:0.5", "must be")]
    [InlineData("triplet.weight=0:1@0:0.5", "names no part of the loss")]
    [InlineData("softmax.margin=0:1@0:0.5", "the margin of softmax cannot change")]
    public void AScheduleThatCannotBe_is_told(string schedule, string expected) =>
        Told(Trainings.Recipe with { Loss = LossExpression.Parse("softmax + arcface"), Schedules = [LossSchedule.Parse(schedule)] }).ShouldContain(expected);

    [Fact]
    public void TwoSchedulesOfOneWeight_are_told() => Told(Trainings.Recipe with
    {
        Loss = LossExpression.Parse("softmax + center"),
        Schedules = [LossSchedule.Parse("center.weight=0:1@0:0.3"), LossSchedule.Parse("center.weight=1:0@0.5:1")],
    }).ShouldContain("there are 2 schedules of the weight of center");

    [Fact]
    public void A_frozen_encoder_with_a_loss_that_trains_nothing_else_is_told()
    {
        var frozen = Trainings.Recipe with { Loss = LossExpression.Parse("triplet(mining: batch-hard)"), Optimizer = new OptimizerSettings { EncoderRate = 0 } };
        Told(frozen).ShouldContain("trains the encoder alone, which optimizer.encoder-rate = 0 freezes; add softmax to it, or raise the rate");
    }

    [Fact]
    public void WhatDoesNotGoTogether_is_told_all_at_once()
    {
        string told = Told(Trainings.Recipe with
        {
            Loss = LossExpression.Parse("softmax + center + triplet(mining: offline)"),
            Mixup = 0.2,
            Batches = new BatchSettings { Kind = BatchKind.Shuffled, ConfusableShare = 0.5 },
        });
        told.ShouldContain("mixup makes clips of two words, which center, triplet cannot judge");
        told.ShouldContain("offline mining makes its own batches");
        told.ShouldContain("batches of confusable classes");
    }

    [Theory]
    [InlineData("triplet.weight=1")]
    [InlineData("triplet=0:1@0:1")]
    [InlineData("triplet.size=0:1@0:1")]
    [InlineData("triplet.weight=a:1@0:1")]
    public void ASchedule_of_another_form_is_refused(string text) =>
        Should.Throw<FormatException>(() => LossSchedule.Parse(text)).Message.ShouldContain("written like triplet.weight=0:1@0:0.3");

    [Fact]
    public void ASchedule_goes_in_a_straight_line_and_reads_what_it_writes()
    {
        var schedule = LossSchedule.Parse("triplet.weight=0.5:1@0.2:0.6");
        new[] { 0, 0.2, 0.4, 0.6, 1 }.Select(schedule.At).ShouldBe([0.5, 0.5, 0.75, 1, 1], 1e-12);
        LossSchedule.Parse(schedule.ToString()).ShouldBe(schedule);
    }

    [Fact]
    public void ALossWithItsOwnParameters_is_read_whatever_the_batches() =>
        LossExpression.Parse("softmax + prototypical(queries: 10)").Parts.Count.ShouldBe(2);

    private static string Told(TrainingRecipe recipe)
    {
        using var model = new CommandModel(recipe, [.. Enumerable.Range(0, 40).Select(word => $"word{word}")]);
        return Should.Throw<ArgumentException>(() => new TrainingObjective(recipe, model)).Message;
    }
}
