using System.Runtime.Versioning;

namespace Mingling.MetricLearning.Tests.Native;

[SupportedOSPlatform("linux")]
public class LibTorchDirectoryTests
{
    [LinuxFact]
    public void A_library_is_found_in_the_further_folder_and_beside_the_program_before_that()
    {
        var folder = Directory.CreateTempSubdirectory("mingling-libtorch-");
        try
        {
            string strange = Path.Combine(folder.FullName, "libstrange.so");
            File.WriteAllText(strange, "");
            File.WriteAllText(Path.Combine(folder.FullName, "libtorch.so"), "");

            LinuxLibTorch.Find("libstrange.so", folder.FullName).ShouldBe(strange);
            LinuxLibTorch.Find("libtorch.so", folder.FullName).ShouldNotStartWith(folder.FullName);
            Should.Throw<TorchRuntimeException>(() => LinuxLibTorch.Find("libstrange.so", null)).Message.ShouldContain("libstrange.so");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
