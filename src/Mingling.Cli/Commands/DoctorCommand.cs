using System.CommandLine;

namespace Mingling.Cli.Commands;

internal static class DoctorCommand
{
    public static Command Create() => new("doctor", "");
}
