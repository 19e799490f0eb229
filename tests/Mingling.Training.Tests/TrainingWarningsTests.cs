using Mingling.MetricLearning.Joint;
using Mingling.Training.Loop;
using Mingling.Training.Models;
using Mingling.Training.Objectives;
using Mingling.Training.Runs;
using Mingling.Training.Tests.Support;

namespace Mingling.Training.Tests;

[Collection(TorchRandom.Name)]
public class TrainingWarningsTests
{
    private static readonly LossParts Loss = new(1.2, [new("softmax", 1, 1), new("triplet", 1, 0.2)]);
    private static readonly EmbeddingReport Healthy = new(1, 0.9, new TripletShares(0.5, 0.3, 0.2), 1, 3, "a – b", 2);

    [Fact]
    public void AHealthyTraining_has_no_warning() => Of(Epoch(Loss, Healthy)).ShouldBeEmpty();

    [Fact]
    public void EmbeddingsAtOnePoint_are_called_a_collapse_with_what_to_try()
    {
        string warning = Of(Epoch(Loss, Healthy with { Spread = 0.01 })).ShouldHaveSingleItem();
        warning.ShouldContain("collapsed");
        warning.ShouldContain("lower learning rate");
    }

    [Fact]
    public void ATripletLossAtItsMargin_is_told() =>
        Of(Epoch(new LossParts(1.3, [new("softmax", 1, 1), new("triplet", 0.5, 0.15)]), Healthy)).ShouldHaveSingleItem().ShouldContain("stays at its margin of 0.3");

    [Fact]
    public void NoActiveTriplet_is_told() =>
        Of(Epoch(Loss, Healthy with { Triplets = new TripletShares(1, 0, 0) })).ShouldHaveSingleItem().ShouldContain("no triplet violates the margin of 0.3");

    [Fact]
    public void APartThatDrownsTheOthers_is_named_unless_the_words_are_learned()
    {
        var drowned = Epoch(new LossParts(101, [new("softmax", 1, 1), new("triplet", 1, 100)]), Healthy);
        Of(drowned).ShouldHaveSingleItem().ShouldContain("'triplet' is 100 times all other parts");
        Of(drowned with { TrainingAccuracy = 0.95 }).ShouldBeEmpty();
        Of(Epoch(new LossParts(1.001, [new("softmax", 1, 1), new("triplet", 0.01, 0.001)]), Healthy)).ShouldBeEmpty("softmax is what the training is for");
    }

    [Fact]
    public void ASign_of_one_epoch_is_no_warning_and_a_warning_comes_once()
    {
        var warnings = Warnings();
        var sick = Epoch(Loss, Healthy with { Spread = 0.01 });
        warnings.New([Epoch(Loss, Healthy), sick, sick]).ShouldBeEmpty();
        warnings.New([sick, sick, sick]).Count().ShouldBe(1);
        warnings.New([sick, sick, sick, sick]).ShouldBeEmpty();
    }

    [Fact]
    public void Trainer_whose_triplets_learn_nothing_warns_once()
    {
        using var folder = new TemporaryFolder();
        var data = Tones.Data();
        var recipe = Trainings.Recipe with
        {
            Loss = LossExpression.Parse("softmax + 0.01 triplet(mining: batch-hard, margin: 50)"),
            Epochs = 5,
            Optimizer = Trainings.Recipe.Optimizer with { LearningRate = 1e-9 },
        };
        var observer = new Observer();
        new Trainer(data, observer).Train(Trainings.Begin(folder["run"], data, recipe), TestContext.Current.CancellationToken);
        observer.Warnings.Count(warning => warning.Contains("stays at its margin of 50")).ShouldBe(1);

        var again = new Observer();
        new Trainer(data, again).Train(RunDirectory.Open(folder["run"]), TestContext.Current.CancellationToken);
        again.Warnings.ShouldBe(observer.Warnings);
    }

    private static string[] Of(EpochReport epoch) => [.. Warnings().New([epoch, epoch, epoch])];

    private static TrainingWarnings Warnings()
    {
        var recipe = Trainings.Recipe with { Loss = LossExpression.Parse("softmax + triplet(margin: 0.3)") };
        var model = new CommandModel(recipe, ["a", "b"]);
        return new TrainingWarnings(recipe, new TrainingObjective(recipe, model));
    }

    private static EpochReport Epoch(LossParts loss, EmbeddingReport embeddings) => new(1, loss, 0.5, 0.5, 1, 0.01, 1, 100, true, embeddings);
}
