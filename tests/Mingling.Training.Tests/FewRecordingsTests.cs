using System.Text.Json;
using Mingling.Audio;
using Mingling.Corpora;
using Mingling.MetricLearning.Joint;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Named;
using Mingling.Training.Runs;
using Mingling.Training.Tests.Support;

namespace Mingling.Training.Tests;

[Collection(TorchRandom.Name)]
public sealed class FewRecordingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _notes = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void The_median_of_the_words_decides(int clips, bool isFew)
    {
        // Neither one word with many clips nor what is no word.
        LoadedClip[] all = [.. Clips("a", clips), .. Clips("b", clips), .. Clips("c", 100), .. Clips(CorpusClip.UnknownLabel, 1), .. Clips(CorpusClip.SilenceLabel, 1)];
        (Choose(TrainingRecipe.Default, all) is not null).ShouldBe(isFew);
        if (isFew) _notes.ShouldHaveSingleItem().ShouldContain("20 training clips of a word (median) are few, so the training begins from the base encoder (recipe few)");
        else _notes.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_chosen_is_the_recipe_of_that_name_with_the_seed()
    {
        var chosen = Choose(TrainingRecipe.Default with { Seed = 7 }, Clips("a", 5), "seed").ShouldNotBeNull();
        Written(chosen).ShouldBe(Written(NamedRecipes.Find("few")!.File().Recipe with { Seed = 7 }));
        using var file = BaseEncoder.Open();
        var origin = BaseEncoder.RecipeOf(file);
        (chosen.Encoder, chosen.Features, chosen.WindowSeconds).ShouldBe((origin.Encoder, origin.Features, origin.WindowSeconds));
    }

    [Fact]
    public void Any_other_wish_keeps_the_recipe_that_was_asked_for()
    {
        var clips = Clips("a", 5);
        foreach (string key in new[] { "from", "epochs", "loss", "encoder.name", "features.preset", "trimmed" }) Choose(TrainingRecipe.Default, clips, key).ShouldBeNull(key);
        Choose(TrainingRecipe.For("resnet2d"), clips).ShouldBeNull();
        Choose(TrainingRecipe.Default with { Loss = LossExpression.Parse("softmax") }, clips).ShouldBeNull();
        Choose(TrainingRecipe.Default with { Features = FeatureSettings.Fbank(40) }, clips).ShouldBeNull();
        _notes.ShouldBeEmpty();
    }

    [Fact]
    public void Words_longer_than_the_base_encoder_hears_begin_from_nothing()
    {
        Choose(TrainingRecipe.Default, [.. Clips("a", 5), .. Clips("b", 5, seconds: 1.4)]).ShouldBeNull();
        // Silence around a word does not count.
        Choose(TrainingRecipe.Default, Clips("a", 5, seconds: 0.9)).ShouldNotBeNull();
    }

    [Fact]
    public void A_training_without_wishes_writes_it_into_its_run_and_goes_on_with_it()
    {
        string corpus = WriteCorpus();
        var chosen = Begun(new TrainingRequest { RunPath = _folder["chosen"], Corpus = new CorpusSource { Path = corpus } });
        Written(chosen).ShouldBe(Written(NamedRecipes.Find("few")!.File().Recipe));
        _notes.ShouldHaveSingleItem().ShouldContain("--from none");

        var resumed = new TrainingRequest { RunPath = _folder["chosen"], Corpus = new CorpusSource { Path = corpus }, Resume = true };
        Written(Begun(resumed)).ShouldBe(Written(chosen));
        _notes.Count.ShouldBe(1);
        Should.Throw<ArgumentException>(() => TrainingSession.Train(resumed with { Given = ["from"] }, TestContext.Current.CancellationToken)).Message.ShouldContain("the run began with another from");

        var fromNothing = Begun(new TrainingRequest { RunPath = _folder["nothing"], Corpus = new CorpusSource { Path = corpus }, Given = ["from"] });
        (fromNothing.From, fromNothing.Encoder.Name).ShouldBe((null, "tc-resnet8"));
        _notes.Count.ShouldBe(1);
    }

    /// <summary>The recipe of a run that was stopped before its first step.</summary>
    private TrainingRecipe Begun(TrainingRequest request)
    {
        using var stop = new CancellationTokenSource();
        var observer = new Observer { OnNote = _notes.Add, OnStarted = _ => stop.Cancel() };
        Should.Throw<OperationCanceledException>(() => TrainingSession.Train(request with { Observer = observer }, stop.Token));
        return RunDirectory.Open(request.RunPath).Manifest.Recipe;
    }

    private TrainingRecipe? Choose(TrainingRecipe recipe, IReadOnlyList<LoadedClip> clips, params string[] given) => FewRecordings.Choose(recipe, given, clips, _notes.Add);

    private static string Written(TrainingRecipe recipe) => JsonSerializer.Serialize(recipe, RunManifest.Json);

    private string WriteCorpus()
    {
        foreach (string word in new[] { "a", "b" })
            foreach (string speaker in new[] { "anna", "ben", "cleo", "dora" })
            {
                string path = _folder[$"corpus/{word}/{speaker}_1.wav"];
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                WavWriter.Write(path, new AudioClip(Clips(speaker + word, 1)[0].Samples, 16_000));
            }
        return _folder["corpus"];
    }

    private static LoadedClip[] Clips(string word, int count, double seconds = 0.4)
    {
        var random = new Random(word.Aggregate(0, (sum, letter) => 31 * sum + letter));
        float[] samples = new float[2 * 16_000];
        for (int i = 0; i < (int)(seconds * 16_000); i++) samples[6000 + i] = random.NextSingle() - 0.5f;
        return [.. Enumerable.Range(0, count).Select(i => new LoadedClip(new CorpusClip($"{word}{i}.wav", $"{word}{i}.wav", word), samples))];
    }
}
