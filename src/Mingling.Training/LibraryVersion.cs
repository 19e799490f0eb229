using System.Reflection;

namespace Mingling.Training;

/// <summary>The version of this library.</summary>
internal static class LibraryVersion
{
    public static string Current { get; } =
        (typeof(LibraryVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
