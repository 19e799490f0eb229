using System.Diagnostics;
using System.Globalization;
using Mingling.Audio;

namespace Mingling.Base;

/// <summary>Flite, whose voices were built from recordings of people.</summary>
internal static class FliteProgram
{
    /// <summary>Says a text.</summary>
    /// <param name="voice">A voice of <c>flite -lv</c>.</param>
    /// <param name="text">The text, in English.</param>
    /// <param name="stretch">How much longer than usual it takes.</param>
    public static AudioClip Speak(string voice, string text, double stretch)
    {
        string path = Path.GetTempFileName();
        try
        {
            using var flite = Process.Start("flite", ["-voice", voice, "--setf", string.Create(CultureInfo.InvariantCulture, $"duration_stretch={stretch:0.00}"), "-t", text, "-o", path]);
            flite.WaitForExit();
            return flite.ExitCode == 0 ? AudioFile.Read(path) : throw new InvalidOperationException($"flite could not say '{text}'.");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
