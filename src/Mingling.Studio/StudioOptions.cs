using System.Net;
using Mingling.Studio.Jobs;

namespace Mingling.Studio;

/// <summary>Where a studio works and who reaches it.</summary>
public sealed record StudioOptions
{
    /// <summary>The port that is tried first where none is given.</summary>
    public const int UsualPort = 4747;

    /// <summary>The folder of corpora, runs and models, as an absolute path; made where it does not exist.</summary>
    public required string Folder { get; init; }

    /// <summary>The command <c>mingling</c>: the program and the arguments before its own. Trainings, exports and reports are run by it.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The folder of the sample corpus; null (default) where there is none.</summary>
    public string? Samples { get; init; }

    /// <summary>The version that the page shows.</summary>
    public string Version { get; init; } = "";

    /// <summary>Looks whether libtorch, which trainings compute with, is there; null (default) where it cannot be missing.</summary>
    public Func<RuntimeState>? Runtime { get; init; }

    /// <summary>The port. Range: 0 to 65,535, 0 for any free one. Null (default): <see cref="UsualPort"/>, or any free one where that is taken.</summary>
    public int? Port { get; init; }

    /// <summary>An address of this machine at which others reach the studio; null (default) for this machine alone.</summary>
    public IPAddress? Listen { get; init; }

    /// <summary>The token that <see cref="Listen"/> asks everyone for; null (default) draws one.</summary>
    public string? Token { get; init; }
}
