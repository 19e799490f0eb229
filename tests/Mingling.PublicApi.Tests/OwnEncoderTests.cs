using Mingling.Audio;
using Mingling.Corpora;
using Mingling.Experiments.Evaluation;
using Mingling.Recognition;
using Mingling.Recognition.Models;
using Mingling.Tests.Shared;
using Mingling.Training.Data;
using Mingling.Training.Encoders;
using Mingling.Training.Encoders.Depthwise;
using Mingling.Training.Export;
using Mingling.Training.Graphs;
using Mingling.Training.Loop;
using Mingling.Training.Recipes;
using Mingling.Training.Runs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.PublicApi.Tests;

/// <summary>Everything a user of the packages can do, with nothing but what is public.</summary>
[Collection(TorchRandom.Name)]
public class OwnEncoderTests
{
    [Fact]
    public void Encoder_of_a_user_trains_evaluates_and_recognizes()
    {
        string folder = Directory.CreateTempSubdirectory("mingling-public-").FullName;
        try
        {
            WriteCorpus(Path.Combine(folder, "corpus"));
            var catalog = new EncoderCatalog();
            catalog.Add("tiny", settings => new TinyEncoder(settings));

            var source = new CorpusSource { Path = Path.Combine(folder, "corpus") };
            var recipe = TrainingRecipe.For("tiny") with { Epochs = 12, BatchSize = 8 };
            var prepared = PreparedCorpus.Load(source, recipe.Features.SampleRate);
            var run = RunDirectory.Create(Path.Combine(folder, "run"), new RunManifest
            {
                Version = "1.0",
                Recipe = recipe,
                Classes = prepared.Data.Classes,
                Corpus = RunCorpus.Describe(source, prepared.Data),
            });
            var history = new Trainer(prepared.Data, new Silent(), encoders: catalog).Train(run, TestContext.Current.CancellationToken);
            history.Count.ShouldBe(12);

            using var model = run.LoadModel(catalog: catalog);
            var report = Evaluator.Evaluate(model, prepared.Data.Validation);
            report.Clips.ShouldBe(prepared.Data.Validation.Count);
            report.Accuracy.ShouldBe(history[^1].ValidationAccuracy!.Value, 1e-9);

            var clip = AudioFile.Read(prepared.Data.Validation[0].Clip.Path, model.Window.Features.SampleRate);
            var output = model.Run([new ClipFeaturizer(model.Window).Compute(clip.Samples)])[0];
            output.Posteriors.Sum().ShouldBe(1, 1e-4);
            output.Embedding.Length.ShouldBe(6);

            string file = Path.Combine(folder, "tiny.onnx");
            var exported = ModelExporter.Export(model, file, new ExportOptions { Check = prepared.Data.Validation });
            exported.Accuracy.ShouldBe(report.Accuracy);
            EncoderReport.Measure(model.Encoder).MultiplyAdds.ShouldBe(18 * 49 * 6 * 25 + 18 * 49 * 6 * 9);
            using var recognizer = Recognizer.Load(file);
            var recognized = recognizer.Recognize(clip);
            recognized.Word.ShouldBe(model.Classes[output.Best]);
            ModelFile.WriteCard(file, recognizer.Card with { Enrolled = [new EnrolledWord("hum", recognized.Embedding, 1, 0.999)] });
            using var taught = Recognizer.Load(file);
            taught.Recognize(clip).Word.ShouldBe("hum");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void WriteCorpus(string folder)
    {
        foreach (var (word, hertz) in new[] { ("low", 300.0), ("high", 1500.0) })
            for (int speaker = 0; speaker < 4; speaker++)
                for (int take = 0; take < 3; take++)
                {
                    float[] samples = new float[8000];
                    for (int i = 0; i < samples.Length; i++) samples[i] = (float)(0.2 * Math.Sin(2 * Math.PI * (hertz + 20 * speaker + take) * i / 16000));
                    Directory.CreateDirectory(Path.Combine(folder, word));
                    WavWriter.Write(Path.Combine(folder, word, $"voice{speaker}_nohash_{take}.wav"), new AudioClip(samples, 16000));
                }
    }

    /// <summary>An encoder as somebody outside the library writes it.</summary>
    private sealed class TinyEncoder : Encoder
    {
        private readonly Conv2d conv;
        private readonly DepthwiseConvolution depthwise = new(6, (3, 3), padding: (1, 1));

        public TinyEncoder(EncoderSettings settings) : base(settings, pooledSize: 6)
        {
            conv = nn.Conv2d(1, 6, 5, stride: 2);
            RegisterComponents();
        }

        protected override Tensor Pool(Tensor features) => nn.functional.relu(depthwise.call(features.Through(conv))).mean([2, 3]);

        protected override GraphValue Export(GraphBuilder graph, GraphValue features) =>
            graph.Mean(graph.Relu(graph.Convolution(depthwise, norm: null, graph.Convolution(conv, norm: null, features))), keepDimensions: false, 2, 3);
    }

    private sealed class Silent : ITrainingObserver
    {
        public void Started(TrainingStart start)
        {
        }

        public void StepDone(StepReport step)
        {
        }

        public void Warned(string sentence)
        {
        }

        public void EpochDone(EpochReport epoch)
        {
        }
    }
}
