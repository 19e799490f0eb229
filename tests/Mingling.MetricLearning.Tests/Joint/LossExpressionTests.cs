using System.Text.Json;
using CsCheck;
using Mingling.MetricLearning.Joint;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Tests.Support;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Joint;

public sealed class LossExpressionTests
{
    private const string Example = "softmax + 0.01 center(rate: 0.5) + 1.0 triplet(margin: 0.3, mining: batch-hard)";

    [Fact]
    public void Expression_makes_its_losses_with_their_parameters()
    {
        using var joint = JointLoss.Parse(Example, Expressions.Context);
        joint.Parts.Select(part => (part.Name, part.Weight)).ShouldBe([("softmax", 1), ("center", 0.01), ("triplet", 1)]);
        ((CenterLoss)joint.Parts[1].Loss).Rate.ShouldBe(0.5);
        ((TripletLoss)joint.Parts[2].Loss).Margin.ShouldBe(0.3);
    }

    [Fact]
    public void Joint_loss_is_the_weighted_sum_and_reports_each_part()
    {
        using var scope = NewDisposeScope();
        var (embeddings, labels) = Batches.Episodes(dtype: ScalarType.Float32);
        using var joint = JointLoss.Parse(Example, Expressions.Context);
        using var report = joint.Evaluate(embeddings, labels);
        var values = report.Values();
        foreach (var part in joint.Parts)
            values[part.Name].ShouldBe(part.Loss.call(embeddings, labels).to(ScalarType.Float64).item<double>(), 1e-6);
        double sum = values["softmax"] + 0.01 * values["center"] + values["triplet"];
        report.Total.ShouldBeNear(sum, 1e-6, "total");
        joint.call(embeddings, labels).ShouldBeNear(sum, 1e-6, "forward");
    }

    /// <summary>Time in proportion to the length, and a message of a length that can be read.</summary>
    [Fact]
    public void Expression_of_many_arguments_or_parts_is_read_at_once()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        string arguments = string.Join(", ", Enumerable.Range(0, 200_000).Select(i => $"a{i}: 1"));
        Should.Throw<LossExpressionException>(() => LossExpression.Parse($"softmax + triplet({arguments})")).Message.Length.ShouldBeLessThan(1000);
        string last = Should.Throw<LossExpressionException>(() => LossExpression.Parse($"triplet({arguments}, a7: 2)")).Message;
        last.ShouldContain("'a7' is given twice");
        last.Length.ShouldBeLessThan(1000);
        string[] lines = last.Split('\n');
        lines[1][lines[2].IndexOf('^')..].ShouldStartWith("a7: 2");
        LossExpression.Parse(string.Join(" + ", Enumerable.Repeat("softmax", 100_000))).Parts[^1].Name.ShouldBe("softmax-100000");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("0,01 center", 2)]
    [InlineData("softmax + 001 center", 11)]
    [InlineData("center(rate: 00.5)", 14)]
    [InlineData("center(rate: 1e)", 15)]
    public void Number_of_another_form_is_refused(string text, int column) =>
        Should.Throw<LossExpressionException>(() => LossExpression.Parse(text)).Column.ShouldBe(column);

    [Fact]
    public void Parts_of_one_name_are_numbered_and_all_updated()
    {
        using var scope = NewDisposeScope();
        var (embeddings, labels) = Batches.Episodes(dtype: ScalarType.Float32);
        using var joint = JointLoss.Parse("center + 2*center(rate: 0.1)", Expressions.Context);
        joint.Parts.Select(part => part.Name).ShouldBe(["center", "center-2"]);
        joint.Update(embeddings, labels);
        foreach (var part in joint.Parts) ((CenterLoss)part.Loss).Centers.abs().sum().item<float>().ShouldBeGreaterThan(0);
        joint.state_dict().Keys.ShouldBe(["center.centers", "center-2.centers"]);
    }

    [Theory]
    [InlineData("", 1, "the name of a loss")]
    [InlineData("softmax +", 10, "the name of a loss")]
    [InlineData("softmax + 0.01 centre", 16, "did you mean 'center'?")]
    [InlineData("quadruplet", 1, "there are: ")]
    [InlineData("center(rat: 0.5)", 8, "did you mean 'rate'?")]
    [InlineData("center(rate: fast)", 14, "must be a number")]
    [InlineData("center(rate: 1.5)", 14, "between 0 and 1")]
    [InlineData("triplet(mining: batch-heard)", 17, "did you mean 'batch-hard'?")]
    [InlineData("triplet(mining: semi-hard(margin: -1))", 35, "at least 0")]
    [InlineData("triplet(margin: 0.2, margin: 0.3)", 22, "given twice")]
    [InlineData("triplet(margin 0.2)", 16, "expected ':'")]
    [InlineData("triplet(margin: 0.2", 20, "')'")]
    [InlineData("softmax center", 9, "expected '+'")]
    [InlineData("-1 softmax", 1, "at least 0")]
    [InlineData("1.2.3 softmax", 1, "not a finite number")]
    [InlineData("arcface(centers: 1.5)", 18, "a whole number")]
    [InlineData("circle(mining: batch-hard)", 16, "pair miner")]
    [InlineData("memory(loss: center)", 14, "there is no pair loss 'center'")]
    [InlineData("inner-class(margin: 1)", 13, "'inner-class' has no parameter 'margin'")]
    [InlineData("filter(loss: center)", 14, "there is no loss of a filter 'center'")]
    [InlineData("triplet(sharpness: 0)", 20, "'sharpness' of 'triplet' must be a number greater than 0, not '0'.")]
    [InlineData("prototypical(shots: 4, queries: 4)", 33, "between 1 and 3")]
    [InlineData("softmax(label-smoothing: 2)", 26, "between 0 and 1")]
    public void Error_points_at_its_column_and_says_what_would_fit(string expression, int column, string expected)
    {
        var error = Should.Throw<LossExpressionException>(() => LossExpression.Parse(expression));
        error.Column.ShouldBe(column);
        error.Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("softmax + arcface(top-k: 6)", 26, "less than '6'")]
    [InlineData("prototypical(queries: 9)", 23, "between 1 and")]
    public void Value_that_does_not_fit_the_model_is_refused_when_losses_are_made(string text, int column, string expected)
    {
        var expression = LossExpression.Parse(text);
        var error = Should.Throw<LossExpressionException>(() => expression.Build(new LossContext(6, 8)));
        error.Column.ShouldBe(column);
        error.Message.ShouldContain(expected);
        error.Message.ShouldNotContain("Parameter");
    }

    [Fact]
    public void Expressions_of_one_canonical_text_are_equal()
    {
        var expression = LossExpression.Parse("1.0 softmax+0.010 center( rate:0.50 )");
        expression.Text.ShouldBe("1.0 softmax+0.010 center( rate:0.50 )");
        expression.ToString().ShouldBe("softmax + 0.01 center(rate: 0.5)");
        (expression == LossExpression.Parse("softmax + 0.01 center(rate: 0.5)")).ShouldBeTrue();
        expression.GetHashCode().ShouldBe(LossExpression.ParseGrammar(expression.ToString()).GetHashCode());
        (expression != LossExpression.Parse("softmax + 0.02 center(rate: 0.5)")).ShouldBeTrue();
    }

    [Fact]
    public void Expression_in_json_is_its_text()
    {
        string json = JsonSerializer.Serialize(LossExpression.Parse("softmax+center"));
        json.ShouldBe("\"softmax\\u002Bcenter\"");
        JsonSerializer.Deserialize<LossExpression>(json)!.Text.ShouldBe("softmax+center");
        JsonSerializer.Deserialize<LossExpression>("\"of-somebody-else(power: 3)\"")!.Parts.Single().Name.ShouldBe("of-somebody-else");
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<LossExpression>("\"softmax +\"")).Message.ShouldContain("the name of a loss");
    }

    [Fact]
    public void Value_is_read_by_itself()
    {
        ExpressionValue.Parse(" semi-hard( random: true ) ").ToString().ShouldBe("semi-hard(random: true)");
        ExpressionValue.Parse("1e-3").ShouldBe(new ExpressionNumber(0.001, 1));
        Should.Throw<LossExpressionException>(() => ExpressionValue.Parse("1 2")).Column.ShouldBe(3);
    }

    [Fact]
    public void Spelled_expression_reads_back_as_itself()
    {
        foreach (string text in Expressions.All)
        {
            var parsed = LossExpression.Parse(text);
            LossExpression.Parse(parsed.ToString()).ToString().ShouldBe(parsed.ToString());
        }
    }

    [Fact]
    public void Any_text_is_read_or_refused_with_a_column() => Gen.Char["softmaxcenter tripl(){}:,+*-.0123456789e"].Array[0, 40].Sample(letters =>
    {
        string text = new string(letters);
        try
        {
            JointLoss.Parse(text, Expressions.Context).Dispose();
        }
        catch (LossExpressionException e)
        {
            e.Column.ShouldBeInRange(1, text.Length + 1);
        }
    });

    [Fact]
    public void Deep_nesting_is_refused() => Should.Throw<LossExpressionException>(
        () => LossExpression.Parse(string.Concat(Enumerable.Repeat("a(b: ", 10_000))));

    [Fact]
    public void Catalog_tells_the_parameters_of_every_loss()
    {
        foreach (string name in Expressions.Catalog.Names) Expressions.Catalog.Parameters(name).ShouldAllBe(parameter => parameter.Name.Length > 0 && parameter.Default.Length > 0);
        Expressions.Catalog.Parameters("triplet").Select(parameter => parameter.Name).ShouldBe(["margin", "measure", "mining", "form", "swap", "reduction", "sharpness"]);
    }
}
