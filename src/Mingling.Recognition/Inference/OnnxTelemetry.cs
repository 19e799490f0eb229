using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Mingling.Recognition.Inference;

/// <summary>
/// The telemetry of ONNX Runtime, which since 1.29 is on by default in the builds for Linux and macOS too: it keeps a device identifier
/// and a database in the user's cache, and sends names and hashes of models to Microsoft. Nothing is to leave the user's machine, so it is
/// turned off before the runtime begins: https://github.com/microsoft/onnxruntime/pull/27379.
/// </summary>
internal static partial class OnnxTelemetry
{
    /// <summary>The variable by which users turn it off for themselves; whoever has set it to something else is not overruled.</summary>
    public const string Variable = "ORT_DISABLE_TELEMETRY";

    private static readonly Lazy<bool> Off = new(TurnOffNow);

    /// <summary>Turns it off for this process; call it before anything else of ONNX Runtime. A runtime that the program began by itself goes on as it is.</summary>
    public static void TurnOff() => _ = Off.Value;

    private static bool TurnOffNow()
    {
        if (OrtEnv.IsCreated) return false;
        if (OperatingSystem.IsWindows())
        {
            OrtEnv.Instance().DisableTelemetryEvents();
            return true;
        }
        try
        {
            // Environment.SetEnvironmentVariable changes .NET's copy alone, which native code does not see.
            return SetVariable(Variable, "1", overwrite: 0) == 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library of another name; ask the runtime itself, which then has reported its start.
            OrtEnv.Instance().DisableTelemetryEvents();
            return true;
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
