using System.Globalization;

namespace Mingling.Training.Encoders;

/// <summary>The encoders that can be named in a recipe or on the command line. Programs add their own with <see cref="Add"/>.</summary>
public sealed class EncoderCatalog
{
    private readonly SortedDictionary<string, Func<EncoderSettings, Encoder>> _builders = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A catalogue of the encoders that come with the library; docs/encoders.md describes them.</summary>
    public EncoderCatalog()
    {
        Add("tc-resnet8", settings => new TcResNet(settings, blocksPerWidth: 1));
        Add("tc-resnet14", settings => new TcResNet(settings, blocksPerWidth: 2));
        Add("tc-resnet8-stream", settings => new CausalTcResNet(settings, blocksPerWidth: 1));
        Add("tc-resnet14-stream", settings => new CausalTcResNet(settings, blocksPerWidth: 2));
        Add("resnet2d", settings => new ResNet2d(settings));
        Add("resnet2d-s", settings => new ResNet2d(settings, ResNet2dSize.Small));
        Add("resnet2d-stream", settings => new CausalResNet2d(settings));
        Add("resnet2d-l", settings => new ResNet2d(settings, ResNet2dSize.Large));
        foreach (double tau in new[] { 1, 1.5, 2, 3, 6, 8 })
            Add(string.Create(CultureInfo.InvariantCulture, $"bc-resnet-{tau}"), settings => new BcResNet(settings, tau));
        foreach (var (blocks, repeats) in new[] { (3, 1), (3, 2), (6, 1) })
            Add($"matchboxnet-{blocks}x{repeats}x64", settings => new MatchboxNet(settings, blocks, repeats, channels: 64));
        Add("ds-cnn-s", settings => new DsCnn(settings, DsCnnSize.Small));
        Add("ds-cnn-m", settings => new DsCnn(settings, DsCnnSize.Medium));
        Add("ds-cnn-l", settings => new DsCnn(settings, DsCnnSize.Large));
        foreach (var (suffix, channels) in new[] { ("", 45), ("-narrow", 19) })
        {
            Add("res8" + suffix, settings => new DeepResNet(settings, layers: 6, channels, dilated: false));
            Add("res15" + suffix, settings => new DeepResNet(settings, layers: 13, channels, dilated: true));
        }
        foreach (var (prefix, scales) in new[] { ("", false), ("m", true) })
        {
            Add(prefix + "tenet6", settings => new TemporalNet(settings, blocksPerStage: 2, scales));
            Add(prefix + "tenet12", settings => new TemporalNet(settings, blocksPerStage: 4, scales));
        }
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
