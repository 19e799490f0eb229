using Mingling.MetricLearning.Joint;
using Mingling.Training.Data;
using Mingling.Training.Mining;
using Mingling.Training.Models;
using Mingling.Training.Objectives;
using Mingling.Training.Recipes;

namespace Mingling.Training.Tests;

[Collection(TorchRandom.Name)]
public class BatchPlannerTests
{
    private static readonly string[] Words = ["a", "b", "c", "d"];

    [Fact]
    public void ALossOfSingleClips_takes_every_clip_once()
    {
        var plan = Planner("softmax + 0.01 center", Labels(20)).Plan(0, new MinedClips());
        Clips(plan).Order().ShouldBe(Enumerable.Range(0, 80));
    }

    [Fact]
    public void ALossOfPairs_takes_p_words_with_k_clips()
    {
        int[] labels = Labels(20);
        var plan = Planner("softmax + supcon", labels).Plan(3, new MinedClips());
        for (int b = 0; b < plan.Batches; b++)
            plan.Batch(b).ToArray().CountBy(clip => labels[clip]).ShouldAllBe(word => word.Value == 4);
        Clips(plan).Distinct().Count().ShouldBe(80);
    }

    [Fact]
    public void ConfusableWords_share_a_batch()
    {
        int[] labels = Labels(8);
        double[] confusions = new double[16];
        foreach (var (a, b) in new[] { (0, 2), (1, 3) }) confusions[a * 4 + b] = confusions[b * 4 + a] = 0.5;
        var recipe = Recipe("softmax + supcon") with { BatchSize = 8, Batches = new BatchSettings { ConfusableShare = 1 } };
        var plan = Planner(recipe, labels).Plan(5, new MinedClips { Rounds = 1, Confusions = confusions });
        for (int b = 0; b < plan.Batches; b++)
            string.Join("", plan.Batch(b).ToArray().Select(clip => labels[clip]).Distinct().Order()).ShouldBeOneOf("02", "13");
    }

    [Fact]
    public void OfflineTriplets_take_the_neighbors_that_were_mined_and_draw_before()
    {
        int[] labels = Labels(10);
        long[] neighbors = [.. Enumerable.Range(0, 40).SelectMany(clip => new[] { (long)((clip + 4) % 40), (clip + 1) % 40 })];
        var planner = Planner("softmax + triplet(mining: offline)", labels);
        foreach (var mined in new[] { new MinedClips(), new MinedClips { Rounds = 1, Neighbors = neighbors } })
        {
            var plan = planner.Plan(1, mined);
            foreach (int[] triplet in Clips(plan).Chunk(3))
            {
                labels[triplet[1]].ShouldBe(labels[triplet[0]]);
                triplet[1].ShouldNotBe(triplet[0]);
                labels[triplet[2]].ShouldNotBe(labels[triplet[0]]);
                if (mined.Rounds > 0) triplet[1..].Select(clip => (long)clip).ShouldBe(neighbors[(2 * triplet[0])..(2 * triplet[0] + 2)]);
            }
        }
    }

    [Fact]
    public void AWordWithTooFewClips_is_named()
    {
        int[] labels = [.. Enumerable.Repeat(0, 8), .. Enumerable.Repeat(1, 8), 2, 2, 2, 3];
        Should.Throw<TrainingFailedException>(() => Planner("softmax + supcon", labels)).Message
            .ShouldBe("supcon compares clips, 4 clips of each word in a batch, and there are fewer of c (3), d (1); record more, or take fewer clips of a class.");
    }

    [Fact]
    public void ABatchWithoutAPair_is_refused()
    {
        var recipe = Recipe("softmax + supcon") with { BatchSize = 2, Batches = new BatchSettings { Kind = BatchKind.Shuffled, ClipsPerClass = 2 } };
        Should.Throw<TrainingFailedException>(() => Planner(recipe, Labels(8))).Message.ShouldContain("has no two clips of one word, so supcon has nothing to compare");
    }

    [Fact]
    public void ABatchOfOneWord_is_refused()
    {
        var recipe = Recipe("softmax + supcon") with { BatchSize = 7 };
        Should.Throw<TrainingFailedException>(() => Planner(recipe, Labels(8))).Message.ShouldContain("holds only one word with 4 clips");
    }

    private static int[] Labels(int clips) => [.. Enumerable.Range(0, 4 * clips).Select(i => i % 4)];

    private static TrainingRecipe Recipe(string loss) => Trainings.Recipe with { Loss = LossExpression.Parse(loss) };

    private static BatchPlanner Planner(string loss, int[] labels) => Planner(Recipe(loss), labels);

    private static BatchPlanner Planner(TrainingRecipe recipe, int[] labels)
    {
        using var model = new CommandModel(recipe, Words);
        using var objective = new TrainingObjective(recipe, model);
        return new BatchPlanner(recipe, labels, Words, objective);
    }

    private static IEnumerable<int> Clips(Mingling.Training.Data.EpochPlan plan) =>
        Enumerable.Range(0, plan.Batches).SelectMany(b => plan.Batch(b).ToArray());
}
