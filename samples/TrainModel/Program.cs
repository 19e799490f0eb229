// From recordings to a model file with the packages alone: TrainModel CORPUS FOLDER [EPOCHS]
using Mingling;
using Mingling.Corpora;
using Mingling.Experiments.Evaluation;
using Mingling.MetricLearning;
using Mingling.Recognition;
using Mingling.Training;
using Mingling.Training.Export;
using Mingling.Training.Recipes;

if (args.Length < 2)
{
    Console.Error.WriteLine("TrainModel CORPUS FOLDER [EPOCHS]");
    return 2;
}

try
{
    TorchRuntime.Load(); // Once, before anything else.
    TorchSharp.torch.set_num_threads(1);
    var corpus = new CorpusSource { Path = Path.GetFullPath(args[0]) };
    var recipe = args.Length > 2 ? TrainingRecipe.Default with { Epochs = int.Parse(args[2]) } : TrainingRecipe.Default;

    // 1. Train, as 'mingling train CORPUS --out FOLDER/run' does; what the recipe leaves open is derived from the clips.
    var run = TrainingSession.Train(new TrainingRequest { RunPath = Path.Combine(args[1], "run"), Corpus = corpus, Recipe = recipe, Resume = true });

    // 2. Evaluate, on the clips that the run did not learn from.
    using var model = run.LoadModel();
    var heldOut = EvaluationClips.Choose(corpus, run.Manifest.Corpus);
    var report = ModelEvaluation.Measure(model, heldOut);
    Console.WriteLine($"{100 * report.Accuracy:0.0} % of {heldOut.Clips.Count} clips, {heldOut.Choice}");

    // 3. Export: one file, compared with the model in training before it is written.
    string file = Path.Combine(args[1], "model.onnx");
    var clips = ExportClips.Read(run);
    ModelExporter.Export(model, file, new ExportOptions { Check = clips.Check, Examples = clips.Examples });

    // 4. Recognise with the file, which needs no libtorch.
    using var recognizer = Recognizer.Load(file);
    foreach (var clip in ClipLoader.Load([.. heldOut.Clips.Take(5)], recognizer.SampleRate).Clips)
    {
        var recognized = recognizer.Recognize(clip.Samples);
        Console.WriteLine($"{clip.Clip.Name}\t{recognized.Word ?? "–"}\t{recognized.Score:0.000}");
    }
    return 0;
}
catch (Exception e) when (e is MinglingException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
