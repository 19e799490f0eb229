namespace Mingling.Training.Encoders;

/// <summary>The encoders that can be named in a recipe or on the command line. Programs add their own with <see cref="Add"/>.</summary>
public sealed class EncoderCatalog
{
    private readonly SortedDictionary<string, Func<EncoderSettings, Encoder>> _builders = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A catalogue of the encoders that come with the library: tc-resnet8, tc-resnet14, both also with -stream behind the name, and resnet2d.</summary>
    public EncoderCatalog()
    {
        Add("tc-resnet8", settings => new TcResNet(settings, blocksPerWidth: 1));
        Add("tc-resnet14", settings => new TcResNet(settings, blocksPerWidth: 2));
        Add("tc-resnet8-stream", settings => new CausalTcResNet(settings, blocksPerWidth: 1));
        Add("tc-resnet14-stream", settings => new CausalTcResNet(settings, blocksPerWidth: 2));
        Add("resnet2d", settings => new ResNet2d(settings));
    }

    /// <summary>The names, sorted.</summary>
    public IReadOnlyCollection<string> Names => _builders.Keys;

    /// <summary>Whether the library's encoder of a name is a <see cref="StreamingEncoder"/>: their names end in <c>-stream</c>.</summary>
    internal static bool HearsStreams(string name) => name.EndsWith("-stream", StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds an encoder under a new name, or replaces the one of that name.</summary>
    /// <param name="name">The name; upper and lower case are the same.</param>
    /// <param name="build">Builds the encoder with freshly drawn weights.</param>
    public void Add(string name, Func<EncoderSettings, Encoder> build)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(build);
        _builders[name] = build;
    }

    /// <summary>Builds the encoder that the settings name, with freshly drawn weights from torch's present random state.</summary>
    /// <exception cref="ArgumentException">No encoder has that name; the message lists those that exist.</exception>
    public Encoder Create(EncoderSettings settings)
    {
        if (!_builders.TryGetValue(settings.Name, out var build))
            throw new ArgumentException($"there is no encoder '{settings.Name}'; there are {string.Join(", ", Names)}.", nameof(settings));
        return build(settings);
    }
}
