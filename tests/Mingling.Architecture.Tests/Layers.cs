namespace Mingling.Architecture.Tests;

/// <summary>The table of docs/architecture.md: what each project may refer to, and the layers within it from the lowest to the highest.</summary>
internal static class Layers
{
    /// <summary>A project.</summary>
    /// <param name="Assembly">The name of its assembly.</param>
    /// <param name="Root">The namespace under which all of its types lie.</param>
    /// <param name="MayReference">The projects and packages whose assemblies it may refer to, besides .NET.</param>
    internal sealed record Project(string Assembly, string Root, params string[] MayReference);

    private static readonly string[] Torch = ["TorchSharp"], Onnx = ["Microsoft.ML.OnnxRuntime"];

    /// <summary>Assemblies of the shared framework of ASP.NET Core.</summary>
    private static readonly string[] AspNet =
    [
        "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Http.Abstractions", "Microsoft.AspNetCore.Http.Features", "Microsoft.AspNetCore.Http.Results",
        "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Routing.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Diagnostics", "Microsoft.Extensions.Diagnostics.HealthChecks", "Microsoft.Extensions.Diagnostics.HealthChecks.Abstractions",
        "Microsoft.Extensions.Features", "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options",
        "Microsoft.Extensions.Primitives",
    ];

    public static IReadOnlyList<Project> Projects { get; } =
    [
        new("Mingling.Core", "Mingling"),
        new("Mingling.Audio", "Mingling.Audio", "Mingling.Core"),
        new("Mingling.Boards", "Mingling.Boards", "Mingling.Core", "Mingling.Audio", "Mingling.Recognition"),
        new("Mingling.MetricLearning", "Mingling.MetricLearning", ["Mingling.Core", .. Torch]),
        new("Mingling.Corpora", "Mingling.Corpora", "Mingling.Core", "Mingling.Audio"),
        new("Mingling.Recognition", "Mingling.Recognition", ["Mingling.Core", "Mingling.Audio", .. Onnx]),
        new("Mingling.Serving", "Mingling.Serving", "Mingling.Core", "Mingling.Audio", "Mingling.Recognition"),
        new("Mingling.AspNetCore", "Mingling.AspNetCore", ["Mingling.Core", "Mingling.Audio", "Mingling.Recognition", "Mingling.Serving", .. AspNet]),
        new("Mingling.Training", "Mingling.Training", ["Mingling.Core", "Mingling.Audio", "Mingling.Corpora", "Mingling.MetricLearning", "Mingling.Recognition", "Google.Protobuf", "Tomlyn", .. Torch, .. Onnx]),
        new("Mingling.Experiments", "Mingling.Experiments",
            ["Mingling.Core", "Mingling.Audio", "Mingling.Corpora", "Mingling.MetricLearning", "Mingling.Recognition", "Mingling.Training", "ScottPlot", "SkiaSharp", "HarfBuzzSharp", "SkiaSharp.HarfBuzz", "Microsoft.Data.Sqlite", .. Torch]),
        new("Mingling.Studio", "Mingling.Studio",
            [
                "Mingling.Core", "Mingling.Audio", "Mingling.Corpora", "Mingling.Recognition", "Mingling.Training", .. AspNet, "Microsoft.AspNetCore", "Microsoft.AspNetCore.Connections.Abstractions",
                "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Hosting.Abstractions", "Microsoft.AspNetCore.Hosting.Server.Abstractions", "Microsoft.AspNetCore.Http.Extensions", "Microsoft.AspNetCore.Server.Kestrel",
                "Microsoft.AspNetCore.Server.Kestrel.Core", "Microsoft.AspNetCore.WebSockets", "Microsoft.Extensions.Logging", "Microsoft.Net.Http.Headers",
            ]),
        new("mingling", "Mingling.Cli",
            ["Mingling.Core", "Mingling.Audio", "Mingling.Corpora", "Mingling.MetricLearning", "Mingling.Recognition", "Mingling.Serving", "Mingling.Training", "Mingling.Experiments", "Mingling.Boards", "Mingling.Studio", "System.CommandLine", "Spectre.Console", "Spectre.Console.Ansi", "SkiaSharp", .. Torch, .. Onnx]),
    ];

    /// <summary>The folders of Mingling.Training, bottom up: each may use those before it.</summary>
    public static IReadOnlyList<string> OfTraining { get; } =
        ["Storage", "Graphs", "Encoders", "Recipes", "Workers", "Ranks", "Models", "Data", "Runs", "Objectives", "Passes", "Mining", "Loop", "Export"];

    /// <summary>The compiled assembly of a project, beside the tests.</summary>
    public static string PathOf(Project project) => Path.Combine(AppContext.BaseDirectory, project.Assembly + ".dll");
}
