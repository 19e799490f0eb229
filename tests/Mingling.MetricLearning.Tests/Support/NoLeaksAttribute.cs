using System.Reflection;
using TorchSharp;
using Xunit.v3;

namespace Mingling.MetricLearning.Tests.Support;

/// <summary>Fails a test that leaves more live tensors on its thread than it found.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class NoLeaksAttribute : BeforeAfterTestAttribute
{
    [ThreadStatic]
    private static long _before;

    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => _before = Live;

    public override void After(MethodInfo methodUnderTest, IXunitTest test) =>
        Live.ShouldBe(_before, $"{methodUnderTest.Name} leaves tensors alive");

    private static long Live => DisposeScopeManager.Statistics.ThreadTotalLiveCount;
}
