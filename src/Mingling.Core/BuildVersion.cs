using System.Reflection;

namespace Mingling;

/// <summary>The version that the build wrote into an assembly.</summary>
internal static class BuildVersion
{
    /// <summary>The version without the commit after '+'; 0 where there is none.</summary>
    public static string Read(Assembly assembly) =>
        (assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
