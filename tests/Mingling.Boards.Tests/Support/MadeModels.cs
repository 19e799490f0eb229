using Mingling.Audio;
using Mingling.Boards.Models;
using Mingling.Recognition;
using Mingling.Recognition.Models;
using Mingling.Training.Encoders;
using Mingling.Training.Export;
using Mingling.Training.Models;
using Mingling.Training.Recipes;
using static TorchSharp.torch;

namespace Mingling.Boards.Tests.Support;

/// <summary>Model files of encoders with drawn weights, as training leaves them: batch norms with statistics, scales and shifts of their own.</summary>
internal static class MadeModels
{
    public static readonly string[] Words = ["go", "stop", "上楼", "_unknown_"];

    public static byte[] Export(string path, string encoder, FeatureSettings? features = null, int seed = 1, bool dynamicFilter = false)
    {
        random.manual_seed(seed);
        using var model = new CommandModel(new TrainingRecipe { Encoder = new EncoderSettings { Name = encoder, DynamicFilter = dynamicFilter }, Features = features ?? FeatureSettings.LogMel40 }, Words);
        using (no_grad())
        using (NewDisposeScope())
        {
            foreach (var (_, parameter) in model.Encoder.named_parameters())
                if (parameter.dim() == 1) parameter.add_(0.3 * randn_like(parameter));
            model.Learning();
            for (int i = 0; i < 5; i++) model.Encoder.call((2 * randn(8, 1, model.Window.Bins, model.Window.Frames)) - 3);
        }
        model.Evaluating();
        ModelExporter.Export(model, path);
        return File.ReadAllBytes(path);
    }

    /// <summary>A model file as boards use it, and as ONNX Runtime does.</summary>
    public static (BoardModel Board, Recognizer Reference) Open(string name, byte[] bytes) => (BoardModel.Read(name, SealedModel.Open(name, bytes)), Recognizer.Load(name, bytes));
}
