using Mingling.Training.Encoders;
using Mingling.Training.Loop;
using Mingling.Training.Recipes;
using Mingling.Training.Tests.Support;

namespace Mingling.Training.Tests.Encoders;

/// <summary>Every family learns words of two tones; sizes of a family differ in numbers alone.</summary>
[Collection(TorchRandom.Name)]
public class EncoderLearningTests
{
    [Theory]
    [InlineData("bc-resnet-1", 1.0)]
    [InlineData("matchboxnet-3x1x64", 0.25)]
    [InlineData("ds-cnn-s", 0.5)]
    [InlineData("ds-cnn-m", 0.2)]
    [InlineData("res8-narrow", 0.5)]
    [InlineData("res15-narrow", 0.4)]
    [InlineData("tenet6", 0.5)]
    [InlineData("mtenet6", 0.5)]
    [InlineData("resnet2d-s", 1.0)]
    public void Encoder_of_a_few_tones_learns_them(string name, double width)
    {
        using var folder = new TemporaryFolder();
        var data = Tones.Data(trainSpeakers: 4, takes: 2);
        var recipe = Trainings.Recipe with
        {
            Encoder = new EncoderSettings { Name = name, Width = width },
            Epochs = 20,
            Augmentation = AugmentationSettings.None,
            Optimizer = new OptimizerSettings { LearningRate = 1e-2 },
        };
        var history = new Trainer(data, new Observer()).Train(Trainings.Begin(folder.Path, data, recipe), TestContext.Current.CancellationToken);
        history[^1].Loss.Total.ShouldBeLessThan(0.8 * history[0].Loss.Total);
        history[^1].TrainingAccuracy.ShouldNotBeNull().ShouldBeGreaterThan(0.6); // of four words
    }
}
