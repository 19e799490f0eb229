using System.Runtime.InteropServices;
using Mingling.Audio;
using Mingling.Corpora;
using Mingling.Training.Encoders;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Keys;
using Mingling.Training.Storage;
using Mingling.Training.Workers;
using static TorchSharp.torch;

namespace Mingling.Training.Models;

/// <summary>A recogniser of command words: front end, encoder, classifier and the names of the classes.</summary>
public sealed class CommandModel : IClipRecognizer
{
    private const int InferenceBatch = 128;

    /// <summary>Builds a model with freshly drawn weights from torch's present random state.</summary>
    /// <param name="recipe">Encoder, front end and window.</param>
    /// <param name="classes">The class names, at least 2.</param>
    /// <param name="catalog">The encoders that can be named; null means those of the library.</param>
    /// <exception cref="ArgumentException">The recipe names no known encoder or has values out of range.</exception>
    public CommandModel(TrainingRecipe recipe, IReadOnlyList<string> classes, EncoderCatalog? catalog = null)
        : this(recipe, classes, Create(recipe, catalog))
    {
    }

    /// <summary>Builds a model with a given encoder and a freshly drawn head.</summary>
    internal CommandModel(TrainingRecipe recipe, IReadOnlyList<string> classes, Encoder encoder)
    {
        (Recipe, Classes, Encoder) = (recipe, classes, encoder);
        Window = WindowOf(recipe, encoder);
        Head = new ClassHead(encoder.EmbeddingSize, classes.Count, recipe.Dropout);
    }

    /// <summary>The recipe that the model was built by.</summary>
    public TrainingRecipe Recipe { get; }

    /// <summary>The class names, in the order of the logits.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <inheritdoc/>
    public int SampleRate => Window.Features.SampleRate;

    /// <summary>The encoder.</summary>
    public Encoder Encoder { get; }

    /// <summary>The classifier.</summary>
    public ClassHead Head { get; }

    /// <summary>The stretch of sound that the encoder hears, and its features.</summary>
    public ClipWindow Window { get; }

    /// <summary>The threshold in streams that its training found; null where it found none.</summary>
    internal double? StreamThreshold { get; set; }

    /// <summary>The number of the class <c>_unknown_</c>; −1 without one.</summary>
    internal int Unknown => Array.IndexOf([.. Classes], CorpusClip.UnknownLabel);

    /// <summary>Embeds and classifies clips.</summary>
    /// <param name="features">The features of each clip, [bins, frames] row by row, as a <see cref="ClipFeaturizer"/> gives them.</param>
    /// <returns>One result for each clip, in the same order.</returns>
    public IReadOnlyList<ClipOutput> Run(IReadOnlyList<float[]> features) => Run(features.Count, (_, i) => features[i], pool: null);

    /// <summary>Embeds and classifies clips on several threads, which do not change the result.</summary>
    /// <param name="count">The number of clips.</param>
    /// <param name="featuresOf">Gives the features of a clip, by the number of the thread and of the clip.</param>
    /// <param name="pool">The threads; null for the present one.</param>
    internal IReadOnlyList<ClipOutput> Run(int count, Func<int, int, float[]> featuresOf, WorkPool? pool)
    {
        var outputs = new ClipOutput[count];
        int blocks = (count + InferenceBatch - 1) / InferenceBatch;
        if (pool is null) for (int block = 0; block < blocks; block++) RunBlock(0, block);
        else pool.Run(blocks, RunBlock);
        return outputs;

        void RunBlock(int worker, int block)
        {
            using var quiet = inference_mode();
            using var scope = NewDisposeScope();
            int from = block * InferenceBatch, size = Math.Min(InferenceBatch, count - from);
            var batch = empty(size, 1, Window.Bins, Window.Frames);
            for (int i = 0; i < size; i++)
            {
                var clip = MemoryMarshal.AsBytes(featuresOf(worker, from + i).AsSpan());
                clip.CopyTo(batch.bytes.Slice(i * clip.Length, clip.Length));
            }
            var embeddings = Encoder.call(batch);
            var posteriors = nn.functional.softmax(Head.call(embeddings), 1);
            for (int i = 0; i < size; i++) outputs[from + i] = new ClipOutput(Row(posteriors, i), Row(embeddings, i));
        }
    }

    /// <summary>Embeds and classifies a signal step by step, as a stream does; only for a <see cref="StreamingEncoder"/>.</summary>
    /// <param name="features">The features, [bins, frames] row by row.</param>
    /// <param name="frames">Their frames.</param>
    /// <returns>One result after each step.</returns>
    internal IReadOnlyList<ClipOutput> RunSteps(float[] features, int frames)
    {
        using var quiet = inference_mode();
        using var scope = NewDisposeScope();
        var embeddings = ((StreamingEncoder)Encoder).EmbedSteps(tensor(features, [1, 1, Window.Bins, frames]), Window.Frames);
        var posteriors = nn.functional.softmax(Head.call(embeddings), 1);
        return [.. Enumerable.Range(0, (int)embeddings.shape[0]).Select(i => new ClipOutput(Row(posteriors, i), Row(embeddings, i)))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<ClipOutput> Recognize(IReadOnlyList<float[]> clips)
    {
        var featurizer = new ClipFeaturizer(Window);
        return Run([.. clips.Select(clip => featurizer.Compute(clip))]);
    }

    /// <summary>Switches dropout off and batch norms to their running statistics.</summary>
    public void Evaluating()
    {
        Encoder.eval();
        Head.eval();
    }

    /// <summary>Switches dropout on and batch norms to the statistics of the batch.</summary>
    public void Learning()
    {
        // A frozen encoder keeps the statistics that it was trained with.
        Encoder.train(Recipe.Optimizer.EncoderRate > 0);
        Head.train();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Encoder.Dispose();
        Head.Dispose();
    }

    /// <summary>
    /// An encoder that learned from running sound finds a word where it decides: at the end of the window. One that learned from clips alone
    /// found words in the middle, however much of the window makes its embedding.
    /// </summary>
    private static ClipWindow WindowOf(TrainingRecipe recipe, Encoder encoder)
    {
        var (features, whole) = (recipe.Features, new ClipWindow(recipe.Features, recipe.WindowSeconds));
        if (recipe.Negatives.Ratio == 0 || encoder is not StreamingEncoder streaming) return whole;
        int counted = streaming.PooledFrames(whole.Frames) * features.HopSamples;
        return counted < whole.Samples ? new ClipWindow(features, recipe.WindowSeconds, (double)counted / features.SampleRate) : whole;
    }

    private static Encoder Create(TrainingRecipe recipe, EncoderCatalog? catalog)
    {
        recipe.ValidateModel();
        return (catalog ?? new EncoderCatalog()).Create(new ClipWindow(recipe.Features, recipe.WindowSeconds).Adapt(recipe.Encoder));
    }

    internal IEnumerable<KeyValuePair<string, Tensor>> NamedTensors() => [.. NamedState.List("encoder", Encoder), .. NamedState.List("head", Head)];

    private static float[] Row(Tensor matrix, int index)
    {
        using var row = matrix[index].contiguous();
        return MemoryMarshal.Cast<byte, float>(row.bytes).ToArray();
    }
}
