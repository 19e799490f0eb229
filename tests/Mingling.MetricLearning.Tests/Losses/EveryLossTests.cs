using Mingling.MetricLearning.Joint;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Losses;

public sealed class EveryLossTests
{
    public static TheoryData<string> All() => Expressions.Theory();

    public static TheoryData<string> Differentiable() => Expressions.Differentiable();

    [NoLeaks]
    [Theory, MemberData(nameof(All))]
    public void Loss_of_a_degenerate_batch_is_finite_with_a_finite_gradient(string expression)
    {
        using var scope = NewDisposeScope();
        foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
        {
            foreach (var (name, rows, labels) in Batches.Degenerate(dtype))
            {
                using var loss = Expressions.Make(expression);
                loss.to(dtype);
                if (!Fits(loss, labels)) continue;
                var embeddings = rows.detach().clone().requires_grad_();
                for (int step = 0; step < 2; step++)
                {
                    var value = loss.call(embeddings, labels);
                    value.backward();
                    value.ShouldBeFinite($"{expression}, {name}");
                    value.to(ScalarType.Float64).item<double>().ShouldBeGreaterThanOrEqualTo(-1e-6, $"{expression}, {name}");
                    embeddings.grad!.ShouldBeFinite($"gradient of {expression}, {name}");
                    foreach (var (parameter, weights) in loss.named_parameters()) weights.grad?.ShouldBeFinite($"gradient of {parameter} of {expression}, {name}");
                    loss.Update(embeddings, labels);
                }
            }
        }
    }

    [NoLeaks]
    [Theory, MemberData(nameof(Differentiable))]
    public void Gradient_matches_central_differences(string expression)
    {
        using var scope = NewDisposeScope();
        using var loss = Expressions.Make(expression);
        loss.to(ScalarType.Float64);
        loss.eval();
        var (rows, labels) = Batches.Episodes();
        var (earlier, earlierLabels) = Batches.Episodes(seed: 2);
        loss.Update(earlier, earlierLabels);
        var embeddings = rows.requires_grad_();
        loss.call(embeddings, labels).backward();
        var numeric = CentralDifferences(embeddings, () => loss.call(embeddings, labels));
        embeddings.grad!.ShouldBeNear(numeric, 2e-6, expression);
        foreach (var (name, weights) in loss.named_parameters())
        {
            if (!weights.requires_grad) continue;
            (weights.grad ?? zeros_like(weights)).ShouldBeNear(CentralDifferences(weights, () => loss.call(embeddings, labels)), 2e-6, $"{expression}: {name}");
        }
    }

    [NoLeaks]
    [Theory, MemberData(nameof(All))]
    public void Step_leaves_nothing_but_its_result(string expression)
    {
        using var loss = Expressions.Make(expression);
        var (rows, labels) = Batches.Episodes(dtype: ScalarType.Float32);
        using (rows)
        using (labels)
        {
            using var embeddings = rows.requires_grad_();
            Step(); // first gradients come to life
            long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            for (int i = 0; i < 3; i++) Step();
            DisposeScopeManager.Statistics.ThreadTotalLiveCount.ShouldBe(before, expression);

            void Step()
            {
                using var value = loss.call(embeddings, labels);
                value.backward();
                loss.Update(embeddings, labels);
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    public void State_survives_save_and_load(string expression)
    {
        using var scope = NewDisposeScope();
        using var trained = Expressions.Make(expression);
        using var restored = Expressions.Make(expression);
        var (embeddings, labels) = Batches.Episodes(dtype: ScalarType.Float32);
        using (no_grad())
        {
            foreach (var parameter in trained.parameters()) parameter.add_(0.1);
        }
        for (int seed = 2; seed < 5; seed++)
        {
            var (earlier, earlierLabels) = Batches.Episodes(seed, ScalarType.Float32);
            trained.Update(earlier, earlierLabels);
        }
        trained.eval();
        restored.eval();
        using var stream = new MemoryStream();
        trained.save(stream);
        using var copy = new MemoryStream(stream.ToArray());
        restored.load(copy);
        trained.Update(embeddings, labels); // a ring goes on where it was
        restored.Update(embeddings, labels);
        restored.call(embeddings, labels).ShouldBeNear(trained.call(embeddings, labels), 1e-6, expression);
    }

    [Theory, MemberData(nameof(All))]
    public void Bad_input_is_named(string expression)
    {
        using var scope = NewDisposeScope();
        using var loss = Expressions.Make(expression);
        var (embeddings, labels) = Batches.Episodes(dtype: ScalarType.Float32);
        void Fails(Tensor x, Tensor y, string expected) => Should.Throw<ArgumentException>(() => loss.call(x, y)).Message.ShouldContain(expected);
        Fails(embeddings.unsqueeze(0), labels, "two dimensions");
        Fails(embeddings.to(ScalarType.Int64), labels, "floating-point");
        Fails(embeddings, labels.unsqueeze(1), "one dimension");
        Fails(embeddings, labels.to(ScalarType.Int32), "Int64");
        Fails(embeddings, labels.narrow(0, 0, 11), "numbers must be equal");
        Fails(embeddings / 0, labels, "finite");
    }

    [Theory, MemberData(nameof(All))]
    public void Single_precision_agrees_with_double(string expression)
    {
        using var scope = NewDisposeScope();
        using var single = Expressions.Make(expression);
        using var exact = Expressions.Make(expression);
        exact.to(ScalarType.Float64);
        var (embeddings, labels) = Batches.Episodes(dtype: ScalarType.Float32);
        single.call(embeddings, labels).ShouldBeNear(exact.call(embeddings.to(ScalarType.Float64), labels), 1e-4, expression);
    }

    // Episodes need the same number of samples of every class.
    private static bool Fits(JointLoss loss, Tensor labels)
    {
        if (!loss.Parts.Any(part => part.Loss is EpisodeLoss)) return true;
        return labels.numel() == 6;
    }

    private static Tensor CentralDifferences(Tensor variable, Func<Tensor> value)
    {
        const double step = 1e-6;
        using var noGradient = no_grad();
        var gradient = zeros(variable.numel(), ScalarType.Float64);
        var flat = variable.view(-1);
        for (long i = 0; i < variable.numel(); i++)
        {
            using var scope = NewDisposeScope();
            double original = flat[i].item<double>();
            flat[i] = original + step;
            double above = value().item<double>();
            flat[i] = original - step;
            double below = value().item<double>();
            flat[i] = original;
            gradient[i] = (above - below) / (2 * step);
        }
        return gradient.view(variable.shape);
    }
}
