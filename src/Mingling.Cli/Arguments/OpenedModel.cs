using System.CommandLine;
using Mingling.Audio;
using Mingling.Cli.Host;
using Mingling.Experiments.Evaluation;
using Mingling.Recognition;
using Mingling.Recognition.Models;
using Mingling.Training.Export;
using Mingling.Training.Models;
using Mingling.Training.Runs;

namespace Mingling.Cli.Arguments;

/// <summary>A trained model, named by the folder of its run or by a model file.</summary>
internal sealed class OpenedModel : IDisposable
{
    private readonly Recognizer? _recognizer;

    private OpenedModel(IClipRecognizer model, string folder, RunDirectory? run, Recognizer? recognizer) =>
        (Model, Folder, Run, _recognizer) = (model, folder, run, recognizer);

    /// <summary>The model.</summary>
    public IClipRecognizer Model { get; }

    /// <summary>Where what is found out about it is written: the run's folder, or one beside the model file.</summary>
    public string Folder { get; }

    /// <summary>The run; null for a model file.</summary>
    public RunDirectory? Run { get; }

    /// <summary>Adds the argument that names the model.</summary>
    public static Argument<string> AddArgument(Command command)
    {
        var argument = new Argument<string>("MODEL") { Description = "Folder of a run, model file (.onnx), or base." }.NotEmpty();
        command.Arguments.Add(argument);
        return argument;
    }

    /// <summary>Opens a model.</summary>
    /// <param name="path">The folder of a run, or a model file.</param>
    /// <param name="last">Whether to use a run's weights after the last epoch.</param>
    /// <param name="limits">What a model file may take; null for the defaults.</param>
    public static OpenedModel Open(string path, bool last = false, RecognizerOptions? limits = null)
    {
        if (IsFile(path))
        {
            var recognizer = LoadFile(path, last, limits);
            return new OpenedModel(new ExportedModel(recognizer), Path.ChangeExtension(path, null) + "-evaluation", null, recognizer);
        }
        Torch.Start();
        var run = RunDirectory.Open(path);
        return new OpenedModel(LoadRun(run, last), run.Path, run, null);
    }

    /// <summary>Opens a model as a recogniser, which streams and enrolment need; a run is exported in memory.</summary>
    /// <param name="path">A model file, or the folder of a run.</param>
    /// <param name="last">Whether to use a run's weights after the last epoch.</param>
    /// <param name="limits">What a model file may take; null for the defaults.</param>
    public static Recognizer OpenRecognizer(string path, bool last = false, RecognizerOptions? limits = null)
    {
        if (BaseModel.IsNamed(path) || !Directory.Exists(path)) return LoadFile(path, last, limits);
        Torch.Start();
        var run = RunDirectory.Open(path);
        using var model = LoadRun(run, last);
        // The clips by which an export tells where the words lie, so that a run is heard like the file that is made of it.
        return ModelExporter.ToRecognizer(model, path, ExportClips.Read(run, threads: Environment.ProcessorCount).Examples);
    }

    /// <summary>Loads the model of a run, and says so where some of the models that it is to join are left out yet.</summary>
    public static CommandModel LoadRun(RunDirectory run, bool last)
    {
        int members = run.Manifest.Recipe.Members, finished = run.Members.Count(member => member.IsFinished);
        if (members > 1 && finished < members)
            CommandLine.Complain($"note: {finished} of the {members} models that {ShownText.OnOneLine(run.Path)} joins are trained to the end, the others are left out; go on with 'mingling train --resume'.");
        return run.LoadModel(last);
    }

    /// <summary>The word in a clip, null where none is believed, and how sure it is.</summary>
    public (string? Word, double Score) Recognize(float[] samples)
    {
        if (_recognizer?.Recognize(samples) is { } recognized) return (recognized.Word, recognized.Score);
        var output = Model.Recognize([samples])[0];
        string best = Model.Classes[output.Best];
        return (Vocabulary.IsCommand(best) && ClipLevel.HasSound(samples, Model.SampleRate) ? best : null, output.Posteriors[output.Best]);
    }

    public void Dispose() => Model.Dispose();

    private static bool IsFile(string path) =>
        BaseModel.IsNamed(path) || File.Exists(path) || (Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase) && !Directory.Exists(path));

    private static Recognizer LoadFile(string path, bool last, RecognizerOptions? limits) => last
        ? throw new UsageException($"--last chooses between the weights of a run; {path} is a model file and has only its own.")
        : Recognizer.Load(path, limits);
}
