using System.Text.RegularExpressions;
using Mingling.MetricLearning.Joint;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Tests.Support;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Joint;

/// <summary>What docs/losses.md says is true of the catalogue.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "losses.md"));

    [Fact]
    public void Every_example_of_the_documentation_is_read()
    {
        string[] examples = Quoted().Matches(Text).Select(match => match.Groups[1].Value)
            .Concat(Text.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line.Trim()))
            .Where(code => !code.Contains('…') && Expressions.Catalog.Names.Any(name => code.StartsWith(name + "(", StringComparison.Ordinal) || code.StartsWith(name + " +", StringComparison.Ordinal)))
            .Where(code => !code.Contains('λ') && !code.Contains('μ') && !code.Contains(": K"))
            .ToArray();
        examples.Length.ShouldBeGreaterThanOrEqualTo(8); // that is, the search finds them
        foreach (string? example in examples) JointLoss.Parse(example, Expressions.Context).Dispose();
    }

    [Fact]
    public void Every_name_of_the_catalog_is_documented()
    {
        foreach (string? name in Expressions.Catalog.Names.Concat(Expressions.Catalog.TripletMiners).Concat(Expressions.Catalog.PairMiners))
            Text.ShouldMatch($"`{Regex.Escape(name)}[`(]", $"docs/losses.md lacks {name}");
    }

    [Fact]
    public void First_example_of_the_documentation_runs()
    {
        using var scope = NewDisposeScope();
        var (rows, labels) = Batches.Episodes(dtype: ScalarType.Float32);
        var embeddings = rows.requires_grad_();

        using var loss = new TripletLoss(margin: 0.2, miner: new BatchHardMiner());
        using var value = loss.call(embeddings, labels);
        value.backward();
        loss.Update(embeddings, labels);

        embeddings.grad!.ShouldBeFinite("gradient");
        Text.ShouldContain("using var loss = new TripletLoss(margin: 0.2, miner: new BatchHardMiner());");
    }

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Quoted();
}
