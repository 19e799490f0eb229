using System.Runtime.Versioning;
using TorchSharp;

namespace Mingling.MetricLearning.Tests.Native;

public class TorchRuntimeTests
{
    [Fact]
    public void Load_again_is_harmless()
    {
        TorchRuntime.Load();
        TorchRuntime.Load(new TorchRuntimeOptions { CacheDirectory = "/proc/mingling", KeepLargeBlocks = false });

        using var ones = torch.ones(3);
        using var sum = ones.sum();
        sum.item<float>().ShouldBe(3);
    }

    [LinuxFact]
    [SupportedOSPlatform("linux")]
    public void Load_leaves_one_bridge_in_the_process_and_not_the_package_s_where_libstdcxx_is_old()
    {
        string bridge = File.ReadLines("/proc/self/maps").Where(line => line.Contains("libLibTorchSharp.so", StringComparison.Ordinal))
            .Select(line => line[line.IndexOf('/', StringComparison.Ordinal)..]).Distinct().ShouldHaveSingleItem();

        bridge.Contains("/runtimes/linux-", StringComparison.Ordinal).ShouldBe(!LinuxLibTorch.SystemLacksGuard(), bridge);
    }

    [LinuxFact]
    [SupportedOSPlatform("linux")]
    public void RequireGlibc_musl_is_refused_by_name_and_others_pass()
    {
        foreach (string musl in new[] { "linux-musl-x64", "linux-musl-arm64", "alpine.3.20-x64" })
            Should.Throw<TorchRuntimeException>(() => LinuxLibTorch.RequireGlibc(musl)).Message.ShouldContain(musl);

        foreach (string glibc in new[] { "linux-x64", "linux-arm64", "debian.12-x64" }) LinuxLibTorch.RequireGlibc(glibc);
    }
}
