using System.Globalization;
using Mingling.Boards.Tests.Support;
using Mingling.Recognition.Vectors;

namespace Mingling.Boards.Tests.Compiled;

/// <summary>The C on processors for boards, which QEMU emulates, and what it takes there.</summary>
public sealed class CortexTests : IDisposable
{
    private const int MostRom = 100_000, MostRam = 40_000;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("Cortex-M4F", true)]
    [InlineData("Cortex-M33", true)]
    [InlineData("Cortex-M4F", false)]
    public void Board_hears_what_this_machine_hears(string core, bool int8)
    {
        Toolchain.Require("qemu-system-arm");
        var board = Board.Of(core);
        string path = BoardModels.Drawn(_folder["model.onnx"], "tc-resnet8-stream"), source = Export(path, int8, out var report);
        TestVectors.Write(path, [BoardModels.Words(16_000, 10)], _folder["vectors"], new VectorSettings { Rates = [16_000] });
        var stream = HeardStream.ReadVectors(_folder["vectors"]).Streams[0];
        var here = HeardStream.Of(Toolchain.Compile(Toolchain.Any(), source, 40), _folder["vectors"], stream);

        string program = Toolchain.CompileForBoard(source, board, "board_main.c", "-O2", "-DSEMIHOSTING", "-DCOMMANDS_TRACE", "-DBINS=40", "--specs=rdimon.specs", "-Wl,--defsym=HEAP=0x10000,--defsym=STACK=0x8000");
        string said = Toolchain.Run(source, "qemu-system-arm", "-M", board.Machine, "-nographic", "-semihosting-config", "enable=on,target=native", "-kernel", program);
        var there = HeardStream.Read(source);
        HeardStream.Largest(here.Features, there.Features).ShouldBeLessThan(int8 ? 0.003 : 1e-5);
        HeardStream.Largest(here.Scores, there.Scores).ShouldBeLessThan(int8 ? 0.02 : 1e-4);
        there.Events.Select(word => (word[0], word[1])).ShouldBe(here.Events.Select(word => (word[0], word[1])));
        Number(said, "state").ShouldBe(report.StateBytes);
        Number(said, "stack").ShouldBeLessThan(3000);
        if (int8) (report.StateBytes + Number(said, "stack")).ShouldBeLessThan(MostRam);
        if (!int8) there.ShouldBe(_folder["vectors"], stream);
    }

    [Theory]
    [InlineData("Cortex-M4F")]
    [InlineData("Cortex-M33")]
    public void Streaming_encoder_in_bytes_fits_a_small_board(string core)
    {
        Toolchain.Require("arm-none-eabi-size");
        string source = Export(BoardModels.Drawn(_folder["model.onnx"], "tc-resnet8-stream"), int8: true, out _);
        string program = Toolchain.CompileForBoard(source, Board.Of(core), "size_main.c", "-Os", "--specs=nano.specs", "-Wl,--defsym=HEAP=0,--defsym=STACK=4096");
        // text, data and bss, in the second line.
        int[] sizes = [.. Toolchain.Run(source, "arm-none-eabi-size", program).Split('\n')[1].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Take(3).Select(int.Parse)];
        (sizes[0] + sizes[1]).ShouldBeLessThan(MostRom);
        (sizes[1] + sizes[2]).ShouldBeLessThan(MostRam);
    }

    public void Dispose() => _folder.Dispose();

    private string Export(string model, bool int8, out BoardReport report)
    {
        float[][] clips = [.. ((string[])["go", "stop"]).SelectMany(SampleClips.Of).Select(file => Mingling.Audio.AudioFile.Read(file, 16_000).Samples)];
        report = BoardExport.Write(model, _folder["c"], new BoardExportOptions { Int8 = int8, Calibration = clips, Check = clips });
        return _folder["c"];
    }

    private static int Number(string said, string name) =>
        int.Parse(said.Split('\n').First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);
}
