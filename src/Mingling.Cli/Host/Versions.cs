using System.Reflection;

namespace Mingling.Cli.Host;

/// <summary>The versions of what the command is made of.</summary>
internal static class Versions
{
    public static string Mingling { get; } = BuildVersion.Read(typeof(Versions).Assembly);

    /// <summary>A version that the build wrote into the command.</summary>
    public static string Built(string name) =>
        typeof(Versions).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == name).Value!;
}
