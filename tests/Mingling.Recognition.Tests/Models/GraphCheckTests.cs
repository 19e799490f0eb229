using System.Diagnostics;
using Mingling.Recognition.Models;
using Mingling.Recognition.Tests.Support;

namespace Mingling.Recognition.Tests.Models;

/// <summary>Graphs that read other files or never end, in files whose checksum is right. A field that is given twice is merged by its readers.</summary>
public class GraphCheckTests
{
    private const int Graph = 7, Node = 1, Initializer = 5, SparseInitializer = 15, Output = 12;

    /// <summary>Where a tensor can lie: as a weight, as an attribute of a node, and in a graph within a node, a function or a training.</summary>
    public static TheoryData<string, byte[]> OutsideData
    {
        get
        {
            var located = new Proto().Text(8, "w").Message(13, new Proto().Text(1, "location").Text(2, "etc/passwd")).Number(14, 1);
            var marked = new Proto().Text(8, "w").Number(14, 1);
            var value = new Proto().Message(Node, new Proto().Text(4, "Constant").Message(5, new Proto().Text(1, "value").Message(5, located)));
            var within = new Proto().Message(Node, new Proto().Text(4, "If").Message(5, new Proto().Text(1, "then_branch").Message(6, value)));
            return new()
            {
                { "weight", new Proto().Message(Graph, new Proto().Message(Initializer, located)).ToArray() },
                { "mark alone", new Proto().Message(Graph, new Proto().Message(Initializer, marked)).ToArray() },
                { "sparse weight", new Proto().Message(Graph, new Proto().Message(SparseInitializer, new Proto().Message(2, located))).ToArray() },
                { "attribute", new Proto().Message(Graph, value).ToArray() },
                { "graph within", new Proto().Message(Graph, within).ToArray() },
                { "function", new Proto().Message(25, new Proto().Message(7, new Proto().Message(5, new Proto().Message(10, located)))).ToArray() },
                { "training", new Proto().Message(20, new Proto().Message(2, value)).ToArray() },
            };
        }
    }

    [Theory]
    [MemberData(nameof(OutsideData))]
    public void Load_of_a_graph_with_data_outside_of_the_file_is_refused(string where, byte[] more)
    {
        byte[] file = ModelFile.Seal("made", [.. MadeModel.Graph(), .. more], MadeModel.Card);
        Should.Throw<ModelException>(() => Recognizer.Load("made", file)).Message
            .ShouldBe("made cannot be used: it keeps data outside of the file, where a model file holds everything itself; export it with all of its data.", where);
    }

    [Theory]
    [InlineData("Loop")]
    [InlineData("Scan")]
    [InlineData("SequenceMap")]
    public void Load_of_a_graph_with_a_loop_is_refused(string loop)
    {
        byte[] more = new Proto().Message(Graph, new Proto().Message(Node, new Proto().Text(4, loop))).ToArray();
        byte[] file = ModelFile.Seal("made", [.. MadeModel.Graph(), .. more], MadeModel.Card);
        Should.Throw<ModelException>(() => Recognizer.Load("made", file)).Message.ShouldStartWith($"made cannot be used: its graph has a loop ('{loop}')");
    }

    [Fact]
    public void Load_of_a_graph_nested_without_end_is_refused()
    {
        var nested = new Proto();
        for (int i = 0; i < 1000; i++) nested = new Proto().Message(Node, new Proto().Message(5, new Proto().Message(6, nested)));
        byte[] file = ModelFile.Seal("made", [.. MadeModel.Graph(), .. new Proto().Message(Graph, nested).ToArray()], MadeModel.Card);
        Should.Throw<ModelException>(() => Recognizer.Load("made", file)).Message.ShouldBe("made cannot be used: its graph is nested too deeply.");
    }

    /// <summary>A loop of 2^63 − 1 steps.</summary>
    [Fact]
    public void Load_of_a_graph_that_does_not_end_gives_up_after_the_time_that_the_caller_allows()
    {
        var identity = (string from, string to) => new Proto().Text(1, from).Text(2, to).Text(4, "Identity");
        var body = new Proto().Message(Node, identity("body.go", "body.on")).Message(Node, identity("body.x", "body.y")).Text(2, "body")
            .Message(11, Value("body.i", 7)).Message(11, Value("body.go", 9)).Message(11, Value("body.x", 1)).Message(Output, Value("body.on", 9)).Message(Output, Value("body.y", 1));
        var loop = new Proto().Text(1, "trips").Text(1, "go.on").Text(1, "x.0").Text(2, "x.1").Text(4, "Loop")
            .Message(5, new Proto().Text(1, "body").Message(6, body).Number(20, 5));
        var graph = new Proto().Message(Node, loop).Message(Output, Value("x.1", 1))
            .Message(Initializer, Scalar("trips", 7, BitConverter.GetBytes(long.MaxValue)))
            .Message(Initializer, Scalar("go.on", 9, [1])).Message(Initializer, Scalar("x.0", 1, BitConverter.GetBytes(1f)));
        byte[] file = ModelFile.Seal("made", [.. MadeModel.Graph(), .. new Proto().Message(Graph, graph).ToArray()], MadeModel.Card);
        var clock = Stopwatch.StartNew();

        Should.Throw<ModelException>(() => Recognizer.Load("made", file, new RecognizerOptions { AllowLoops = true, LongestLoad = TimeSpan.FromSeconds(0.5) }))
            .Message.ShouldBe("made cannot be used: a computation did not end within 0.5 s.");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));

        static Proto Scalar(string name, ulong type, byte[] raw) => new Proto().Number(2, type).Text(8, name).Bytes(9, raw);
        static Proto Value(string name, ulong type) => new Proto().Text(1, name).Message(2, new Proto().Message(1, new Proto().Number(1, type).Message(2, new Proto())));
    }

    /// <summary>A file of a few kilobytes that would fill gigabytes.</summary>
    [Theory]
    [InlineData("Expand", true)]
    [InlineData("ConstantOfShape", true)]
    [InlineData("Tile", false)]
    [InlineData("Expand", false)]
    public void Load_of_a_graph_that_makes_a_tensor_without_measure_is_refused(string operation, bool isRaw)
    {
        var size = isRaw
            ? new Proto().Number(1, 2).Number(2, 7).Text(8, "size").Bytes(9, [.. BitConverter.GetBytes(100_000L), .. BitConverter.GetBytes(100_000L)])
            : new Proto().Number(1, 2).Number(2, 7).Text(8, "size").Number(7, 100_000).Number(7, 100_000);
        var node = new Proto().Text(1, operation == "ConstantOfShape" ? "size" : "x").Text(1, "size").Text(2, "large").Text(4, operation);
        var constant = new Proto().Text(2, "size").Text(4, "Constant").Message(5, new Proto().Text(1, "value").Message(5, size));
        foreach (var graph in new[] { new Proto().Message(Node, node).Message(Initializer, size), new Proto().Message(Node, constant).Message(Node, node) })
        {
            byte[] file = ModelFile.Seal("made", [.. MadeModel.Graph(), .. new Proto().Message(Graph, graph).ToArray()], MadeModel.Card);
            Should.Throw<ModelException>(() => Recognizer.Load("made", file)).Message
                .ShouldBe($"made cannot be used: its graph makes a tensor of 10000000000 values ('{operation}'), more than the model may take.");
        }
    }

    [Fact]
    public void Load_with_a_time_out_of_range_says_so()
    {
        foreach (var longest in new[] { TimeSpan.Zero, TimeSpan.FromSeconds(-1), TimeSpan.FromDays(2) })
            Should.Throw<ArgumentOutOfRangeException>(() => Recognizer.Load("made", MadeModel.Bytes(), new RecognizerOptions { LongestLoad = longest })).Message.ShouldContain("at most a day");
    }
}
