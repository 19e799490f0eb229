using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mingling.Cli.Tests;

public class RecipeTests
{
    [Fact]
    public void Train_by_a_printed_recipe_is_the_same_as_by_the_options()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        string[] settings = ["--encoder", "tc-resnet14", "--width", "0.5", "--features", "fbank40", "--loss", "softmax + triplet(margin: 0.3)", "--batch", "16"];
        var printed = MinglingProcess.Run(tones.Folder, ["recipe", .. settings]);
        printed.ExitCode.ShouldBe(0, printed.Error);
        File.WriteAllText(tones["recipe.toml"], printed.Output);

        MinglingProcess.Run(tones.Folder, ["train", tones.Corpus, "--out", "options", "--epochs", "1", .. settings]).ExitCode.ShouldBe(0);
        var trained = MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "file", "--recipe", "recipe.toml", "--epochs", "1");
        trained.ExitCode.ShouldBe(0, trained.Error);
        Recipe(tones, "file").ShouldBe(Recipe(tones, "options"));
        File.ReadAllBytes(tones["file/last.safetensors"]).AsSpan().SequenceEqual(File.ReadAllBytes(tones["options/last.safetensors"])).ShouldBeTrue();

        var from = MinglingProcess.Run(tones.Folder, "recipe", "--from", "file");
        from.ExitCode.ShouldBe(0, from.Error);
        File.WriteAllText(tones["from.toml"], from.Output);
        MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "again", "--recipe", "from.toml").ExitCode.ShouldBe(0);
        Recipe(tones, "again").ShouldBe(Recipe(tones, "file"));
    }

    [Fact]
    public void Train_by_a_recipe_finds_from_the_clips_only_what_is_left_out()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        File.WriteAllText(tones["recipe.toml"], "window-seconds = 1.5\nepochs = 1\ntrimmed = true\n[encoder]\nsubtract-mean = true\n");
        MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--recipe", "recipe.toml").ExitCode.ShouldBe(0);
        var recipe = JsonNode.Parse(Recipe(tones, "run"))!;
        recipe["windowSeconds"]!.GetValue<double>().ShouldBe(1.5);
        recipe["epochs"]!.GetValue<int>().ShouldBe(1);
        recipe["encoder"]!["dynamicRangeDb"]!.GetValue<double>().ShouldBe(30);
        recipe["encoder"]!["subtractMean"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public void Resume_with_a_recipe_goes_on_only_where_it_agrees()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        File.WriteAllText(tones["recipe.toml"], "epochs = 1\n[features]\npreset = \"mfcc40\"\n");
        MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--recipe", "recipe.toml").ExitCode.ShouldBe(0);
        MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--recipe", "recipe.toml", "--resume").ExitCode.ShouldBe(0);

        File.WriteAllText(tones["recipe.toml"], "epochs = 1\n[features]\npreset = \"logmel40\"\n[augmentation]\ngain-db = 3\n");
        var result = MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--recipe", "recipe.toml", "--resume");
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("the run began with another features.preset (recipe.toml), augmentation.gain-db (recipe.toml)");
    }

    [Fact]
    public void Recipe_with_options_overrides_the_file()
    {
        using var tones = new ToneCorpus(speakers: 1, takes: 1);
        File.WriteAllText(tones["recipe.toml"], "trimmed = true\nseed = 4\ndropout = 0.3\n[encoder]\nsubtract-mean = true\n[features]\nmel-bins = 30\n");
        var result = MinglingProcess.Run(tones.Folder, "recipe", "--recipe", "recipe.toml", "--seed", "5", "--trimmed", "true", "--features", "fbank80");
        result.ExitCode.ShouldBe(0, result.Error);
        string[] lines = result.Output.Split('\n');
        foreach (string line in new[] { "trimmed = true", "seed = 5", "dropout = 0.3", "# subtract-mean = false", "preset = \"fbank80\"", "# mel-bins = 80" })
            lines.ShouldContain(line);
    }

    [Fact]
    public void Recipe_by_name_goes_before_a_file_and_behind_options()
    {
        using var tones = new ToneCorpus(speakers: 1, takes: 1);
        File.WriteAllText(tones["bc-resnet"], "batch-size = 7\n");
        var named = MinglingProcess.Run(tones.Folder, "recipe", "--recipe", "bc-resnet", "--encoder", "bc-resnet-3", "--epochs", "5");
        named.ExitCode.ShouldBe(0, named.Error);
        foreach (string line in new[] { "name = \"bc-resnet-3\"", "batch-size = 100", "epochs = 5", "frequency-width = 5", "average-last = 1" })
            named.Output.Split('\n').ShouldContain(line);
        MinglingProcess.Run(tones.Folder, "recipe", "--recipe", "./bc-resnet").Output.Split('\n').ShouldContain("batch-size = 7");

        var missing = MinglingProcess.Run(tones.Folder, "recipe", "--recipe", "bc-resnt");
        missing.ExitCode.ShouldBe(2);
        missing.Error.ShouldBe("mingling: there is no recipe file 'bc-resnt', and no recipe of that name; did you mean 'bc-resnet'?\n");
    }

    [Fact]
    public void Recipe_listed_names_each_with_its_encoder_and_source()
    {
        string[] lines = MinglingProcess.Run(Path.GetTempPath(), "recipe", "--list").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldContain("tc-resnet\ttc-resnet8\tChoi et al. 2019, section 3");
        var json = JsonDocument.Parse(MinglingProcess.Run(Path.GetTempPath(), "recipe", "--list", "--json").Output).RootElement.GetProperty("recipes");
        json.GetArrayLength().ShouldBe(lines.Length);
        json[0].GetProperty("name").GetString().ShouldBe("default");
        MinglingProcess.Run(Path.GetTempPath(), "recipe", "--json").ExitCode.ShouldBe(2);
    }

    [Fact]
    public void Train_by_a_recipe_with_mistakes_prints_all_of_them_with_their_lines()
    {
        using var tones = new ToneCorpus(speakers: 2, takes: 1);
        File.WriteAllText(tones["bad.toml"], "epoch = 3\nbatch-size = \"many\"\n\ndropout = 2\nloss = \"hardmax\"\nseed = \n");
        var result = MinglingProcess.Run(tones.Folder, "train", "corpus", "--out", "run", "--recipe", "bad.toml");
        result.ExitCode.ShouldBe(2);
        string[] lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldStartWith("mingling: bad.toml ");
        lines.Skip(1).Select(line => line.Split(':')[0]).ShouldBe(["  line 1", "  line 2", "  line 4", "  line 5", "  line 6"]);
        result.Error.ShouldNotContain("   at ");
        Directory.Exists(tones["run"]).ShouldBeFalse();
    }

    private static string Recipe(ToneCorpus tones, string run) =>
        JsonDocument.Parse(File.ReadAllText(tones[$"{run}/run.json"])).RootElement.GetProperty("recipe").GetRawText();
}
