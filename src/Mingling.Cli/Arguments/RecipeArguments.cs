using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Mingling.Audio;
using Mingling.Cli.Host;
using Mingling.MetricLearning.Joint;
using Mingling.Training.Encoders;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Files;
using Mingling.Training.Recipes.Keys;
using Mingling.Training.Recipes.Named;
using Mingling.Training.Recipes.Values;

namespace Mingling.Cli.Arguments;

/// <summary>The options that make a recipe: a file, and single settings that go before it. What is not given follows from the encoder.</summary>
internal sealed class RecipeArguments
{
    public const string LossOption = "--loss", LossKey = "loss";

    private const string CenterWeightOption = "--center-weight", CenterRateOption = "--center-rate";
    private const string TeacherWeightOption = "--teacher-weight", TemperatureOption = "--temperature";

    private readonly Option<string?> _file = new Option<string?>("--recipe")
    {
        Description = "Name of a recipe ('mingling recipe --list') or a recipe file ('mingling recipe' prints one); other options override it.",
        HelpName = "NAME|FILE",
    }.NotEmpty();
    private readonly Option<double?> _centerWeight = new(CenterWeightOption)
    {
        Description = "Weight λ of a center loss beside softmax; 0 trains with softmax alone. Shorthand for --loss.",
        HelpName = "λ",
    };
    private readonly Option<double?> _centerRate = new(CenterRateOption)
    {
        Description = "Rate α at which the centres of --center-weight follow their classes.",
        HelpName = "α",
    };

    private readonly Command _command;
    private readonly Option<string?> _encoder;
    private readonly List<(Option Option, RecipeKey Key, Func<ParseResult, object?> Value)> _settings = [];
    private RecipeFile? _read;

    /// <param name="command">The command that trains.</param>
    /// <param name="withLoss">Whether the options name the loss; otherwise the command itself does.</param>
    /// <param name="withOrigin">Whether --from names trained weights to begin from; otherwise it means something else to the command.</param>
    public RecipeArguments(Command command, bool withLoss = true, bool withOrigin = true)
    {
        _command = command;
        command.Options.Add(_file);
        _encoder = Add<string?>("--encoder", "encoder.name").OneOf([.. new EncoderCatalog().Names]);
        _encoder.HelpName = "ENCODER";
        Add<double?>("--width", "encoder.width", "X");
        Add<int?>("--embedding", "encoder.embedding-size", "D");
        Add<bool?>("--normalize", "encoder.normalize", "true|false");
        Add<bool?>("--dynamic-filter", "encoder.dynamic-filter", "true|false");
        Add<bool?>("--trimmed", "trimmed", "true|false");
        Add<string?>("--features", "features.preset").OneOf([.. FeatureSettings.Names]);
        Add<double?>("--window", "window-seconds", "S");
        Add<int?>("--epochs", "epochs", "N");
        Add<int?>("--members", GeneralKeys.Members, "N");
        Add<int?>("--batch", "batch-size", "N");
        Add<int?>("--seed", "seed", "N");
        Add<OptimizerKind?>("--optimizer", "optimizer.kind").OneOf(Enum.GetNames<OptimizerKind>());
        Add<double?>("--learning-rate", "optimizer.learning-rate", "X");
        Add<double?>("--weight-decay", "optimizer.weight-decay", "X");
        Add<double?>("--label-smoothing", "label-smoothing", "ε");
        Add<double?>("--dropout", "dropout", "P");
        if (withLoss) AddLoss();
        Add<string[]>("--schedule", "schedules", "SCHEDULE", texts => texts.Select(LossSchedule.Parse).ToArray());
        Add<string[]>("--teacher", DistillationKeys.Teachers, "RUN", paths => paths.Select(PathsValue.Full).ToArray());
        Add<string?>("--teacher-embedding", DistillationKeys.EmbeddingTeacher, "FILE", path => PathsValue.Full(path!));
        if (withOrigin) Add<string?>("--from", GeneralKeys.From, "base|RUN|FILE|none", origin => origin!.Equals("none", StringComparison.OrdinalIgnoreCase) ? null : OriginValue.Full(origin));
        Add<double?>("--encoder-rate", "optimizer.encoder-rate", "X");
        Add<double?>(TeacherWeightOption, "distillation.weight", "W");
        Add<double?>(TemperatureOption, "distillation.temperature", "T");
        Add<BatchKind?>("--batches", "batches.kind").OneOf(Enum.GetNames<BatchKind>());
        Add<int?>("--clips-per-class", "batches.clips-per-class", "K");
        Add<double?>("--confusable-share", "batches.confusable-share", "SHARE");
        Add<int?>("--mining-interval", "batches.mining-interval", "E");
        Add<double?>("--average", "average-decay", "DECAY");
        Add<int?>("--average-last", "average-last", "N");
        Add<double?>("--mixup", "mixup", "α");
        Add<double?>("--clip-gradient", "gradient-clip", "NORM");
    }

    /// <summary>The recipe, checked.</summary>
    public TrainingRecipe Read(ParseResult parsed) => File(parsed).Recipe;

    /// <summary>The keys of the recipe that the user gave, each with the name by which he did.</summary>
    public IReadOnlyDictionary<string, string> Given(ParseResult parsed)
    {
        var options = Options(parsed).GroupBy(given => given.Key).ToDictionary(given => given.Key.Path, given => given.First().Option.Name);
        return File(parsed).Given.ToDictionary(path => path, path => options.GetValueOrDefault(path) ?? $"{path} ({parsed.GetValue(_file)})");
    }

    /// <summary>The loss of an option.</summary>
    /// <exception cref="UsageException">It cannot be read; the message points at the column.</exception>
    internal static LossExpression ReadLoss(string loss)
    {
        try
        {
            return LossExpression.Parse(loss);
        }
        catch (LossExpressionException e)
        {
            throw new UsageException($"{LossOption} cannot be read. {e.Message}");
        }
    }

    /// <summary>The file with what the options change; read once.</summary>
    private RecipeFile File(ParseResult parsed)
    {
        if (_read is not null) return _read;
        try
        {
            var draft = parsed.GetValue(_file) is { } path ? Basis(path, parsed).Draft : new RecipeDraft();
            foreach (var (_, key, value) in Options(parsed)) draft.Override(key, value(parsed));
            var read = new RecipeFile(draft);
            read.Recipe.Validate();
            if (read.Recipe.Distillation.Teachers.Count == 0
                && Options(parsed).FirstOrDefault(given => given.Option.Name is TeacherWeightOption or TemperatureOption).Option is { } idle)
                throw new UsageException($"{idle.Name} says how teachers are heard, and there are none; name one with --teacher.");
            return _read = read;
        }
        catch (ArgumentException e)
        {
            throw new UsageException(ArgumentMessage.WithoutParameter(e));
        }
        catch (Exception e) when (e is FormatException or RecipeFileException)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <summary>A name goes before a file of that name, which a path such as ./default can still mean.</summary>
    private RecipeFile Basis(string path, ParseResult parsed)
    {
        if (NamedRecipes.Find(path) is { } named) return named.File(parsed.GetValue(_encoder));
        if (System.IO.File.Exists(path)) return RecipeFile.Read(path);
        throw new UsageException($"there is no recipe file '{path}', and no recipe of that name; {NearNames.Hint(path, [.. NamedRecipes.All.Select(recipe => recipe.Name)])}");
    }

    private IEnumerable<(Option Option, RecipeKey Key, Func<ParseResult, object?> Value)> Options(ParseResult parsed) =>
        _settings.Where(setting => parsed.GetResult(setting.Option) is OptionResult { Implicit: false });

    private Option<T> Add<T>(string name, string key, string? help = null, Func<T, object?>? value = null)
    {
        var found = RecipeKeys.Find(key)!;
        RecipeOption<T> option = new(name, found) { HelpName = help };
        Add(option, found, parsed => value is null ? parsed.GetValue(option) : value(parsed.GetValue(option)!));
        return option;
    }

    private void Add(Option option, RecipeKey key, Func<ParseResult, object?> value)
    {
        _command.Options.Add(option);
        _settings.Add((option, key, value));
    }

    private void AddLoss()
    {
        Add<string>(LossOption, LossKey, "LOSS", ReadLoss).NotEmpty();
        Add(_centerWeight, RecipeKeys.Find(LossKey)!, CenterLoss);
        Add(_centerRate, RecipeKeys.Find(LossKey)!, CenterLoss);
    }

    private LossExpression CenterLoss(ParseResult parsed)
    {
        if (parsed.GetResult(LossOption) is not null)
            throw new UsageException($"{CenterWeightOption} and {CenterRateOption} are short for a loss and do not go with {LossOption}; write center(rate: …) there.");
        double weight = parsed.GetValue(_centerWeight) ?? 0.01, rate = parsed.GetValue(_centerRate) ?? 0.5;
        if (!(weight >= 0) || double.IsInfinity(weight)) throw new UsageException($"{CenterWeightOption} must be 0 or more, not {weight}.");
        if (!(rate is >= 0 and <= 1)) throw new UsageException($"{CenterRateOption} must be from 0 to 1, not {rate}.");
        return LossExpression.Parse(weight == 0 ? "softmax" : string.Create(CultureInfo.InvariantCulture, $"softmax + {weight} center(rate: {rate})"));
    }
}
