using System.Reflection;

namespace Mingling.Cli;

/// <summary>The versions of what the command is made of.</summary>
internal static class Versions
{
    public static string Mingling { get; } = Of(typeof(Versions).Assembly);

    public static string Of(Assembly assembly) =>
        (assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
