using CsCheck;
using Mingling.MetricLearning.Evaluation;
using Mingling.Tests.Shared;
using TorchSharp;

namespace Mingling.MetricLearning.Tests.Evaluation;

public class EmbeddingSetTests
{
    [Fact]
    public void Set_with_sizes_that_disagree_says_both_sizes() =>
        Should.Throw<ArgumentException>(() => new EmbeddingSet<float>(new float[7], 2, new[] { 0, 1, 2 }))
            .Message.ShouldContain("3 labels of dimension 2 need 6 values, but there are 7.");

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-1e16f)]
    public void Set_with_a_value_out_of_range_names_the_row(float bad) =>
        Should.Throw<ArgumentException>(() => new EmbeddingSet<float>(new[] { 0, 0, 0, bad }, 2, new[] { 0, 1 }))
            .Message.ShouldContain("Row 1 of the embeddings");

    [Fact]
    public void Set_of_half_precision_is_refused() =>
        Should.Throw<ArgumentException>(() => new EmbeddingSet<Half>(new Half[2], 2, new[] { 0 })).Message.ShouldContain("float or double");

    [Fact]
    public void Set_of_dimension_zero_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new EmbeddingSet<float>(Array.Empty<float>(), 0, ReadOnlySpan<int>.Empty));

    [Fact]
    public void Row_outside_the_set_is_refused()
    {
        var set = new EmbeddingSet<float>(new float[4], 2, new[] { 5, 6 });
        Should.Throw<ArgumentOutOfRangeException>(() => set.Row(2).Length);
        Should.Throw<ArgumentOutOfRangeException>(() => set.LabelOf(-1));
    }

    [Fact]
    public void Labels_beyond_float_precision_stay_distinct()
    {
        var set = new EmbeddingSet<float>(new float[2], 1, new[] { 16_777_216_000_000_001L, 16_777_216_000_000_000L });
        set.DistinctLabels.ToArray().ShouldBe([16_777_216_000_000_000L, 16_777_216_000_000_001L]);
        set.LabelOf(0).ShouldBe(16_777_216_000_000_001L);
    }

    [Fact]
    public void Normalized_rows_have_unit_length_and_zero_rows_stay_zero() =>
        EmbeddingGenerators.Sets().Sample(set =>
        {
            var unit = set.Normalized();
            for (int i = 0; i < set.Count; i++)
            {
                double length = Math.Sqrt(unit.Row(i).ToArray().Sum(v => v * v));
                length.ShouldBe(set.Row(i).ToArray().All(v => v == 0) ? 0 : 1, 1e-12);
                unit.LabelOf(i).ShouldBe(set.LabelOf(i));
            }
        });

    [Fact]
    public void Set_from_tensors_holds_their_values_even_of_a_view()
    {
        using var scope = torch.NewDisposeScope();
        var embeddings = torch.arange(12, dtype: torch.ScalarType.Float64).reshape(3, 4).t();
        var set = EmbeddingSet.FromTensors(embeddings, torch.tensor(new long[] { 3, 1, 3, 2 }));
        set.Values.ToArray().ShouldBe([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]);
        set.LabelOf(3).ShouldBe(2);
    }

    [Fact]
    public void Set_from_tensors_leaves_no_tensor_behind()
    {
        using var scope = torch.NewDisposeScope();
        var (embeddings, labels) = (torch.zeros(3, 4), torch.zeros(3, dtype: torch.ScalarType.Int64));
        LiveTensors.ShouldNotGrowWith(() => EmbeddingSet.FromTensors(embeddings, labels));
        embeddings.IsInvalid.ShouldBeFalse();
    }

    [Fact]
    public void Set_from_tensors_of_wrong_kind_is_refused_in_one_sentence()
    {
        using var scope = torch.NewDisposeScope();
        var labels = torch.zeros(3, dtype: torch.ScalarType.Int64);
        Should.Throw<ArgumentException>(() => EmbeddingSet.FromTensors(torch.zeros(3), labels)).Message.ShouldContain("[N, D]");
        Should.Throw<ArgumentException>(() => EmbeddingSet.FromTensors(torch.zeros(3, 2), torch.zeros(3))).Message.ShouldContain("int64");
        Should.Throw<ArgumentException>(() => EmbeddingSet.FromTensors(torch.zeros(4, 2), labels)).Message.ShouldContain("3 labels for 4");
    }
}
