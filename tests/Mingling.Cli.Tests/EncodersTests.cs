using System.Text.Json;

namespace Mingling.Cli.Tests;

public class EncodersTests
{
    [Fact]
    public void Encoders_as_json_tell_what_each_costs()
    {
        var (code, output, _) = MinglingProcess.Run(Path.GetTempPath(), "encoders", "--json");
        code.ShouldBe(0);
        var encoders = JsonDocument.Parse(output).RootElement.GetProperty("encoders").EnumerateArray().ToDictionary(e => e.GetProperty("name").GetString()!);
        encoders.Keys.ShouldContain("bc-resnet-1.5");
        var small = encoders["tc-resnet8"];
        small.GetProperty("parameters").GetInt64().ShouldBe(64_592);
        small.GetProperty("multiplyAdds").GetInt64().ShouldBe(1_562_688);
        small.GetProperty("receptiveField").GetInt32().ShouldBe(171);
    }
}
