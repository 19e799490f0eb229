using CsCheck;
using Mingling.Experiments.Evaluation;
using Mingling.Experiments.Figures;
using ScottPlot;
using SkiaSharp;

namespace Mingling.Experiments.Tests.Reports;

public class FigurePartsTests
{
    private static readonly SKTypeface First = Font(), Second = Font();

    [Theory]
    [InlineData(Theme.Light)]
    [InlineData(Theme.Dark)]
    public void Colors_on_the_paper_can_be_read_and_seen(Theme theme)
    {
        var inks = Inks.For(theme);
        Inks.Contrast(inks.Paper, inks.Text).ShouldBeGreaterThan(4.5);
        Inks.Contrast(inks.Paper, inks.Soft).ShouldBeGreaterThan(4.5);
        foreach (var color in inks.Series.Append(inks.Right).Append(inks.Wrong)) Inks.Contrast(inks.Paper, color).ShouldBeGreaterThan(3);
        // Numbers stand on every shade.
        for (double share = 0.02; share <= 1; share += 0.02)
            foreach (var shade in new[] { inks.RightShade(share), inks.WrongShade(share) }) Inks.Contrast(shade, Inks.TextOn(shade)).ShouldBeGreaterThan(4.5);
    }

    /// <summary>Black on white is 21 : 1, and #767676 is the lightest grey with 4.5 : 1 on white (WCAG 2.2).</summary>
    [Fact]
    public void Contrast_of_known_colors_is_that_of_the_standard()
    {
        Inks.Contrast(Colors.Black, Colors.White).ShouldBe(21, 1e-9);
        Inks.Contrast(Color.FromHex("#767676"), Colors.White).ShouldBe(4.54, 0.005);
    }

    [Fact]
    public void Errors_beside_a_diagonal_stand_out()
    {
        foreach (var theme in Enum.GetValues<Theme>()) Inks.Contrast(Inks.For(theme).Paper, Inks.For(theme).WrongShade(0.01)).ShouldBeGreaterThan(1.3);
    }

    /// <summary>The pieces stand from left to right, each in the order in which it is read.</summary>
    [Theory]
    [InlineData("turn on", "turn on")]
    [InlineData("אב", "אב")]
    [InlineData("אב גד", "אב גד")]
    [InlineData("go אב", "go |אב")]
    [InlineData("אב go", "go|אב ")]
    [InlineData("אב 12 גד", " גד|12|אב ")]
    public void Runs_of_a_line_are_in_the_order_of_the_eye(string text, string pieces) =>
        string.Join('|', TextRun.Split(text, (_, _) => First).Select(run => run.Text)).ShouldBe(pieces);

    [Fact]
    public void Runs_of_any_text_keep_every_character_and_one_font() => Gen.String.Sample(text =>
    {
        var runs = TextRun.Split(text, (rune, _) => rune.Value % 2 == 0 ? First : Second);
        string expected = string.Concat(text.EnumerateRunes().Select(rune => System.Text.Rune.IsControl(rune) ? " " : rune.ToString()));
        string.Concat(string.Concat(runs.Select(run => run.Text)).Order()).ShouldBe(string.Concat(expected.Order()));
        runs.ShouldAllBe(run => run.Text.EnumerateRunes().All(rune => rune.Value % 2 == 0) == (run.Font == First));
    });

    [Fact]
    public void Fit_of_a_long_word_leaves_what_there_is_room_for()
    {
        lock (Lettering.Gate)
        {
            Lettering.Fit("short", 12, 100).ShouldBe("short");
            string fitted = Lettering.Fit(new string('m', 50), 12, 100);
            fitted.ShouldEndWith("...");
            Lettering.Width(fitted, 12).ShouldBeInRange(80, 100);
        }
    }

    [Fact]
    public void Ticks_of_any_range_are_round_and_within() => Gen.Select(Gen.Double[-1e6, 1e6], Gen.Double[1e-6, 1e6]).Sample((low, span) =>
    {
        var marks = Ticks.Round(low, low + span);
        marks.Count.ShouldBeInRange(2, 6);
        marks.ShouldAllBe(mark => mark.Place >= low - 1e-6 * span && mark.Place <= low + span * (1 + 1e-6));
        marks.Select(mark => mark.Label).Distinct().Count().ShouldBe(marks.Count);
    });

    [Fact]
    public void Ticks_of_known_ranges_are_those_of_a_person()
    {
        Ticks.Round(0, 100).Select(mark => mark.Label).ShouldBe(["0", "20", "40", "60", "80", "100"]);
        Ticks.Round(0, 0.01).Select(mark => mark.Label).ShouldBe(["0.000", "0.002", "0.004", "0.006", "0.008", "0.010"]);
        Ticks.Whole(1, 3).Select(mark => mark.Label).ShouldBe(["1", "2", "3"]);
        Ticks.Powers(-3, 0).Select(mark => mark.Label).ShouldBe(["0.001", "0.01", "0.1", "1"]);
    }

    /// <summary>Half of each kind lies on the wrong side in the middle of the second bin, where both are spread evenly.</summary>
    [Fact]
    public void Overlap_of_distances_is_found_within_a_bin()
    {
        var overlap = DistanceOverlap.Find(new DistanceHistogram([0, 1, 2, 3], [6, 4, 0], [0, 4, 6]));
        overlap.Threshold.ShouldBe(1.5, 1e-9);
        overlap.ErrorRate.ShouldBe(0.2, 1e-9);
        overlap.Share.ShouldBe(0.4, 1e-9);
        DistanceOverlap.Find(new DistanceHistogram([0, 1, 2, 3, 4], [1, 0, 0, 0], [0, 0, 0, 1])).Threshold.ShouldBe(2, 1e-9);
    }

    [Fact]
    public void Overlap_of_any_distances_has_equal_errors() => Gen.Select(Gen.Long[0, 50].Array[2, 12], Gen.Int[0, 1000]).Sample((same, seed) =>
    {
        var random = new Random(seed);
        long[] different = [.. same.Select(_ => (long)random.Next(50))];
        (same[0], different[^1]) = (same[0] + 1, different[^1] + 1);
        var overlap = DistanceOverlap.Find(new DistanceHistogram([.. Enumerable.Range(0, same.Length + 1).Select(i => (double)i)], same, different));
        double Below(long[] pairs) => pairs.Select((count, i) => count * Math.Clamp(overlap.Threshold - i, 0, 1)).Sum() / pairs.Sum();
        Below(different).ShouldBe(overlap.ErrorRate, 1e-6);
        (1 - Below(same)).ShouldBe(overlap.ErrorRate, 1e-6);
    });

    [Fact]
    public void LogMel_of_a_clip_is_a_small_picture_of_its_frames()
    {
        float[] features = [.. Enumerable.Range(0, 90 * 40).Select(i => -10 + 16 * MathF.Abs(MathF.Sin(i * 0.01f)))];
        foreach (var theme in Enum.GetValues<Theme>())
        {
            byte[] png = LogMelPicture.Png(features, 40, theme);
            png.Length.ShouldBeLessThan(12_000);
            using var picture = SKBitmap.Decode(png);
            (picture.Width, picture.Height).ShouldBe((90 * LogMelPicture.PixelsPerValue, 40 * LogMelPicture.PixelsPerValue));
        }
        // The highest band of a frame is at the top; silence has the colour of the paper.
        using var column = SKBitmap.Decode(LogMelPicture.Png([float.NegativeInfinity, 100], 2, Theme.Light));
        column.GetPixel(0, column.Height - 1).ShouldBe(Layer.Color(Inks.For(Theme.Light).Paper));
        column.GetPixel(0, 0).ShouldBe(Layer.Color(Inks.For(Theme.Light).Text));
        Should.Throw<ArgumentException>(() => LogMelPicture.Png([1, 2, 3], 2, Theme.Light));
    }

    private static SKTypeface Font()
    {
        using var stream = typeof(Figure).Assembly.GetManifestResourceStream("MinglingSans.ttf")!;
        return SKTypeface.FromStream(stream);
    }
}
