using System.Text.Json;
using Mingling.Corpora;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Keys;
using Mingling.Training.Runs;
using Mingling.Training.Storage;

namespace Mingling.Training.Tests.Runs;

/// <summary>Runs whose files hold what no training can have written.</summary>
public class StoredRunTests
{
    /// <summary>Whatever a field of a manifest is or lacks, the run opens with values in their ranges, or one sentence says why it does not.</summary>
    [Fact]
    public void Open_of_a_manifest_with_any_field_changed_works_or_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "run.json");
        Begin(folder.Path);
        int refused = 0, opened = 0;
        foreach (string changed in ChangedJson.Of(File.ReadAllText(path)))
        {
            File.WriteAllText(path, changed);
            try
            {
                var run = RunDirectory.Open(folder.Path);
                run.Manifest.Corpus.Source.Splits.Check();
                opened++;
                Checkpoint.Made(run, () =>
                {
                    run.Manifest.Recipe.ValidateModel();
                    return 0;
                });
                run.Manifest.Write(path);
            }
            catch (CheckpointException e)
            {
                e.Message.ShouldStartWith(folder.Path);
                e.Message.ShouldNotContain("\n");
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"{e.GetType().Name}: {e.Message} of {changed}");
            }
        }
        refused.ShouldBeGreaterThan(500);
        opened.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Open_of_a_manifest_with_a_share_that_no_training_can_have_says_so()
    {
        using var folder = new TemporaryFolder();
        Begin(folder.Path);
        string path = Path.Combine(folder.Path, "run.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"unknownShare\": 0", "\"unknownShare\": 99999", StringComparison.Ordinal));
        Should.Throw<CheckpointException>(() => RunDirectory.Open(folder.Path)).Message.ShouldBe($"{path} is not a manifest of a run: The share of unknown words is from 0 to 10");
    }

    [Theory]
    [InlineData("0", "its recipe has 0 members, and can have 1 to 16")]
    [InlineData("-1", "its recipe has -1 members, and can have 1 to 16")]
    [InlineData("17", "its recipe has 17 members, and can have 1 to 16")]
    [InlineData("2000000000", "its recipe has 2000000000 members, and can have 1 to 16")]
    [InlineData("\"2\"x", "is not a manifest of a run")]
    [InlineData("null", "is not a manifest of a run")]
    [InlineData("1.5", "is not a manifest of a run")]
    public void Run_with_members_that_cannot_be_is_refused(string members, string problem)
    {
        using var folder = new TemporaryFolder();
        Begin(folder.Path);
        string path = Path.Combine(folder.Path, "run.json"), whole = File.ReadAllText(path), changed = whole.Replace("\"members\": 1", $"\"members\": {members}", StringComparison.Ordinal);
        changed.ShouldNotBe(whole);
        File.WriteAllText(path, changed);
        Should.Throw<CheckpointException>(() => RunDirectory.Open(folder.Path)).Message.ShouldContain(problem);
    }

    [Fact]
    public void History_with_any_field_changed_is_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        var run = Begin(folder.Path);
        run.WriteHistory([new EpochReport(1, new LossParts(1, [new LossPartValue("softmax", 1, 1)]), 0.5, 0.5, 1, 0.01, 1, 100, true, new EmbeddingReport(1, 0.5, new TripletShares(0.5, 0.25, 0.25), 1, 2, "a – b", 1))]);
        string path = Path.Combine(folder.Path, "history.jsonl");
        string whole = File.ReadAllText(path);
        foreach (string changed in ChangedJson.Of(whole).Append("null").Append("[]"))
        {
            File.WriteAllText(path, changed + "\n");
            try
            {
                var epoch = run.History().Single();
                JsonSerializer.Serialize(epoch).ShouldNotBeEmpty();
                (epoch.Loss["softmax"] + epoch.Embeddings.Spread).ShouldNotBe(double.NaN);
            }
            catch (CheckpointException e)
            {
                e.Message.ShouldStartWith(path);
            }
            catch (Exception e) when (e is not CheckpointException)
            {
                Assert.Fail($"{e.GetType().Name}: {e.Message} of {changed}");
            }
        }
    }

    private static RunDirectory Begin(string folder) => RunDirectory.Create(folder, new RunManifest
    {
        Version = "test",
        Recipe = TrainingRecipe.Default,
        Classes = ["go", "stop"],
        Corpus = new RunCorpus { Source = new CorpusSource { Path = "/nowhere", Options = new CorpusOptions { Words = ["go", "stop"] } }, TrainingClips = ["go|go/1.wav"], ValidationClips = ["go|go/2.wav"] },
    });
}
