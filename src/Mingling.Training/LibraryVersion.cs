namespace Mingling.Training;

/// <summary>The version of this library.</summary>
internal static class LibraryVersion
{
    public static string Current { get; } = BuildVersion.Read(typeof(LibraryVersion).Assembly);
}
