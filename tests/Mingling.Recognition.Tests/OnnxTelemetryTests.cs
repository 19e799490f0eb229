using System.Runtime.InteropServices;
using Mingling.Recognition.Inference;
using Mingling.Recognition.Tests.Support;

namespace Mingling.Recognition.Tests;

public partial class OnnxTelemetryTests
{
    [Fact]
    public void The_native_library_sees_that_nothing_is_to_be_reported()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no such variable; telemetry is turned off by a call.");

        MadeModel.Load().Dispose();

        // The C library's own copy, which .NET's Environment does not show.
        Marshal.PtrToStringUTF8(NativeVariable(OnnxTelemetry.Variable)).ShouldNotBeNullOrEmpty();
    }

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint NativeVariable(string name);
}
