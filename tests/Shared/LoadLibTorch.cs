using System.Runtime.CompilerServices;
using Mingling.MetricLearning;
using TorchSharp;

namespace Mingling.Tests.Shared;

/// <summary>Loads libtorch once, before the first test of an assembly touches a tensor.</summary>
internal static class LoadLibTorch
{
    [ModuleInitializer]
    internal static void Run()
    {
        TorchRuntime.Load();
        torch.set_num_threads(1);
    }
}
