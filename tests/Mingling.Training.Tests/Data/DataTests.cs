using CsCheck;
using Mingling.Audio;
using Mingling.Training.Data;
using Mingling.Training.Encoders;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Keys;

namespace Mingling.Training.Tests.Data;

public class DataTests
{
    [Fact]
    public void EpochPlan_of_any_size_holds_every_clip_once_in_even_batches() =>
        Gen.Select(Gen.Int[1, 500], Gen.Int[1, 70], Gen.ULong).Sample((clips, batchSize, seed) =>
        {
            var plan = EpochPlan.Shuffled(clips, batchSize, seed);
            var batches = Enumerable.Range(0, plan.Batches).Select(i => plan.Batch(i).ToArray()).ToList();
            batches.SelectMany(batch => batch).Order().ShouldBe(Enumerable.Range(0, clips));
            batches.Max(batch => batch.Length).ShouldBeLessThanOrEqualTo(batchSize);
            (batches.Max(batch => batch.Length) - batches.Min(batch => batch.Length)).ShouldBeLessThanOrEqualTo(1);
            plan.Batches.ShouldBe(EpochPlan.BatchCount(clips, batchSize));
        }, iter: 300);

    [Fact]
    public void EpochPlan_of_another_seed_has_another_order()
    {
        var orders = Enumerable.Range(0, 20).Select(seed => string.Join(',', EpochPlan.Shuffled(30, 30, (ulong)seed).Batch(0).ToArray())).ToList();
        orders.Distinct().Count().ShouldBe(20);
        EpochPlan.Shuffled(30, 30, 3).Batch(0).ToArray().ShouldBe(EpochPlan.Shuffled(30, 30, 3).Batch(0).ToArray());
    }

    /// <summary>The first values of SplitMix64 for the seed 1234567, as its authors' program gives them.</summary>
    [Fact]
    public void SeededRandom_gives_the_values_of_split_mix64()
    {
        var random = new SeededRandom(1234567);
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        foreach (ulong value in expected) random.NextInt64().ShouldBe((long)(value >> 1));
    }

    [Fact]
    public void SeededRandom_is_evenly_spread()
    {
        var random = new SeededRandom(SeededRandom.Derive(1, 2, 3));
        int[] counts = new int[10];
        for (int i = 0; i < 100_000; i++) counts[random.Next(10)]++;
        counts.ShouldAllBe(count => Math.Abs(count - 10_000) < 500);
        double mean = Enumerable.Range(0, 100_000).Average(_ => random.NextDouble());
        mean.ShouldBe(0.5, 0.005);
        random.Next(-3, -2).ShouldBe(-3);
    }

    [Fact]
    public void SeededRandom_derived_for_neighbors_gives_unrelated_streams()
    {
        var first = from epoch in Enumerable.Range(0, 30) from clip in Enumerable.Range(0, 30) select new SeededRandom(SeededRandom.Derive(1, (ulong)epoch, (ulong)clip)).NextDouble();
        double[] values = [.. first];
        values.Distinct().Count().ShouldBe(900);
        values.Average().ShouldBe(0.5, 0.04);
    }

    [Fact]
    public void RateAt_rises_then_falls_to_nothing()
    {
        var settings = new OptimizerSettings { LearningRate = 0.1, WarmUp = 0.1 };
        double[] rates = [.. Enumerable.Range(0, 1000).Select(step => settings.RateAt(step, 1000))];
        rates.Max().ShouldBe(0.1, 1e-3);
        Array.IndexOf(rates, rates.Max()).ShouldBe(100);
        for (int i = 1; i <= 100; i++) rates[i].ShouldBeGreaterThan(rates[i - 1]);
        for (int i = 101; i < 1000; i++) rates[i].ShouldBeLessThan(rates[i - 1]);
        rates[^1].ShouldBeLessThan(1e-5);
        rates[0].ShouldBeGreaterThan(0);
        settings.RateAt(550, 1000).ShouldBe(0.05, 1e-9);
    }

    [Fact]
    public void Augmentation_depends_on_seed_epoch_and_clip_alone()
    {
        var data = Tones.Data(2, 1, 2);
        var recipe = new TrainingRecipe { Encoder = new EncoderSettings { Name = "tc-resnet8" } };
        var window = new ClipWindow(recipe.Features, 1);
        float[] Features(int seed, int epoch, int clip, ClipPreparation? preparation = null)
        {
            float[] features = new float[window.Values];
            (preparation ?? new AugmentedClips(data, new HeardWindow(window), recipe with { Seed = seed }, new HardPlaces()).Preparation())(epoch, clip, features);
            return features;
        }

        var used = new AugmentedClips(data, new HeardWindow(window), recipe with { Seed = 1 }, new HardPlaces()).Preparation();
        for (int i = 0; i < 5; i++) Features(1, 7, i, used);
        Features(1, 2, 3, used).ShouldBe(Features(1, 2, 3));
        Features(1, 2, 3).ShouldNotBe(Features(2, 2, 3));
        Features(1, 2, 3).ShouldNotBe(Features(1, 3, 3));
        Features(1, 2, 3).ShouldAllBe(value => float.IsFinite(value));
    }

    [Fact]
    public void Augmentation_switched_off_leaves_what_validation_sees()
    {
        var data = Tones.Data(1, 1, 1);
        var recipe = new TrainingRecipe { Encoder = new EncoderSettings { Name = "tc-resnet8", DynamicRangeDb = null }, Augmentation = AugmentationSettings.None };
        var window = new ClipWindow(recipe.Features, 1);
        float[] features = new float[window.Values];
        new AugmentedClips(data, new HeardWindow(window), recipe, new HardPlaces()).Preparation()(0, 0, features);
        features.ShouldBe(new ClipFeaturizer(window).Compute(data.Train[0].Samples));
    }

    [Fact]
    public void Recipe_with_several_mistakes_names_them_all()
    {
        var recipe = new TrainingRecipe
        {
            Encoder = new EncoderSettings { Name = "tc-resnet8", Width = -1 },
            Epochs = 0,
            LabelSmoothing = 1,
            Optimizer = new OptimizerSettings { LearningRate = double.NaN },
            Augmentation = new AugmentationSettings { SlowestSpeed = 0.1 },
        };
        string message = Should.Throw<ArgumentException>(recipe.Validate).Message;
        foreach (string part in new[] { "epochs", "label-smoothing", "encoder.width", "optimizer.learning-rate", "augmentation.slowest-speed" }) message.ShouldContain(part);
    }

    [Theory]
    [InlineData(3600, 60)]
    [InlineData(100_000, 20)]
    [InlineData(1800, 120)]
    [InlineData(10, 400)]
    public void Recipe_without_epochs_sees_small_corpora_more_often(int clips, int expected) => TrainingRecipe.For("tc-resnet8").EpochsFor(clips).ShouldBe(expected);
}
