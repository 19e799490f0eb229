using System.Text.Json;

namespace Mingling.Cli.Tests;

public class DistillationTests
{
    [Fact]
    public void Train_with_a_teacher_is_guided_by_it_wherever_it_goes_on()
    {
        using var tones = new ToneCorpus(speakers: 3, takes: 2);
        MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "teacher", "--epochs", "1").ExitCode.ShouldBe(0);
        string[] taught = ["--teacher", "teacher", "--teacher-weight", "0.5", "--temperature", "3", "--epochs", "2", "--width", "0.5"];
        var trained = MinglingProcess.Run(tones.Folder, ["train", tones.Corpus, "--out", "student", "--json", .. taught]);
        trained.ExitCode.ShouldBe(0, trained.Error);
        var epoch = JsonDocument.Parse(trained.Output).RootElement.GetProperty("epochs")[1];
        epoch.GetProperty("loss").GetProperty("parts").EnumerateArray().Last().GetProperty("name").GetString().ShouldBe("distillation");

        // The teacher is named by its full path, so that a printed recipe means the same in another folder.
        File.WriteAllText(tones["recipe.toml"], MinglingProcess.Run(tones.Folder, ["recipe", .. taught]).Output);
        Directory.CreateDirectory(tones["elsewhere"]);
        var again = MinglingProcess.Run(tones["elsewhere"], "train", tones.Corpus, "--out", "../student", "--resume", "--recipe", "../recipe.toml");
        again.ExitCode.ShouldBe(0, again.Error);
        var other = MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "student", "--resume", "--temperature", "4", "--teacher", "teacher");
        other.ExitCode.ShouldBe(2);
        other.Error.ShouldContain("the run began with another --temperature");
    }

    [Theory]
    [InlineData(2, "--teacher-weight says how teachers are heard, and there are none; name one with --teacher.", "--teacher-weight", "2")]
    [InlineData(2, "distillation.temperature must be a number above 0, not 0", "--teacher", "run", "--temperature", "0")]
    [InlineData(2, "a path is empty", "--teacher", "")]
    [InlineData(1, "holds no run", "--teacher", "nowhere")]
    public void Train_with_a_teacher_that_cannot_be_says_so_in_a_sentence(int exitCode, string sentence, params string[] options)
    {
        using var tones = new ToneCorpus(speakers: 2, takes: 1);
        var result = MinglingProcess.Run(tones.Folder, ["train", tones.Corpus, "--out", "student", .. options]);
        result.ExitCode.ShouldBe(exitCode, result.Error);
        result.Error.ShouldContain(sentence);
        result.Error.ShouldNotContain("   at ");
    }
}
