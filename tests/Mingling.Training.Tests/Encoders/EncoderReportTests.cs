using Mingling.Training.Encoders;

namespace Mingling.Training.Tests.Encoders;

[Collection(TorchRandom.Name)]
public class EncoderReportTests
{
    /// <summary>Counted by hand from the tables of the encoders.</summary>
    [Theory]
    // conv k3 40→16 over T = 101; each block k9 at T/2, T/4, T/8 rounded up, with its 1x1 shortcut.
    [InlineData("tc-resnet8", 101 * 1920 + 51 * (3456 + 5184 + 384) + 26 * (6912 + 9216 + 768) + 13 * (13824 + 20736 + 1536), 171, 8)]
    // 3x3 of 19 channels: once at 40 x 101, then six times at 13 x 25 after the mean of 3 x 4.
    [InlineData("res8-narrow", 40 * 101 * 171 + 6 * 13 * 25 * 3249, 54, 4)]
    public void Report_countsMultiplyAddsAndReceptiveField(string name, long multiplyAdds, int field, int stride)
    {
        using var encoder = new EncoderCatalog().Create(new EncoderSettings { Name = name });
        var report = EncoderReport.Measure(encoder);
        (report.MultiplyAdds, report.ReceptiveField, report.Stride).ShouldBe((multiplyAdds, field, stride));
        (report.Name, report.Bins, report.Parameters, report.EmbeddingSize).ShouldBe((name, 40, encoder.ParameterCount, encoder.EmbeddingSize));
        encoder.training.ShouldBeTrue();
    }

    [Fact]
    public void Report_of_branches_that_are_fused_costs_what_one_kernel_costs()
    {
        using var branches = new EncoderCatalog().Create(new EncoderSettings { Name = "mtenet6" });
        using var single = new EncoderCatalog().Create(new EncoderSettings { Name = "tenet6" });
        EncoderReport.Measure(branches).MultiplyAdds.ShouldBe(EncoderReport.Measure(single).MultiplyAdds);
        EncoderReport.Measure(branches).ReceptiveField.ShouldBe(EncoderReport.Measure(single).ReceptiveField);
        branches.ParameterCount.ShouldBeGreaterThan(single.ParameterCount);
    }

    [Fact]
    public void Report_of_twice_the_frames_costs_twice()
    {
        using var encoder = new EncoderCatalog().Create(new EncoderSettings { Name = "matchboxnet-3x1x64" });
        EncoderReport.Measure(encoder, 200).MultiplyAdds.ShouldBe(2 * EncoderReport.Measure(encoder, 100).MultiplyAdds);
    }
}
