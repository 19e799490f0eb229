using Mingling.Recognition;
using Mingling.Training.Export;
using Mingling.Training.Runs;

namespace Mingling.Cli;

/// <summary>A recogniser for streams, from a model file or from the folder of a run.</summary>
internal static class OpenedRecognizer
{
    /// <summary>Opens a model.</summary>
    /// <param name="path">A model file, or the folder of a run, whose best weights are used.</param>
    /// <param name="last">Whether to use a run's weights after the last epoch.</param>
    public static Recognizer Open(string path, bool last = false)
    {
        if (!Directory.Exists(path))
        {
            if (last) throw new UsageException($"--last chooses between the weights of a run; {path} is a model file and has only its own.");
            return Recognizer.Load(path);
        }
        Torch.Start();
        using var model = RunDirectory.Open(path).LoadModel(last);
        return ModelExporter.ToRecognizer(model, path);
    }
}
