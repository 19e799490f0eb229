using Mingling.Corpora;
using Mingling.Corpora.Splitting;
using Mingling.Experiments.Comparison;
using Mingling.Training.Recipes;
using Mingling.Training.Storage;

namespace Mingling.Experiments.Tests.Comparison;

public class ComparisonPlanTests
{
    [Fact]
    public void Jobs_are_all_combinations_each_once()
    {
        var jobs = Comparisons.Plan(["softmax", "center"], folds: 3, seeds: 2).Jobs();
        jobs.Count.ShouldBe(12);
        jobs.Select(job => job.Id).Distinct().Count().ShouldBe(12);
        jobs.Select(job => (job.Variant.Loss, job.Fold, job.Seed)).Distinct().Count().ShouldBe(12);
        jobs.Take(2).Select(job => job.Variant.Loss).ShouldBe(["softmax", "center"]);
    }

    [Fact]
    public void Jobs_with_held_out_words_add_a_probe_for_each_variant_and_fold_of_the_first_seed()
    {
        var jobs = (Comparisons.Plan(["softmax", "center"], folds: 3, seeds: 2) with { Probe = true, HeldOutWords = ["no"] }).Jobs();
        var probes = jobs.Where(job => job.Kind == JobKind.Probe).ToList();
        probes.Select(job => (job.Variant.Loss, job.Fold)).Distinct().Count().ShouldBe(6);
        probes.ShouldAllBe(job => job.Seed == 1);
        jobs.Count.ShouldBe(18);
    }

    [Fact]
    public void Ids_depend_on_what_decides_the_result_and_on_nothing_else()
    {
        string[] ids = Ids(Comparisons.Plan(["softmax"], folds: 2));
        Ids(Comparisons.Plan(["softmax", "center"], folds: 2, seeds: 3)).ShouldBe(ids, ignoreOrder: false, "what is there stays where more is asked for");
        Ids(Comparisons.Plan([" softmax "], folds: 2)).ShouldBe(ids);
        Ids(Comparisons.Plan(["softmax"], folds: 2) with { Source = new CorpusSource { Path = "/moved" } }).ShouldBe(ids);
        Ids(Comparisons.Plan(["softmax"], folds: 2) with { Probe = true, HeldOutWords = ["no"] }).ShouldBe(ids);
        Ids(Comparisons.Plan(["softmax"], folds: 2) with { Recipe = TrainingRecipe.For("tc-resnet8") with { Epochs = 7 } }).Intersect(ids).ShouldBeEmpty();
        Ids(Comparisons.Plan(["softmax"], folds: 2) with { HeldOutWords = ["yes"] }).Intersect(ids).ShouldBeEmpty();

        static string[] Ids(ComparisonPlan plan) =>
            [.. plan.Jobs().Where(job => job is { Kind: JobKind.Main, Variant.Loss: "softmax", Seed: 1 }).Select(job => job.Id)];
    }

    [Fact]
    public void RecipeFor_a_loss_without_the_part_of_a_schedule_leaves_the_schedule_out()
    {
        var plan = Comparisons.Plan(["softmax", "softmax + center"]);
        plan = plan with { Recipe = plan.Recipe with { Schedules = [LossSchedule.Parse("center.weight=0:1@0:0.5")] } };
        plan.RecipeFor("softmax", 1).Schedules.ShouldBeEmpty();
        plan.RecipeFor("softmax + center", 4).Schedules.ShouldHaveSingleItem();
        plan.RecipeFor("softmax + center", 4).Seed.ShouldBe(4);
    }

    [Fact]
    public void Changes_of_variants_and_seeds_are_allowed() =>
        PlanChanges.Check("dir", Comparisons.Plan(["softmax"]), Comparisons.Plan(["center"], seeds: 5) with { HeldOutWords = ["no"], Source = new CorpusSource { Path = "/moved" } });

    [Fact]
    public void Changes_of_other_settings_are_named()
    {
        var begun = Comparisons.Plan(["softmax"]);
        var asked = begun with { Recipe = begun.Recipe with { BatchSize = 8, Epochs = 5 } };
        string message = Should.Throw<CheckpointException>(() => PlanChanges.Check("dir", begun, asked)).Message;
        message.ShouldContain("recipe.epochs was 60, not 5; recipe.batchSize was 64, not 8");
        Should.Throw<CheckpointException>(() => PlanChanges.Check("dir", begun, Comparisons.Plan(["softmax"], folds: 2))).Message.ShouldContain("folds was 1, not 2");
        var others = begun with { Folds = [begun.Folds[0] with { Digest = "other" }] };
        Should.Throw<CheckpointException>(() => PlanChanges.Check("dir", begun, others)).Message.ShouldContain("the corpus is not the one");
    }

    [Fact]
    public void HeldOutWords_are_drawn_once_for_a_seed_and_leave_three_fifths()
    {
        var corpus = MadeCorpus.Full(words: 10, speakers: 2, takes: 1);
        var (words, probe) = HeldOutWords.Choose(corpus, null, seed: 3);
        probe.ShouldBeTrue();
        words.Count.ShouldBe(4);
        HeldOutWords.Choose(corpus, null, seed: 3).Words.ShouldBe(words);
        Enumerable.Range(0, 20).Select(seed => string.Join(',', HeldOutWords.Choose(corpus, null, seed).Words)).Distinct().Count().ShouldBeGreaterThan(1);
        HeldOutWords.Choose(MadeCorpus.Full(4, 2, 1), null, 3).Words.ShouldBeEmpty();
        HeldOutWords.Choose(corpus, [], 3).Words.ShouldBeEmpty();
        HeldOutWords.Choose(corpus with { OtherClips = [new CorpusClip("/a", "a", "left out")] }, null, 3).ShouldBe((["left out"], false), new HeldOutComparer());
    }

    [Fact]
    public void HeldOutWords_that_cannot_be_are_named()
    {
        var corpus = MadeCorpus.Full(words: 3, speakers: 2, takes: 1);
        Should.Throw<CorpusException>(() => HeldOutWords.Choose(corpus, ["w7"], 1)).Message.ShouldContain("'w7' cannot be held out");
        Should.Throw<CorpusException>(() => HeldOutWords.Choose(corpus, ["w0", "w1"], 1)).Message.ShouldContain("hold out fewer");
    }

    [Fact]
    public void Fold_without_held_out_words_judges_them_by_unheard_voices_alone()
    {
        var corpus = MadeCorpus.Full(words: 5, speakers: 6, takes: 2);
        var split = CorpusSplitter.Folds(corpus, 3, MadeCorpus.WithoutSound)[1];
        var whole = new ComparisonFold { Number = 2, Train = split.Train, Validation = split.Validation, HeldOut = [], Noise = [] };
        var fold = whole.Without(["w1", "w4"]);
        fold.Train.Concat(fold.Validation).ShouldAllBe(clip => clip.Label != "w1" && clip.Label != "w4");
        fold.HeldOut.Select(clip => clip.Label).Distinct().ShouldBe(["w1", "w4"], ignoreOrder: true);
        fold.HeldOut.Select(clip => clip.Speaker).Intersect(whole.Train.Select(clip => clip.Speaker)).ShouldBeEmpty();
        (fold.Validation.Count + fold.HeldOut.Count).ShouldBe(whole.Validation.Count);
        whole.Describe().Digest.ShouldNotBe(fold.Describe().Digest);
    }

    private sealed class HeldOutComparer : IEqualityComparer<(IReadOnlyList<string> Words, bool Probe)>
    {
        public bool Equals((IReadOnlyList<string> Words, bool Probe) x, (IReadOnlyList<string> Words, bool Probe) y) => x.Words.SequenceEqual(y.Words) && x.Probe == y.Probe;

        public int GetHashCode((IReadOnlyList<string> Words, bool Probe) pair) => pair.Words.Count;
    }
}
