using Mingling.Recognition.Models;
using Mingling.Recognition.Tests.Support;

namespace Mingling.Recognition.Tests.Models;

/// <summary>Graphs whose sizes follow from their own computations, so that nothing in the file states them.</summary>
public class ModelLimitsTests
{
    private const int Graph = 7, Node = 1, Initializer = 5, Output = 12, Int64 = 7, Float = 1;

    [Theory]
    [InlineData("ConstantOfShape")]
    [InlineData("Expand")]
    [InlineData("Tile")]
    [InlineData("Range")]
    [InlineData("OneHot")]
    [InlineData("Pad")]
    [InlineData("Resize")]
    [InlineData("MatMul")]
    [InlineData("Concat")]
    public void Load_of_a_graph_that_computes_a_size_beyond_the_memory_is_refused(string operation)
    {
        // On a busy machine memory is to end it, and not time.
        var options = new RecognizerOptions { LongestLoad = TimeSpan.FromMinutes(10), LongestRun = TimeSpan.FromMinutes(10) };
        foreach (long largest in new[] { 64L << 20, options.LargestMemory })
            Should.Throw<ModelException>(() => Recognizer.Load("made", File(Large(operation)), options with { LargestMemory = largest }))
                .Message.ShouldBe($"the graph of made cannot be computed: its tensors take more than the {largest >> 20} MiB that they may.");
    }

    [Fact]
    public void A_refused_model_leaves_the_memory_to_others()
    {
        using var good = MadeModel.Load();
        for (int i = 0; i < 20; i++)
            Should.Throw<ModelException>(() => Recognizer.Load("made", File(Large("Expand"))));
        good.Recognize(MadeModel.Clip(1)).Embedding.Length.ShouldBe(MadeModel.EmbeddingSize);
        using var again = Recognizer.Load("made", MadeModel.Bytes(), new RecognizerOptions { LargestMemory = 1 << 20 });
        again.Recognize(MadeModel.Clip(1)).Posteriors.ShouldBe(good.Recognize(MadeModel.Clip(1)).Posteriors);
    }

    /// <summary>A graph that computes at once on silence and without end on sound.</summary>
    [Fact]
    public void A_computation_that_does_not_end_is_ended_and_the_next_one_has_its_time()
    {
        byte[] file = File(LoopOnSound());
        using var recognizer = Recognizer.Load("made", file, new RecognizerOptions { AllowLoops = true, LongestRun = TimeSpan.FromSeconds(0.5) });
        float[] quiet = new float[16_000];
        for (int i = 0; i < 2; i++)
        {
            Should.Throw<ModelException>(() => recognizer.Recognize(MadeModel.Clip(1))).Message.ShouldBe("made cannot be used: a computation did not end within 0.5 s.");
            recognizer.Recognize(quiet).Word.ShouldBeNull();
        }
    }

    [Fact]
    public void Limits_out_of_range_are_refused_with_their_range()
    {
        foreach (long memory in new[] { 0, -1, (1L << 20) - 1, 1L << 32 })
            Should.Throw<ArgumentOutOfRangeException>(() => Recognizer.Load("made", MadeModel.Bytes(), new RecognizerOptions { LargestMemory = memory })).Message.ShouldContain("LargestMemory is");
        foreach (var longest in new[] { TimeSpan.Zero, TimeSpan.FromDays(2) })
            Should.Throw<ArgumentOutOfRangeException>(() => Recognizer.Load("made", MadeModel.Bytes(), new RecognizerOptions { LongestRun = longest })).Message.ShouldContain("at most a day");
    }

    private static byte[] File(Proto graph) => ModelFile.Seal("made", [.. MadeModel.Graph(), .. new Proto().Message(Graph, graph).ToArray()], MadeModel.Card);

    /// <summary>Tensors of more than 4 GiB, of a size that follows from the shape of the input.</summary>
    private static Proto Large(string operation)
    {
        // The 40 bins of the input's shape times 40,000 are 1.6 million; times 500, as a shape, 3.2 GB, which is below what the runtime itself refuses.
        var graph = new Proto()
            .Message(Initializer, Numbers("third", [1], 2)).Message(Initializer, Numbers("factor", [1], 40_000)).Message(Initializer, Numbers("thousand", [1], 1000)).Message(Initializer, Numbers("half.thousand", [1], 500)).Message(Initializer, Numbers("zero", [], 0))
            .Message(Initializer, Numbers("one", [], 1)).Message(Initializer, Numbers("axis", [1], 0)).Message(Initializer, Numbers("column", [2], 1, -1)).Message(Initializer, Numbers("row", [2], -1, 1))
            .Message(Initializer, Reals("unit", [1, 1], 1)).Message(Initializer, Reals("values", [2], 0, 1)).Message(Initializer, Numbers("none", [2], 0, 0)).Message(Initializer, Numbers("ones", [2], 1, 1))
            .Message(Node, Operation("Shape", ["features"], "shape"))
            .Message(Node, Operation("Gather", ["shape", "third"], "bins", Number("axis", 0)))
            .Message(Node, Operation("Mul", ["bins", "factor"], "many"))
            .Message(Node, Operation("Mul", ["many", "thousand"], "very.many"))
            .Message(Node, Operation("Concat", ["many", "half.thousand"], "square", Number("axis", 0)));
        switch (operation)
        {
            case "ConstantOfShape": graph.Message(Node, Operation(operation, ["square"], "large")); break;
            case "Expand" or "Tile": graph.Message(Node, Operation(operation, ["unit", "square"], "large")); break;
            case "Range":
                graph.Message(Node, Operation("Squeeze", ["very.many", "axis"], "limit")).Message(Node, Operation("Range", ["zero", "limit", "one"], "large", isLong: true));
                break;
            case "OneHot":
                graph.Message(Node, Operation("Squeeze", ["very.many", "axis"], "depth")).Message(Node, Operation("OneHot", ["axis", "depth", "values"], "large"));
                break;
            case "Pad": graph.Message(Node, Operation("Concat", ["none", "square"], "pads", Number("axis", 0))).Message(Node, Operation("Pad", ["unit", "pads"], "large")); break;
            case "Resize": graph.Message(Node, Operation("Resize", ["unit", "", "", "square"], "large")); break;
            case "MatMul":
                graph.Message(Node, Operation("Expand", ["unit", "many"], "line"))
                    .Message(Node, Operation("Reshape", ["line", "row"], "tall")).Message(Node, Operation("Reshape", ["line", "column"], "wide"))
                    .Message(Node, Operation("MatMul", ["tall", "wide"], "large"));
                break;
            case "Concat":
                graph.Message(Node, Operation("Expand", ["unit", "many"], "x.0"));
                for (int i = 0; i < 12; i++) graph.Message(Node, Operation("Concat", [$"x.{i}", $"x.{i}"], i == 11 ? "large" : $"x.{i + 1}", Number("axis", 0)));
                break;
        }
        return graph.Message(Output, Value("large", operation == "Range" ? (ulong)Int64 : Float));
    }

    /// <summary>A loop of 2^63 − 1 steps where the features say sound, and of none on silence.</summary>
    private static Proto LoopOnSound()
    {
        var body = new Proto().Message(Node, Operation("Identity", ["body.go"], "body.on")).Message(Node, Operation("Identity", ["body.x"], "body.y")).Text(2, "body")
            .Message(11, Single("body.i", 7)).Message(11, Single("body.go", 9)).Message(11, Single("body.x", 1)).Message(Output, Single("body.on", 9)).Message(Output, Single("body.y", 1));
        var loop = Operation("Loop", ["trips", "is.sound", "x.0"], "x.1").Message(5, new Proto().Text(1, "body").Message(6, body).Number(20, 5));
        return new Proto()
            .Message(Initializer, Numbers("trips", [], long.MaxValue)).Message(Initializer, Reals("x.0", [], 1)).Message(Initializer, Reals("level", [], -5))
            .Message(Node, Operation("ReduceMax", ["features"], "loudest", Number("keepdims", 0)))
            .Message(Node, Operation("Greater", ["loudest", "level"], "is.sound"))
            .Message(Node, loop).Message(Output, Single("x.1", 1));
    }

    private static Proto Operation(string type, string[] inputs, string output, Proto? attribute = null, bool isLong = false)
    {
        var node = new Proto();
        foreach (string input in inputs) node.Text(1, input);
        node.Text(2, output).Text(4, type);
        return attribute is null ? node : node.Message(5, attribute);
    }

    private static Proto Number(string name, ulong value) => new Proto().Text(1, name).Number(3, value).Number(20, 2);

    private static Proto Numbers(string name, ulong[] shape, params long[] values) => Tensor(name, (ulong)Int64, shape, [.. values.SelectMany(BitConverter.GetBytes)]);

    private static Proto Reals(string name, ulong[] shape, params float[] values) => Tensor(name, Float, shape, [.. values.SelectMany(BitConverter.GetBytes)]);

    private static Proto Tensor(string name, ulong type, ulong[] shape, byte[] raw)
    {
        var tensor = new Proto();
        foreach (ulong size in shape) tensor.Number(1, size);
        return tensor.Number(2, type).Text(8, name).Bytes(9, raw);
    }

    private static Proto Value(string name, ulong type) => new Proto().Text(1, name).Message(2, new Proto().Message(1, new Proto().Number(1, type)));

    private static Proto Single(string name, ulong type) => new Proto().Text(1, name).Message(2, new Proto().Message(1, new Proto().Number(1, type).Message(2, new Proto())));
}
