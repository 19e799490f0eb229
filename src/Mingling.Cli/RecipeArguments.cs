using System.CommandLine;
using System.CommandLine.Parsing;
using Mingling.Audio;
using Mingling.Training;
using Mingling.Training.Encoders;

namespace Mingling.Cli;

/// <summary>The options that make a recipe. What is not given follows from the encoder.</summary>
internal sealed class RecipeArguments
{
    public const string WindowOption = "--window", EpochsOption = "--epochs", TrimmedOption = "--trimmed";

    private readonly Option<string> _encoder = new("--encoder")
    {
        Description = $"Encoder: {string.Join(", ", new EncoderCatalog().Names)}.",
        DefaultValueFactory = _ => "tc-resnet8",
        HelpName = "NAME",
    };
    private readonly Option<double?> _width = new("--width") { Description = "Multiplies the encoder's channels.", HelpName = "X" };
    private readonly Option<int?> _embedding = new("--embedding") { Description = "Size of the embedding.", HelpName = "D" };
    private readonly Option<bool> _normalize = new("--normalize") { Description = "Give embeddings unit length." };
    private readonly Option<bool?> _trimmed = new(TrimmedOption)
    {
        Description = "Whether clips were cut off where the word begins and ends; found from the clips otherwise.",
        HelpName = "true|false",
    };
    private readonly Option<string?> _features = new("--features")
    {
        Description = $"Front end: {string.Join(", ", FeatureSettings.Names)}.",
        HelpName = "NAME",
    };
    private readonly Option<double?> _window = new(WindowOption)
    {
        Description = "Seconds of sound that the encoder hears at once; found from the clips otherwise.",
        HelpName = "S",
    };
    private readonly Option<int?> _epochs = new(EpochsOption)
    {
        Description = "How often every clip is seen; small corpora are seen more often otherwise.",
        HelpName = "N",
    };
    private readonly Option<int?> _batch = new("--batch") { Description = "Clips in a batch.", HelpName = "N" };
    private readonly Option<int?> _seed = new("--seed")
    {
        Description = "Decides every random draw; the same seed gives the same model.",
        HelpName = "N",
    };
    private readonly Option<OptimizerKind?> _optimizer = new("--optimizer")
    {
        Description = "Rule by which weights follow their gradients.",
    };
    private readonly Option<double?> _rate = new("--learning-rate") { Description = "Highest learning rate.", HelpName = "X" };
    private readonly Option<double?> _decay = new("--weight-decay") { Description = "Weight decay.", HelpName = "X" };
    private readonly Option<double?> _smoothing = new("--label-smoothing")
    {
        Description = "Label smoothing of the softmax cross-entropy.",
        HelpName = "ε",
    };
    private readonly Option<double?> _dropout = new("--dropout")
    {
        Description = "Share of embedding values dropped before the classifier.",
        HelpName = "P",
    };
    private readonly Option<double?> _centerWeight = new("--center-weight")
    {
        Description = "λ, the weight of the center loss; 0 trains with softmax alone.",
        HelpName = "λ",
    };
    private readonly Option<double?> _centerRate = new("--center-rate")
    {
        Description = "α, the rate at which centres follow their classes.",
        HelpName = "α",
    };

    private readonly Option[] _all;

    public RecipeArguments(Command command)
    {
        _all =
        [
            _encoder, _width, _embedding, _normalize, _trimmed, _features, _window, _epochs, _batch, _seed,
            _optimizer, _rate, _decay, _smoothing, _dropout, _centerWeight, _centerRate,
        ];
        _optimizer.OneOf(Enum.GetNames<OptimizerKind>());
        foreach (var option in _all) command.Options.Add(option);
    }

    /// <summary>The options that the user gave.</summary>
    public IReadOnlySet<string> Given(ParseResult parsed) =>
        _all.Where(option => parsed.GetResult(option) is OptionResult { Implicit: false }).Select(option => option.Name).ToHashSet();

    /// <summary>The recipe, checked.</summary>
    public TrainingRecipe Read(ParseResult parsed)
    {
        string encoder = parsed.GetValue(_encoder)!;
        var known = new EncoderCatalog().Names;
        if (!known.Contains(encoder, StringComparer.OrdinalIgnoreCase))
            throw new UsageException($"there is no encoder '{encoder}'; there are {string.Join(", ", known)}.");
        var basis = TrainingRecipe.For(encoder);
        try
        {
            var recipe = basis with
            {
                Encoder = basis.Encoder with
                {
                    Width = parsed.GetValue(_width) ?? basis.Encoder.Width,
                    EmbeddingSize = parsed.GetValue(_embedding) ?? basis.Encoder.EmbeddingSize,
                    Normalize = parsed.GetValue(_normalize) || basis.Encoder.Normalize,
                },
                Features = parsed.GetValue(_features) is { } features ? FeatureSettings.FromName(features) : basis.Features,
                WindowSeconds = parsed.GetValue(_window) ?? basis.WindowSeconds,
                Epochs = parsed.GetValue(_epochs) ?? basis.Epochs,
                BatchSize = parsed.GetValue(_batch) ?? basis.BatchSize,
                Seed = parsed.GetValue(_seed) ?? basis.Seed,
                Optimizer = basis.Optimizer with
                {
                    Kind = parsed.GetValue(_optimizer) ?? basis.Optimizer.Kind,
                    LearningRate = parsed.GetValue(_rate) ?? basis.Optimizer.LearningRate,
                    WeightDecay = parsed.GetValue(_decay) ?? basis.Optimizer.WeightDecay,
                },
                LabelSmoothing = parsed.GetValue(_smoothing) ?? basis.LabelSmoothing,
                Dropout = parsed.GetValue(_dropout) ?? basis.Dropout,
                CenterWeight = parsed.GetValue(_centerWeight) ?? basis.CenterWeight,
                CenterRate = parsed.GetValue(_centerRate) ?? basis.CenterRate,
            };
            if (parsed.GetValue(_trimmed) == true) recipe = recipe.ForTrimmedClips();
            recipe.Validate();
            return recipe;
        }
        catch (ArgumentException e)
        {
            throw new UsageException(Sentences.Of(e));
        }
    }
}
