using Mingling.Audio;
using Mingling.Boards.Onnx;
using Mingling.Boards.Programs;
using Mingling.Recognition.Models;

namespace Mingling.Boards.Models;

/// <summary>A model file as a board needs it: its card and its graph as a program.</summary>
/// <param name="Name">What to call it in a message.</param>
/// <param name="Card">What the file says of the model.</param>
/// <param name="Program">The graph, in floats.</param>
internal sealed record BoardModel(string Name, ModelCard Card, BoardProgram Program)
{
    /// <summary>The encoders whose operators are known.</summary>
    private const string Known = "Known to work are tc-resnet8-stream, tc-resnet14-stream, resnet2d-stream (the base encoder and its enrolled words among them), tc-resnet8, resnet2d and others (docs/boards.md)";

    /// <summary>The length of sound that the encoder takes at once.</summary>
    public ClipWindow Window { get; } = Card.ClipWindow();

    /// <summary>The frames of a window, or more where they must be whole steps.</summary>
    public int WholeFrames => Card.Stream?.WholeFrames(Window.Frames) ?? Window.Frames;

    /// <summary>Steps in which features are stored beside bytes, in 1: far finer than bytes; 0 where their range is not known.</summary>
    public int FeatureSteps => Card.Features.Compression == FeatureCompression.None ? 0 : Card.Features.Cepstra > 0 || Card.Features.Compression == FeatureCompression.Decibels ? 128 : 512;

    /// <summary>The features of a clip in whole steps, as the program is given them.</summary>
    /// <param name="samples">A clip at the model's rate.</param>
    public float[] FeaturesOf(float[] samples)
    {
        float[] whole = new float[Window.Bins * WholeFrames];
        StreamSteps.Pad(new ClipFeaturizer(Window).Compute(samples), Window.Frames, whole, WholeFrames);
        return whole;
    }

    /// <summary>Reads a model.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="model">Its bytes and its card.</param>
    /// <exception cref="ModelException">A board cannot use it; the message says why, and which models it can.</exception>
    public static BoardModel Read(string name, SealedModel model)
    {
        var card = model.Card;
        if (card.Int8) throw new ModelException($"{name} holds 8-bit integers already; give the file with floats, and --int8 to get integers on the board.");
        if (card.Input != ModelInput.Features) throw new ModelException($"{name} has the front end within its graph, and a board brings its own; export it with features as its input.");
        if (card.Features.Compression == FeatureCompression.Pcen) throw new ModelException($"{name} has a front end that normalises energy through time (PCEN), which streams cannot use; train it with another front end.");
        if (card.Enrolled.Count == 0 && !card.Classes.Any(Vocabulary.IsCommand)) throw new ModelException($"{name} has no word to listen for; add one with 'mingling enroll {name} --word WORD …'.");
        var window = card.ClipWindow();
        try
        {
            var sizes = new ProgramSizes(GraphNames.Features, GraphNames.Embedding, GraphNames.Scores, window.Bins, card.Stream?.Frames ?? window.Frames, card.Stream?.States ?? []);
            var program = GraphLowering.Lower(OnnxReader.Read(model.Bytes), sizes);
            if (program.Scores.Size != card.Classes.Count || program.Embedding.Size != card.EmbeddingSize) throw new BoardGraphException("its outputs have other sizes than its card says");
            return new BoardModel(name, card, program);
        }
        catch (Exception e) when (e is BoardGraphException or InvalidDataException or OverflowException or IndexOutOfRangeException or ArgumentException)
        {
            throw new ModelException($"the graph of {name} ({card.Encoder}) cannot become C: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}. {Known}.", e);
        }
    }
}
