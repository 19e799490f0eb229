using Mingling.Corpora;
using Mingling.Training.Data;
using Mingling.Training.Loop;
using Mingling.Training.Recipes;
using Mingling.Training.Runs;
using static TorchSharp.torch;

namespace Mingling.Benchmarks;

/// <summary>A training as the command does it, on made clips of one second: decoding and validation are left out.</summary>
internal static class TrainingRun
{
    public const int Words = 20;

    private const int ClipsPerWord = 64, Rate = 16000;

    internal static readonly TrainingData Data = new([.. Enumerable.Range(0, Words).Select(w => $"word{w}")], [.. Clips()], [], []);

    /// <summary>The median over the epochs but the first.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="threads">The threads of the training.</param>
    public static double ClipsPerSecond(TrainingRecipe recipe, int threads)
    {
        var epochs = Train(recipe, new Silent(), threads);
        double[] speeds = [.. epochs.Skip(1).Select(epoch => epoch.ClipsPerSecond).Order()];
        return speeds[speeds.Length / 2];
    }

    /// <summary>Resident memory and live tensors after each 100 steps.</summary>
    public static List<(long Bytes, long Tensors)> Memory(TrainingRecipe recipe, int steps)
    {
        var observer = new Silent();
        Train(recipe with { Epochs = (steps + StepsPerEpoch(recipe) - 1) / StepsPerEpoch(recipe) }, observer, threads: 1);
        return observer.Memory;
    }

    public static int StepsPerEpoch(TrainingRecipe recipe) => Data.Train.Count / recipe.BatchSize;

    private static IReadOnlyList<EpochReport> Train(TrainingRecipe recipe, Silent observer, int threads)
    {
        string folder = Directory.CreateTempSubdirectory("mingling-benchmark-").FullName;
        try
        {
            var run = RunDirectory.Create(folder, new RunManifest
            {
                Version = "benchmark",
                Recipe = recipe,
                Classes = Data.Classes,
                Corpus = new RunCorpus { Source = new CorpusSource { Path = "made" }, TrainingClips = [], ValidationClips = [] },
            });
            return new Trainer(Data, observer, threads).Train(run);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Each word a chord of its own that swells and falls.</summary>
    private static IEnumerable<LoadedClip> Clips()
    {
        for (int clip = 0; clip < Words * ClipsPerWord; clip++)
        {
            int word = clip % Words;
            var random = new Random(clip);
            float[] samples = new float[Rate];
            double pitch = 200 + 40 * word + 10 * random.NextDouble();
            for (int i = 0; i < Rate; i++)
                samples[i] = (float)(0.3 * Math.Sin(Math.PI * i / Rate) * Math.Sin(2 * Math.PI * pitch * i / Rate) + 0.01 * (random.NextDouble() - 0.5));
            yield return new LoadedClip(new CorpusClip($"made/{clip}", $"made/{clip}", $"word{word}"), samples);
        }
    }

    private sealed class Silent : ITrainingObserver
    {
        private int _steps;

        public List<(long Bytes, long Tensors)> Memory { get; } = [];

        public void Started(TrainingStart start)
        {
        }

        public void StepDone(StepReport step)
        {
            if (++_steps % 100 != 0) return;
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Memory.Add((Environment.WorkingSet, Tensor.TotalCount));
        }

        public void EpochDone(EpochReport epoch)
        {
        }

        public void Warned(string sentence)
        {
        }
    }
}
