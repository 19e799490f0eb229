using Mingling.Boards.Tests.Support;
using Mingling.Recognition.Enrollment;
using Mingling.Recognition.Models;

namespace Mingling.Boards.Tests.Export;

public sealed class BoardExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Files_carry_the_name_and_the_same_model_gives_the_same_bytes()
    {
        byte[] model = MadeModels.Export(_folder["model.onnx"], "tc-resnet8-stream");
        var report = BoardExport.Write("model.onnx", model, _folder["a"], new BoardExportOptions { Name = "wake" });
        BoardExport.Write("model.onnx", model, _folder["b"], new BoardExportOptions { Name = "wake" });

        Directory.GetFiles(_folder["a"]).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["README.md", "example.c", "wake.c", "wake.h"]);
        foreach (string file in Directory.GetFiles(_folder["a"])) File.ReadAllBytes(file).ShouldBe(File.ReadAllBytes(Path.Combine(_folder["b"], Path.GetFileName(file))));
        File.ReadAllText(_folder["a/wake.c"]).ShouldNotContain("BOARD_");
        File.ReadAllText(_folder["a/wake.h"]).ShouldNotContain("board_");
        File.ReadAllText(_folder["a/README.md"]).ShouldContain($"{report.StateBytes} bytes");
        (report.LargestDifference, report.DifferingClips, report.StepMs).ShouldBe((report.LargestDifference, null, 80));
        report.LargestDifference.ShouldBeLessThan(BoardExport.Tolerance);
    }

    [Fact]
    public void Words_that_would_end_a_text_or_a_comment_compile()
    {
        string path = _folder["model.onnx"];
        MadeModels.Export(path, "tc-resnet8-stream");
        ModelFile.Update(path, card => EnrolledWords.Add(card, new EnrolledWord("say \"*/\" \\n ??/ 关灯", [.. Enumerable.Repeat(1f, card.EmbeddingSize)], 1, 0.5)));
        BoardExport.Write(path, _folder["c"]);
        File.WriteAllText(_folder["c/main.c"], "#include \"commands.h\"\n#include <stdio.h>\nint main(void) { puts(commands_words[COMMANDS_WORDS - 1]); return 0; }\n");
        Toolchain.Run(_folder["c"], Toolchain.Any(), "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-o", "main", "main.c", "commands.c", "-lm");
        Toolchain.Run(_folder["c"], _folder["c/main"]).ShouldBe("say \"*/\" \\n ??/ 关灯\n");
    }

    [Fact]
    public void Example_prints_a_line_for_each_word()
    {
        string path = BoardModels.Enrolled(_folder["model.onnx"]), source = _folder["c"];
        BoardExport.Write(path, source);
        Toolchain.Run(source, Toolchain.Any(), "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-O2", "-o", "example", "example.c", "commands.c", "-lm");
        Mingling.Audio.WavWriter.Write(_folder["sound.wav"], BoardModels.Words(16_000, 12));
        HeardStream.WriteRaw(_folder["c/sound.raw"], _folder["sound.wav"]);
        string[] lines = Toolchain.Run(source, "sh", "-c", "./example < sound.raw").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldNotBeEmpty();
        foreach (string line in lines) line.Split('\t').Length.ShouldBe(3);
        lines.Select(line => line.Split('\t')[1]).ShouldBeSubsetOf(["stop", "开灯"]);
    }

    public void Dispose() => _folder.Dispose();
}
