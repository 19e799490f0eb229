using Mingling.Training.Encoders;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Files;

namespace Mingling.Training.Tests.Recipes;

[Collection(TorchRandom.Name)]
public class RecipeMistakeTests
{
    [Theory]
    [InlineData("\n\nepoch = 3", 3, "no key 'epoch'; did you mean 'epochs'?")]
    [InlineData("learning-rate = 3", 1, "did you mean 'optimizer.learning-rate'?")]
    [InlineData("kind = 'sgd'", 1, "did you mean 'batches.kind' or 'optimizer.kind'?")]
    [InlineData("[encodr]\nname = 3", 1, "no table 'encodr'; did you mean 'encoder'?")]
    [InlineData("[epochs]", 1, "'epochs' is a key")]
    [InlineData("encoder = 3", 1, "'encoder' is a table; write [encoder]")]
    [InlineData("[[encoder]]\nwidth = 2", 1, "tables are written [encoder]")]
    [InlineData("# comment\nbatch-size = 'many'", 2, "batch-size must be a whole number from 2 to 65,536, not \"many\"")]
    [InlineData("batch-size = 64.0", 1, "must be a whole number")]
    [InlineData("batch-size = 1", 1, "not 1")]
    [InlineData("seed = 99999999999", 1, "not 99999999999")]
    [InlineData("seed = 99999999999999999999", 1, "no TOML")]
    [InlineData("dropout = 1", 1, "dropout must be a number from 0 to below 1, not 1")]
    [InlineData("dropout = nan", 1, "dropout must be")]
    [InlineData("mixup = inf", 1, "mixup must be")]
    [InlineData("mixup = 1e999", 1, "mixup must be")]
    [InlineData("mixup = true", 1, "not true")]
    [InlineData("mixup = 2020-01-01", 1, "not a date or time")]
    [InlineData("mixup = { a = 1 }", 1, "no key 'mixup.a'")]
    [InlineData("loss = 'softmax + tripplet'", 1, "Column 11: there is no loss 'tripplet'; did you mean 'triplet'?")]
    [InlineData("loss = ''", 1, "must be a text that is not empty")]
    [InlineData("schedules = 'triplet.weight=0:1@0:0.3'", 1, "must be a list of texts")]
    [InlineData("schedules = [1]", 1, "must be a list of texts")]
    [InlineData("schedules = [\n'triplet.weigh=0:1@0:0.3']", 1, "is no schedule")]
    [InlineData("schedules = ['triplet.weight=0:1@0.3:0.3']", 1, "before it ends")]
    [InlineData("[optimizer]\nkind = 'adam'", 2, "optimizer.kind must be one of adamw, sgd, not \"adam\"")]
    [InlineData("[encoder]\nname = 'tc-resnet9'", 2, "did you mean 'tc-resnet8'?")]
    [InlineData("[encoder]\nembedding-size = 0", 2, "or \"own\", not 0")]
    [InlineData("[encoder]\nbins = 20", 2, "no key 'encoder.bins'")]
    [InlineData("[features]\nfft-size = 256", 2, "features.window-samples 480 is outside 2…FftSize (256)")]
    [InlineData("[features.pcen]\ngain = 2", 2, "features.pcen.gain must be a number from 0 to 1, not 2")]
    [InlineData("[augmentation]\ngain-db = 3\nlowest-snr-db = 40", 3, "at most the highest of 30 dB")]
    [InlineData("[augmentation]\ngain-db = 3\nhighest-snr-db = -40", 3, "at most the highest of -40 dB")]
    [InlineData("[batches]\nclips-per-class = 65", 2, "at most the batch size of 64")]
    [InlineData("batch-size = 3\n[batches]\n", 1, "at most the batch size of 3")]
    [InlineData("seed = 1\nseed = 2", 2, "'seed' is already there in line 1")]
    [InlineData("[encoder]\nwidth = 1\n[encoder]\nnormalize = true", 3, "'encoder' is already there in line 1")]
    [InlineData("\"encoder.width\" = 1", 1, "no key")]
    [InlineData("seed = ", 1, "no TOML")]
    [InlineData("seed 1", 1, "no TOML")]
    [InlineData("loss = 'softmax", 1, "must end on its line")]
    [InlineData("loss = 'soft\u0001max'", 1, "no TOML")]
    public void RecipeFile_with_a_mistake_names_its_line_and_what_is_right(string text, int line, string message)
    {
        var mistake = Should.Throw<RecipeFileException>(() => RecipeFile.Parse(text)).Mistakes.ShouldHaveSingleItem();
        mistake.Line.ShouldBe(line);
        mistake.Message.ShouldContain(message);
        mistake.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void RecipeFile_with_many_mistakes_lists_all_of_them_by_line()
    {
        const string text =
            """
            epoch = 3
            batch-size = 1
            loss = "softmax + tripplet
            dropout = nan
            seed = = 3

            [optimizer]
            kind = "adam"
            kind = "sgd"
            warm-up = 2
            [batches]
            clips-per-class = 100
            [features]
            fft-size = 2
            """;
        var exception = Should.Throw<RecipeFileException>(() => RecipeFile.Parse(text, "my.toml"));
        exception.Mistakes.Select(mistake => mistake.Line).ShouldBe([1, 2, 3, 4, 5, 8, 9, 10, 14]);
        exception.Message.ShouldStartWith("my.toml ");
        exception.Message.Split('\n').Skip(1).ShouldBe(exception.Mistakes.Select(mistake => $"  line {mistake.Line}: {mistake.Message}"));
    }

    [Fact]
    public void RecipeFile_with_an_encoder_of_ones_own_takes_the_catalog()
    {
        var catalog = new EncoderCatalog();
        catalog.Add("tiny", _ => throw new InvalidOperationException("nothing is built"));
        RecipeFile.Parse("encoder.name = 'tiny'", encoders: catalog).Recipe.Encoder.Name.ShouldBe("tiny");
    }

    /// <summary>The parser gives up on deep nesting with an exception of its own.</summary>
    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a = ", "}")]
    [InlineData("[{a = ", "}]")]
    public void RecipeFile_that_is_nested_deeply_is_a_mistake_with_its_line(string open, string close)
    {
        foreach (int depth in new[] { 40, 65, 100, 3000, 100_000 })
        {
            string text = "seed = 1\na = " + string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
            var mistake = Should.Throw<RecipeFileException>(() => RecipeFile.Parse(text)).Mistakes.ShouldHaveSingleItem();
            mistake.Line.ShouldBe(2);
            if (depth >= 100) mistake.Message.ShouldBe("this is no TOML that can be read: arrays and tables are nested too deeply");
        }
    }

    /// <summary>A text of 60,000 mistakes, and texts whose mistake is 100,000 letters long.</summary>
    [Fact]
    public void RecipeFile_with_more_mistakes_than_anybody_reads_has_a_short_message()
    {
        var many = Should.Throw<RecipeFileException>(() => RecipeFile.Parse(string.Join('\n', Enumerable.Range(0, 60_000).Select(i => $"[a{i}]"))));
        many.Mistakes.Count.ShouldBe(60_000);
        many.Message.Length.ShouldBeLessThan(20_000);
        many.Message.ShouldEndWith("and 59950 mistakes more");
        foreach (string text in new[] { "NAME = 1", "[NAME]", "[[NAME]]", "encoder.name = 'NAME'", "loss = 'NAME'", "seed = 'NAME'" })
            Should.Throw<RecipeFileException>(() => RecipeFile.Parse(text.Replace("NAME", new string('a', 100_000), StringComparison.Ordinal))).Message.Length.ShouldBeLessThan(1000, text);
    }

    /// <summary>A recipe with one place changed, left out or filled with something else: what the parser makes of it is never an exception of its own.</summary>
    [Fact]
    public void RecipeFile_with_any_place_changed_is_read_or_refused()
    {
        var random = new Random(1);
        string whole = RecipeFile.Write(TrainingRecipe.Default);
        string[] pieces = ["[", "]", "{", "}", "\"", "'''", "\"\"\"", "\\", "\\u", "\\UFFFFFFFF", "=", ".", ",", "\n", "\r", "\0", "\ud800", "9999999999999999999999", "1e999", "-", "0x", "1979-05-27T07:32:00Z", "25:61:61", "nan", "#"];
        for (int i = 0; i < 1000; i++)
        {
            int at = random.Next(whole.Length), length = random.Next(3);
            string text = whole[..at] + (random.Next(3) > 0 ? pieces[random.Next(pieces.Length)] : "") + whole[Math.Min(whole.Length, at + length)..];
            try
            {
                RecipeFile.Parse(text).Recipe.ShouldNotBeNull();
            }
            catch (RecipeFileException)
            {
                // Said with its line.
            }
        }
    }

    [Fact]
    public void RecipeFile_that_is_no_text_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["recipe.toml"], [0x73, 0xff, 0xfe, 0x00]);
        Should.Throw<RecipeFileException>(() => RecipeFile.Read(folder["recipe.toml"])).Mistakes.ShouldHaveSingleItem().Message.ShouldContain("UTF-8");
        Should.Throw<IOException>(() => RecipeFile.Read(folder["missing.toml"]));
    }
}
