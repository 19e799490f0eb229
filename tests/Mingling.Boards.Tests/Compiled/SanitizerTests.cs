using Mingling.Boards.Tests.Support;
using Mingling.Recognition.Vectors;

namespace Mingling.Boards.Tests.Compiled;

public sealed class SanitizerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("gcc", "tc-resnet8-stream", true)]
    [InlineData("gcc", "resnet2d-s", false)]
    [InlineData("clang", "resnet2d-stream", true)]
    public void Memory_and_arithmetic_are_sound(string compiler, string encoder, bool int8)
    {
        string[] flags = ["-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"];
        Toolchain.RequireFlags(_folder.Path, compiler, flags);
        string path = BoardModels.Drawn(_folder["model.onnx"], encoder);
        float[][] clips = [.. SampleClips.Of("go").Take(20).Select(file => Mingling.Audio.AudioFile.Read(file, 16_000).Samples)];
        BoardExport.Write(path, _folder["c"], new BoardExportOptions { Int8 = int8, Calibration = clips, Check = clips, MicrophoneRate = int8 ? null : 44_100, RoomBlocks = 3 });
        TestVectors.Write(path, [BoardModels.Words(16_000, 6)], _folder["vectors"], new VectorSettings { Rates = [int8 ? 16_000 : 44_100] });
        string program = Toolchain.Compile(compiler, _folder["c"], 40, flags);
        HeardStream.Of(program, _folder["vectors"], HeardStream.ReadVectors(_folder["vectors"]).Streams[0]).Scores.ShouldNotBeEmpty();
    }

    public void Dispose() => _folder.Dispose();
}
