using System.Buffers.Binary;
using System.Xml.Linq;
using Mingling.Experiments.Comparison;
using Mingling.Experiments.Evaluation;
using Mingling.Experiments.Figures;
using Mingling.Experiments.Tests.Comparison;
using Mingling.Recognition.Streaming.Evaluation;
using Mingling.Training.Runs;
using static Mingling.Experiments.Tests.Reports.MadeReports;

namespace Mingling.Experiments.Tests.Reports;

public class FigureTests
{
    private const int UsualSvg = 150_000;

    /// <summary>Every figure, of usual and of extreme data, with a figure of its alternative.</summary>
    private static readonly Dictionary<string, (Func<Figure> Make, string Number)> Figures = Made();

    public static TheoryData<string> Names => [.. Figures.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Figure_in_both_themes_is_a_picture_of_its_size_and_a_page_of_its_own(string name)
    {
        var (figure, number) = (Figures[name].Make(), Figures[name].Number);
        figure.Alternative.ShouldContain(number);
        foreach (var theme in Enum.GetValues<Theme>())
        {
            byte[] png = figure.Png(theme);
            png.AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();
            BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)).ShouldBe(FigureFile.PixelsPerPoint * figure.Width);
            BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)).ShouldBe(FigureFile.PixelsPerPoint * figure.Height);

            string svg = figure.Svg(theme);
            svg.Length.ShouldBeLessThan(UsualSvg);
            svg.ShouldNotContain("<b>");
            var root = XDocument.Parse(svg).Root!;
            root.Name.LocalName.ShouldBe("svg");
            root.Attribute("viewBox")!.Value.ShouldBe($"0 0 {figure.Width} {figure.Height}");
            // Letters are outlines: what is opened without our font is legible.
            root.Descendants().ShouldNotContain(element => element.Name.LocalName == "text");
            root.Descendants().Attributes("href").ShouldAllBe(reference => svg.Contains($"id=\"{reference.Value.Substring(1)}\""));
            root.Elements().Single(element => element.Name.LocalName == "title").Value.ShouldBe(figure.Title);
        }
    }

    [Theory]
    [InlineData("confusion of 8 words")]
    [InlineData("map of 8 words")]
    [InlineData("pairs")]
    [InlineData("sweep")]
    public void Figure_drawn_twice_is_the_same_byte_for_byte(string name)
    {
        foreach (var theme in Enum.GetValues<Theme>())
        {
            Figures[name].Make().Png(theme).ShouldBe(Figures[name].Make().Png(theme));
            Figures[name].Make().Svg(theme).ShouldBe(Figures[name].Make().Svg(theme));
        }
    }

    [Fact]
    public void Themes_of_a_figure_differ_in_colors_and_identifiers()
    {
        var figure = Figures["pairs"].Make();
        static HashSet<string> Identifiers(string svg) => [.. XDocument.Parse(svg).Descendants().Attributes("id").Select(id => id.Value)];
        Identifiers(figure.Svg(Theme.Light)).Overlaps(Identifiers(figure.Svg(Theme.Dark))).ShouldBeFalse();
        figure.Png(Theme.Light).ShouldNotBe(figure.Png(Theme.Dark));
    }

    [Fact]
    public void Map_of2400_points_is_a_small_file() => EmbeddingFigure.Draw(Map(40, 60, 1), MadeReports.Names(40)).Svg(Theme.Light).Length.ShouldBeLessThan(400_000);

    [Fact]
    public void Figures_drawn_by_many_threads_are_drawn_right()
    {
        string alone = Figures["pairs"].Make().Svg(Theme.Light);
        string[] together = new string[8];
        Parallel.For(0, together.Length, i => together[i] = Figures["pairs"].Make().Svg(Theme.Light));
        together.ShouldAllBe(svg => svg == alone);
    }

    [Fact]
    public void Files_of_a_figure_are_both_there_or_neither()
    {
        using var folder = new TemporaryFolder();
        var figure = Figures["pairs"].Make();
        FigureFile.Write(figure, folder["new"]).ShouldBe([folder["new/similar-pairs.png"], folder["new/similar-pairs.svg"]]);
        File.ReadAllBytes(folder["new/similar-pairs.png"]).ShouldBe(figure.Png(Theme.Light));
        File.ReadAllText(folder["new/similar-pairs.svg"]).ShouldBe(figure.Svg(Theme.Light));
        Should.Throw<InvalidOperationException>(() => FigureFile.Write(figure with { Draw = _ => throw new InvalidOperationException() }, folder["none"]));
        Directory.Exists(folder["none"]).ShouldBeFalse();
    }

    [Fact]
    public void Figures_of_nothing_say_what_is_missing()
    {
        Should.Throw<ArgumentException>(() => TrainingFigure.Draw([])).Message.ShouldContain("epoch");
        Should.Throw<ArgumentException>(() => TrainingFigure.Draw([Epoch(1, 1, null, false)], 0)).Message.ShouldContain("epochsOfMember");
        Should.Throw<ArgumentException>(() => SpeakerFigure.Draw(Evaluated(Words, 0, 2, 0, 1))).Message.ShouldContain("speaker");
        Should.Throw<ArgumentException>(() => EmbeddingFigure.Draw(new EmbeddingMap("", []), Words)).Message.ShouldContain("point");
        Should.Throw<ArgumentException>(() => EmbeddingFigure.Draw(Map(3, 2, 1), ["one"])).Message.ShouldContain("1 words");
        Should.Throw<ArgumentException>(() => DistanceFigure.Draw(new DistanceHistogram([0, 1], [0], [1]))).Message.ShouldContain("pairs of one word");
        Should.Throw<ArgumentException>(() => RocFigure.Draw([])).Message.ShouldContain("curve");
        Should.Throw<ArgumentException>(() => ComparisonFigure.Draw(Compared(("softmax", null, null, null)))).Message.ShouldContain("finished");
    }

    [Fact]
    public void Figure_of_streams_without_a_point_is_refused() =>
        Should.Throw<ArgumentException>(() => StreamDetFigure.Draw([("empty", new StreamEvaluation(new StreamReport(1, 1, 0, 0, null, null), []))])).Message.ShouldStartWith("there must be at least one curve");

    [Theory]
    [InlineData("figure.svg", "<svg")]
    [InlineData("figure.PNG", "PNG")]
    public void Figure_file_is_what_its_ending_says(string name, string content)
    {
        using var folder = new TemporaryFolder();
        Figures["det of streams"].Make().WriteFile(folder[name]);
        File.ReadAllText(folder[name], System.Text.Encoding.Latin1).ShouldContain(content);
    }

    /// <summary>A stream in which a share of the words is missed at one false alarm in twice its hours, and fewer at lower thresholds.</summary>
    private static StreamEvaluation Stream(double hours, double lowest, double highest) =>
        new(new StreamReport(100, 10, 5, hours, 0.1, 0.2), [.. Enumerable.Range(0, 11).Select(i => new TradeOffPoint(
            0.5 + (0.05 * i), 0.5 * (Math.Pow(10, (10 - i) / 2.0) - 1), lowest + ((highest - lowest) * i / 10)))]);

    private static Dictionary<string, (Func<Figure> Make, string Number)> Made()
    {
        var usual = Evaluated(Words, 6, 12, 0.3, 1);
        var large = Evaluated(MadeReports.Names(100), 60, 10, 0.05, 2);
        EpochReport[] epochs = [.. Enumerable.Range(1, 9).Select(i => Epoch(i, 3.0 / i, 0.1 * i, triplets: true))];
        return new()
        {
            ["training"] = (() => TrainingFigure.Draw(epochs), "0.333"),
            ["training of two models"] = (() => TrainingFigure.Draw([.. epochs, .. epochs[..5].Select(epoch => epoch with { Epoch = 9 + epoch.Epoch })], 9), "number 2. 5 epochs: the loss goes from 3.000 to 0.600"),
            ["training of one epoch"] = (() => TrainingFigure.Draw([Epoch(1, 2.5, null, triplets: true)]), "2.500"),
            ["training that diverges"] = (() => TrainingFigure.Draw([Epoch(1, double.NaN, 0.5, false), Epoch(2, double.PositiveInfinity, null, false), Epoch(3, 0, null, false)]), "50.0 %"),
            ["confusion of 8 words"] = (() => ConfusionFigure.Draw(usual), Percent.Format(usual.Accuracy)),
            ["confusion of 100 words"] = (() => ConfusionFigure.Draw(large), Percent.Format(large.Accuracy)),
            ["confusion of 2 words without an error"] = (() => ConfusionFigure.Draw(Evaluated(["on", "off"], 0, 3, 0, 1)), "100.0 %"),
            ["evaluation"] = (() => EvaluationFigure.Draw(usual), Percent.Format(usual.Accuracy)),
            ["evaluation of a clip a word"] = (() => EvaluationFigure.Draw(Evaluated(Words, 0, 1, 0, 1)), "100.0 %"),
            ["speakers"] = (() => SpeakerFigure.Draw(usual), "<s0>"),
            ["60 speakers"] = (() => SpeakerFigure.Draw(large), "The worst 30"),
            ["words"] = (() => WordFigure.Draw(usual), Percent.Format(usual.Words[0].Accuracy)),
            ["100 words"] = (() => WordFigure.Draw(large), "The worst 40"),
            ["pairs"] = (() => SimilarPairsFigure.Draw(usual), $"{usual.SimilarPairs.Min(pair => pair.DPrime):0.0}"),
            ["pairs of a clip a word"] = (() => SimilarPairsFigure.Draw(Evaluated(["on", "off"], 0, 1, 0, 1)), "0.0 %"),
            ["map of 8 words"] = (() => EmbeddingFigure.Draw(Map(8, 20, 1), Words), "160 clips of 8 words"),
            ["map of one clip at the origin"] = (() => EmbeddingFigure.Draw(new EmbeddingMap("plane", [new MapPoint(0, 0, 0, true, true)]), Words, origin: true), "plane"),
            ["grid"] = (() => EmbeddingGridFigure.Draw([.. Enumerable.Range(0, 5).Select(i => new CaptionedMap($"λ = {i}", Map(4, 9, i)))], Words), "λ = 4: 36 clips"),
            ["distances"] = (() => DistanceFigure.Draw(new DistanceHistogram([0, 1, 2, 3, 4], [4, 4, 2, 0], [0, 2, 4, 4])), "40.0 %"),
            ["distances apart"] = (() => DistanceFigure.Draw(new DistanceHistogram([0, 1, 2, 3, 4], [9, 0, 0, 0], [0, 0, 0, 7])), "2.00"),
            ["roc"] = (() => RocFigure.Draw([Curve("<one>", 200, 2), Curve("two", 20, 1)]), "200 against 600"),
            ["det"] = (() => DetFigure.Draw([Curve("<one>", 200, 2), Curve("perfect", 5, 20)]), "perfect: equal error rate 0.0 %"),
            ["det of streams"] = (() => StreamDetFigure.Draw([("<usual>", Stream(1, 0.02, 0.3)), ("worse", Stream(0.01, 0.1, 0.6))]), "<usual>: missed 30.0 % at 0.5 false alarms per hour"),
            ["det of a stream without errors"] = (() => StreamDetFigure.Draw([("perfect", Stream(1, 0, 0))]), "perfect: missed 0.0 % at 0.5"),
            ["det of a stream without time"] = (() => StreamDetFigure.Draw([("nothing", Stream(0, 0.5, 1))]), "nothing: missed 100.0 % at 0.5"),
            ["det of chance"] = (() => DetFigure.Draw([Curve("chance", 50, -1)]), "150 trials"),
            ["losses"] = (() => ComparisonFigure.Draw(Compared(("softmax", 0.9, 0.01, null), ("center", 0.95, 0.01, true), ("triplet", 0.8, null, true), ("none", null, null, null))), "95.0 ± 1.0 %"),
            ["losses of one"] = (() => ComparisonFigure.Draw(Compared(("softmax", 1, null, null))), "100.0 %"),
            ["sweep"] = (Sweep, "best accuracy"),
        };
    }

    private static Figure Sweep()
    {
        var plan = Comparisons.Plan(["softmax + 0.01 center"], folds: 2, grids: ["center.weight=0,0.001,0.1", "center.rate=0.1,0.5"]);
        return SweepFigure.Draw(ComparisonSummary.Summarize(plan, plan.Jobs().ToDictionary(job => job.Id, job => Comparisons.Outcome(20, job.Fold))), plan)!;
    }
}
