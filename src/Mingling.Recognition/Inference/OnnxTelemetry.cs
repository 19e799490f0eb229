using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Mingling.Recognition.Inference;

/// <summary>
/// The telemetry of ONNX Runtime. Since 1.29 it is on by default in the builds for Linux and macOS too: it keeps a device identifier and a
/// database in the user's cache, and sends names and hashes of models to Microsoft (https://github.com/microsoft/onnxruntime/pull/27379).
/// Mingling sends nothing, so the recogniser turns it off before the runtime starts. Programs that use ONNX Runtime themselves before they
/// load a model call <see cref="TurnOff"/> first.
/// </summary>
public static partial class OnnxTelemetry
{
    /// <summary>The environment variable that ONNX Runtime reads; a value that the user has set is kept.</summary>
    internal const string Variable = "ORT_DISABLE_TELEMETRY";

    private static readonly Lazy<bool> Off = new(TurnOffNow);

    /// <summary>Turns telemetry off for this process. Call it before anything else of ONNX Runtime; a runtime that has started already stays as it is. Further calls do nothing.</summary>
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
