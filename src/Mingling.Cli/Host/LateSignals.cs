using System.Runtime.InteropServices;

namespace Mingling.Cli.Host;

/// <summary>
/// Signals that come when the work is done. The libraries of a training take a moment to unload; a signal that ended the process in that moment
/// would call a finished training a failed one.
/// </summary>
internal static class LateSignals
{
    // Kept for the life of the process: without a registration a signal ends it.
    private static readonly List<PosixSignalRegistration> Registrations = [];
    private static volatile bool _isDone;

    /// <summary>Runs the work; signals that come meanwhile do what they always do, later ones nothing.</summary>
    public static int RunBefore(Func<int> work)
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }) Registrations.Add(PosixSignalRegistration.Create(signal, context => context.Cancel |= _isDone));
        int code = work();
        _isDone = true;
        return code;
    }
}
