using Mingling.MetricLearning.Joint;
using Mingling.Recognition;
using Mingling.Training.Encoders;
using Mingling.Training.Export;
using Mingling.Training.Loop;
using Mingling.Training.Tests.Export;
using Mingling.Training.Tests.Support;
using static TorchSharp.torch;

namespace Mingling.Training.Tests.Encoders;

[Collection(TorchRandom.Name)]
public class DynamicFilterTests
{
    [Fact]
    public void Filter_of_forty_bins_has_the_parameters_of_its_paper()
    {
        using var filter = new DynamicFilter(40);
        filter.parameters().Sum(p => p.numel()).ShouldBe(5_378);
    }

    /// <summary>The formulas of the documentation, value by value.</summary>
    [Fact]
    public void Filter_computes_its_formulas()
    {
        const int Bins = 6, Frames = 9;
        random.manual_seed(5);
        using var scope = NewDisposeScope();
        using var filter = new DynamicFilter(Bins);
        var given = randn(2, 1, Bins, Frames);
        var (output, pooled) = filter.Filter(given);
        var named = filter.named_parameters().ToDictionary(p => p.name, p => p.parameter.detach());
        for (int clip = 0; clip < 2; clip++)
        {
            double[,] x = Matrix(given[clip, 0]);
            double[] m = [.. Enumerable.Range(0, Bins).Select(f => Enumerable.Range(0, Frames).Average(t => x[f, t]))];
            double[] h = Standard(Times(named["instance.weight"], m, named["instance.bias"]));
            for (int f = 0; f < Bins; f++) h[f] = h[f] * named["norm.weight"][f].item<float>() + named["norm.bias"][f].item<float>();
            double[] w = Times(named["weights.weight"], [.. h.Select(v => Math.Max(v, 0))], named["weights.bias"]);
            double[] alpha = Times(named["gain.weight"], h, null), beta = Times(named["offset.weight"], h, null);
            for (int f = 0; f < Bins; f++)
            {
                double[] pixel = [.. Enumerable.Range(0, Frames).Select(t => Neighbors(x, f, t).Zip(Flat(named["pixel.weight"]), (a, b) => a * b).Sum())];
                double[] open = [.. Standard(pixel).Select(v => 1 / (1 + Math.Exp(-(v * named["scale"][f, 0].item<float>() + named["shift"][f, 0].item<float>()))))];
                double[] filtered = [.. Enumerable.Range(0, Frames).Select(t => open[t] * Neighbors(x, f, t).Zip(w, (a, b) => a * b).Sum())];
                double[] normed = Standard(filtered);
                for (int t = 0; t < Frames; t++) output[clip, 0, f, t].item<float>().ShouldBe((float)(x[f, t] + alpha[f] * normed[t] + beta[f]), 1e-3f);
                pooled[clip, f].item<float>().ShouldBe((float)filtered.Average(), 1e-4f);
                pooled[clip, Bins + f].item<float>().ShouldBe((float)beta[f], 1e-4f);
            }
        }
    }

    [Theory]
    [InlineData("tc-resnet8")]
    [InlineData("bc-resnet-1")]
    public void Filter_before_any_encoder_is_exported_with_it(string name)
    {
        using var folder = new TemporaryFolder();
        using var model = ExportedModels.Make(new EncoderSettings { Name = name, DynamicFilter = true });
        var clips = Tones.Clips(0, 2, 1);
        ModelExporter.Export(model, folder["m.onnx"], new ExportOptions { Check = clips }).LargestDifference.ShouldBeInRange(0, ModelExporter.Tolerance);
        using var recognizer = Recognizer.Load(folder["m.onnx"]);
        recognizer.Recognize(clips[0].Samples).Embedding.Length.ShouldBe(model.Encoder.EmbeddingSize);
    }

    [Fact]
    public void Training_with_the_losses_of_lovo_moves_the_filter_towards_them()
    {
        using var folder = new TemporaryFolder();
        var data = Tones.Data();
        var recipe = Trainings.Recipe with
        {
            Encoder = Trainings.Recipe.Encoder with { DynamicFilter = true },
            Loss = LossExpression.Parse("softmax + filter(loss: triplet(margin: 0.3)) + 0.1 filter(loss: inner-class) + 0.1 orthogonality"),
            Epochs = 8,
        };
        var history = new Trainer(data, new Observer()).Train(Trainings.Begin(folder.Path, data, recipe), TestContext.Current.CancellationToken);
        history[0].Loss["filter"].ShouldBeGreaterThan(0);
        history[^1].Loss["filter"].ShouldBeLessThan(history[0].Loss["filter"]);
        history[^1].Loss["orthogonality"].ShouldBeLessThan(history[0].Loss["orthogonality"]);
        using var model = Mingling.Training.Runs.RunDirectory.Open(folder.Path).LoadModel();
        model.Encoder.Filter.ShouldNotBeNull();
    }

    [Fact]
    public void Training_with_a_loss_of_the_filter_and_no_filter_says_what_is_missing()
    {
        using var folder = new TemporaryFolder();
        var data = Tones.Data();
        var run = Trainings.Begin(folder.Path, data, Trainings.Recipe with { Loss = LossExpression.Parse("softmax + filter(loss: triplet) + orthogonality") });
        Should.Throw<Exception>(() => new Trainer(data, new Observer()).Train(run, TestContext.Current.CancellationToken)).Message
            .ShouldContain("filter, orthogonality looks at the dynamic filter in front of the encoder, which has none; set encoder.dynamic-filter to true");
    }

    private static double[,] Matrix(Tensor x)
    {
        double[,] values = new double[x.shape[0], x.shape[1]];
        for (int f = 0; f < x.shape[0]; f++) for (int t = 0; t < x.shape[1]; t++) values[f, t] = x[f, t].item<float>();
        return values;
    }

    private static double[] Flat(Tensor x) => [.. x.flatten().data<float>().Select(v => (double)v)];

    private static double[] Times(Tensor matrix, double[] vector, Tensor? bias) =>
        [.. Enumerable.Range(0, (int)matrix.shape[0]).Select(i => vector.Select((v, j) => v * matrix[i, j].item<float>()).Sum() + (bias is null ? 0 : bias[i].item<float>()))];

    private static double[] Standard(double[] row)
    {
        double mean = row.Average(), deviation = Math.Sqrt(row.Average(v => (v - mean) * (v - mean)) + 1e-5);
        return [.. row.Select(v => (v - mean) / deviation)];
    }

    private static IEnumerable<double> Neighbors(double[,] x, int f, int t) =>
        from bin in new[] { f - 2, f, f + 2 }
        from frame in new[] { t - 2, t, t + 2 }
        select bin >= 0 && frame >= 0 && bin < x.GetLength(0) && frame < x.GetLength(1) ? x[bin, frame] : 0;
}
