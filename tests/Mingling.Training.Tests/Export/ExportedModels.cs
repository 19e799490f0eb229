using Mingling.Audio;
using Mingling.Training.Encoders;
using Mingling.Training.Models;
using Mingling.Training.Recipes;
using static TorchSharp.torch;

namespace Mingling.Training.Tests.Export;

/// <summary>Models as training leaves them: batch norms with statistics, scales and shifts of their own.</summary>
internal static class ExportedModels
{
    public static readonly string[] Words = ["fall", "flat", "rise", "上"];

    public static CommandModel Make(EncoderSettings encoder, FeatureSettings? features = null, EncoderCatalog? catalog = null, int seed = 1)
    {
        random.manual_seed(seed);
        var model = new CommandModel(new TrainingRecipe { Encoder = encoder, Features = features ?? FeatureSettings.LogMel40 }, Words, catalog);
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, parameter) in model.Encoder.named_parameters())
            if (parameter.dim() == 1) parameter.add_(0.3 * randn_like(parameter));
        model.Learning();
        for (int i = 0; i < 5; i++) model.Encoder.call(2 * randn(8, 1, model.Window.Bins, model.Window.Frames) - 3);
        model.Evaluating();
        return model;
    }
}
