using System.ComponentModel;
using System.Diagnostics;

namespace Mingling.Cli.Commands;

/// <summary>What the C takes on a board, where the compiler of Arm's processors is installed.</summary>
internal static class ArmSize
{
    private static readonly string[] Flags =
        ["-mcpu=cortex-m4", "-mthumb", "-mfpu=fpv4-sp-d16", "-mfloat-abi=hard", "-std=c99", "-Os", "-ffunction-sections", "-fdata-sections", "--specs=nano.specs", "-nostartfiles", "-Wl,--gc-sections,-e,main"];

    /// <summary>Compiles and links the least program that hears.</summary>
    /// <returns>Bytes of code, tables and initial values, and bytes of memory of one stream; null where there is no compiler.</returns>
    public static (int Rom, int Ram)? Measure(string folder, string name)
    {
        string work = Directory.CreateTempSubdirectory("mingling-").FullName;
        try
        {
            string main = Path.Combine(work, "main.c"), program = Path.Combine(work, "program.elf");
            File.WriteAllText(main, $$"""
                #include "{{name}}.h"
                static {{name}}_spotter spotter;
                volatile int16_t microphone;
                volatile int last_word;
                static void heard(void *context, const {{name}}_event *event) { (void)context; last_word = event->word; }
                int main(void)
                {
                    {{name}}_init(&spotter, heard, 0);
                    for (;;) {
                        const int16_t sample = microphone;
                        {{name}}_push(&spotter, &sample, 1);
                    }
                }

                """);
            if (Run("arm-none-eabi-gcc", [.. Flags, "-I", folder, main, Path.Combine(folder, $"{name}.c"), "-lm", "-o", program]) is null) return null;
            // text, data and bss in the second line.
            string[]? sizes = Run("arm-none-eabi-size", [program])?.Split('\n').ElementAtOrDefault(1)?.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (sizes is not [string text, string data, string bss, ..]) return null;
            return int.TryParse(text, out int code) && int.TryParse(data, out int values) && int.TryParse(bss, out int memory) ? (code + values, values + memory) : null;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static string? Run(string tool, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            _ = errors.Result;
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
