using Mingling.Audio;
using Mingling.Training.Data;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Named;

namespace Mingling.Benchmarks;

/// <summary>
/// What a clip costs between its samples and its features: augmentation and front end of a training, on one thread. A clip of one second,
/// 16,000 samples; the recipe with the usual augmentation, that for trimmed clips, and running sound as the recipe room has it.
/// </summary>
internal static class PreparationBenchmark
{
    private const int Clips = 300;

    private sealed record Row(string Name, double ClipsPerSecond, double CpuMicrosecondsPerClip, double AllocatedBytesPerClip, double Sum);

    public static void Run(string[] args)
    {
        var data = TrainingRun.Data;
        var usual = TrainingRecipe.For("tc-resnet8");
        Measured("no augmentation", usual with { Augmentation = AugmentationSettings.None }, data);
        Measured("usual", usual, data);
        Measured("trimmed clips", usual.ForTrimmedClips(), data);
        var room = NamedRecipes.Find("room")!.For("resnet2d-stream");
        Measured("rooms and microphones", usual with { Augmentation = room.Augmentation }, data);
    }

    private static void Measured(string name, TrainingRecipe recipe, TrainingData data)
    {
        var window = new ClipWindow(recipe.Features, recipe.WindowSeconds);
        var clips = new AugmentedClips(data, new HeardWindow(window), recipe, new HardPlaces());
        var prepare = clips.Preparation();
        float[] features = new float[window.Values];
        double sum = 0;
        for (int clip = 0; clip < Clips; clip++)
        {
            prepare(1, clip, features);
            foreach (float value in features) sum += value;
        }
        int epoch = 0;
        var cost = Measure.Median(() =>
        {
            epoch++;
            for (int clip = 0; clip < Clips; clip++) prepare(epoch, clip, features);
        }, repetitions: 31);
        JsonLines.Write(new Row(name, Math.Round(Clips / cost.Seconds), Math.Round(1e6 * cost.CpuSeconds / Clips, 1),
            Math.Round((double)cost.AllocatedBytes / Clips, 1), Math.Round(sum, 2)));
    }
}
