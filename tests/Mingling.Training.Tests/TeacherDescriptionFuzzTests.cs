using Mingling.Training.Objectives;
using Mingling.Training.Storage;

namespace Mingling.Training.Tests;

/// <summary>Descriptions of teachers of every kind of wrong.</summary>
public class TeacherDescriptionFuzzTests
{
    private const string Whole = """
        # a teacher
        sample-rate = 16000
        features = "features.onnx"
        sample-scale = 32768.0
        feature-scale = 0.1
        feature-offset = 2
        frames = 76
        hop = 8
        size = 96

        """;

    [Fact]
    public void Description_with_anything_changed_is_read_or_refused_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        string teacher = folder["teacher.onnx"], path = folder["teacher.toml"];
        int read = 0, refused = 0;
        foreach (byte[] changed in ChangedLines.Of(Whole, '=').Concat(ChangedLines.Of(Whole, ' ')))
        {
            File.WriteAllBytes(path, changed);
            bool isRead = ChangedLines.IsRead<CheckpointException>(changed, () =>
            {
                var description = TeacherDescription.Read(teacher);
                description.Frames.ShouldBeInRange(1, 100_000);
                description.Hop.ShouldBeInRange(1, 100_000);
                description.Size.ShouldBeInRange(1, 65_536);
                description.SampleRate.ShouldBeInRange(1_000, 384_000);
                float.IsFinite((float)description.SampleScale * (float)description.FeatureScale + (float)description.FeatureOffset).ShouldBeTrue();
                // One file beside the teacher.
                Path.GetFileName(description.Features).ShouldBe(description.Features);
                ShownText.IsPlain(description.Features).ShouldBeTrue();
            });
            if (isRead) read++;
            else refused++;
        }
        read.ShouldBeGreaterThan(30);
        refused.ShouldBeGreaterThan(500);
    }

    [Theory]
    [InlineData("[table]\nframes = 3\n", "table")]
    [InlineData("frames = 3\n", "frames")]
    [InlineData("rate = 3\n", "rate")]
    public void Description_with_more_than_a_teacher_has_is_refused(string more, string named)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["teacher.toml"], Whole + more);
        Should.Throw<CheckpointException>(() => TeacherDescription.Read(folder["teacher.onnx"])).Message.ShouldContain(named);
    }
}
