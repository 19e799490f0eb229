using System.Text;
using Mingling.Training.Storage;
using static TorchSharp.torch;

namespace Mingling.Training.Tests.Storage;

[Collection(TorchRandom.Name)]
public class SafetensorsTests
{
    [Fact]
    public void Safetensors_written_read_back_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        using var weight = randn(3, 4);
        using var steps = tensor(new long[] { 1, -2, long.MaxValue });
        using var number = tensor(0.1);
        string path = folder["a.safetensors"];
        Safetensors.Write(path, [new("weight", weight), new("steps", steps), new("number", number)], new Dictionary<string, string> { ["词"] = "开灯 \"quoted\"" });

        using var file = Safetensors.Read(path);
        file.Tensors.Keys.ShouldBe(["weight", "steps", "number"], ignoreOrder: true);
        file.Tensors["weight"].Equals(weight).ShouldBeTrue();
        file.Tensors["steps"].Equals(steps).ShouldBeTrue();
        file.Tensors["number"].Equals(number).ShouldBeTrue();
        file.Tensors["number"].dtype.ShouldBe(ScalarType.Float64);
        file.Metadata.ShouldBe(new Dictionary<string, string> { ["词"] = "开灯 \"quoted\"" });
    }

    /// <summary>The layout of the public specification, written by hand.</summary>
    [Fact]
    public void Safetensors_of_another_program_are_read()
    {
        using var folder = new TemporaryFolder();
        byte[] header = Encoding.UTF8.GetBytes("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}  """);
        File.WriteAllBytes(folder["b"], [.. BitConverter.GetBytes((long)header.Length), .. header, .. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(-2f)]);

        using var file = Safetensors.Read(folder["b"]);
        file.Tensors["x"].data<float>().ToArray().ShouldBe([1.5f, -2f]);
    }

    [Fact]
    public void Safetensors_cut_short_anywhere_are_refused_naming_the_file()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = Sample(folder);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(folder["cut"], whole[..length]);
            Should.Throw<CheckpointException>(() => Safetensors.Read(folder["cut"]).Dispose()).Message.ShouldContain(folder["cut"]);
        }
    }

    [Fact]
    public void Safetensors_with_any_byte_changed_give_the_same_tensors_or_a_refusal()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = Sample(folder);
        using var original = Safetensors.Read(folder["sample"]);
        var random = new Random(7);
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(folder["changed"], changed);
            try
            {
                using var file = Safetensors.Read(folder["changed"]);
                // A change of the header may rename a tensor or its text, but never change a value in silence.
                foreach (var (name, value) in file.Tensors)
                    if (original.Tensors.TryGetValue(name, out var same) && value.shape.AsSpan().SequenceEqual(same.shape) && value.dtype == same.dtype)
                        value.bytes.SequenceEqual(same.bytes).ShouldBeTrue($"byte {at}");
            }
            catch (CheckpointException)
            {
                // The wanted answer.
            }
        }
    }

    [Fact]
    public void Safetensors_that_cannot_be_written_leave_what_was_there()
    {
        using var folder = new TemporaryFolder();
        using var weight = zeros(2);
        Directory.CreateDirectory(folder["taken"]);

        Should.Throw<OutputException>(() => Safetensors.Write(folder["taken"], [new("weight", weight)], new Dictionary<string, string>()))
            .Message.ShouldContain(folder["taken"]);
        Directory.Exists(folder["taken"]).ShouldBeTrue();
    }

    /// <summary>An empty tensor has strides too, and libtorch does not look at their overflow.</summary>
    [Theory]
    [InlineData("[0, 4611686018427387904, 4]", "its header cannot be understood")]
    [InlineData("[9223372036854775807, 9223372036854775807, 0]", "its header cannot be understood")]
    [InlineData("[0, -1]", "its header cannot be understood")]
    [InlineData("[0, 1e30]", "its header cannot be understood")]
    [InlineData("[0,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]", "a has 70 dimensions")]
    public void Safetensors_of_an_impossible_shape_are_refused(string shape, string why)
    {
        byte[] header = System.Text.Encoding.UTF8.GetBytes($"{{\"a\": {{\"dtype\": \"F32\", \"shape\": {shape}, \"data_offsets\": [0, 0]}}}}");
        Should.Throw<CheckpointException>(() => Safetensors.Read("x", [.. BitConverter.GetBytes((long)header.Length), .. header])).Message
            .ShouldBe($"x is not a whole safetensors file: {why}.");
    }

    [Fact]
    public void Safetensors_missing_are_refused_naming_the_file() =>
        Should.Throw<CheckpointException>(() => Safetensors.Read("/nowhere/x.safetensors")).Message.ShouldStartWith("/nowhere/x.safetensors could not be read");

    [Fact]
    public void NamedState_that_does_not_fit_lists_every_difference_and_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        using var one = ones(1);
        using var kept = ones(2);
        Safetensors.Write(folder["s"], [new("a", one), new("b", kept)], new Dictionary<string, string>());
        using var file = Safetensors.Read(folder["s"]);
        using var a = zeros(4);
        using var b = zeros(2);
        using var c = zeros(1);

        string message = Should.Throw<CheckpointException>(() => NamedState.Restore(folder["s"], file, [new("a", a), new("b", b), new("c", c)])).Message;
        message.ShouldContain("a is Float32 [1] instead of Float32 [4]; c is missing");
        a.sum().item<float>().ShouldBe(0);
        b.sum().item<float>().ShouldBe(0);
    }

    private static byte[] Sample(TemporaryFolder folder)
    {
        using var weight = randn(5, 3);
        using var steps = tensor(new long[] { 4, 5 });
        Safetensors.Write(folder["sample"], [new("weight", weight), new("steps", steps)], new Dictionary<string, string> { ["epochs"] = "3" });
        return File.ReadAllBytes(folder["sample"]);
    }
}
