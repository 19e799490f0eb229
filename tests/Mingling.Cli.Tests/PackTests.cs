using System.Text.Json;

namespace Mingling.Cli.Tests;

/// <summary>Corpora in shards, as a user packs and uses them.</summary>
public class PackTests
{
    [Fact]
    public void A_training_on_shards_gives_the_bytes_of_one_on_the_files()
    {
        using var tones = new ToneCorpus(speakers: 4, takes: 2);
        var packed = MinglingProcess.Run(tones.Folder, "corpus", "pack", tones.Corpus, "--out", "packed", "--shard-size", "1", "--json");
        packed.ExitCode.ShouldBe(0, packed.Error);
        JsonDocument.Parse(packed.Output).RootElement.GetProperty("clips").GetInt32().ShouldBe(24);

        string[] settings = ["--epochs", "2", "--batch", "8", "--loss", "softmax + supcon"];
        foreach (var (corpus, run) in new[] { (tones.Corpus, "from-files"), ("packed", "from-shards") })
        {
            var trained = MinglingProcess.Run(tones.Folder, ["train", corpus, "--out", run, .. settings]);
            trained.ExitCode.ShouldBe(0, trained.Error);
        }
        File.ReadAllBytes(tones["from-shards/last.safetensors"]).ShouldBe(File.ReadAllBytes(tones["from-files/last.safetensors"]));
        // A run goes on with the shards of the files that it began with.
        var more = MinglingProcess.Run(tones.Folder, ["train", "packed", "--out", "from-files", "--resume"]);
        more.ExitCode.ShouldBe(0, more.Error);

        // A shard that is gone is named, and so is a folder that is in use.
        var again = MinglingProcess.Run(tones.Folder, "corpus", "pack", tones.Corpus, "--out", "packed");
        again.ExitCode.ShouldBe(1);
        again.Error.ShouldContain("is not empty");
        File.Delete(tones["packed/corpus-000000.tar"]);
        var missing = MinglingProcess.Run(tones.Folder, "evaluate", "from-shards", "packed");
        missing.ExitCode.ShouldBe(1);
        missing.Error.ShouldContain("corpus-000000.tar' is missing (1 of ");
        missing.Error.ShouldNotContain("   at ");
        MinglingProcess.Run(tones.Folder, "corpus", "pack", tones.Corpus, "--out", "other", "--shard-size", "0").ExitCode.ShouldBe(2);
    }
}
