using Mingling.Boards.Models;
using Mingling.Boards.Programs;
using Mingling.Boards.Tests.Support;
using Mingling.Recognition.Models;

namespace Mingling.Boards.Tests.Programs;

public sealed class MemoryPlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("tc-resnet8-stream")]
    [InlineData("bc-resnet-1")]
    [InlineData("resnet2d")]
    public void Tensors_that_are_needed_together_lie_apart(string encoder)
    {
        byte[] bytes = MadeModels.Export(_folder["model.onnx"], encoder);
        var program = BoardModel.Read("model.onnx", SealedModel.Open("model.onnx", bytes)).Program;
        var plan = new MemoryPlan(program);
        BoardTensor[] tensors = [.. program.Tensors.Where(tensor => tensor.Constant is null && !tensor.IsState)];
        foreach (var a in tensors)
        {
            (plan.PlaceOf(a) + a.Size).ShouldBeLessThanOrEqualTo(plan.Floats);
            foreach (var b in tensors.Where(b => !ReferenceEquals(a, b) && Overlap(Life(program, a), Life(program, b))))
                (plan.PlaceOf(a) + a.Size <= plan.PlaceOf(b) || plan.PlaceOf(b) + b.Size <= plan.PlaceOf(a)).ShouldBeTrue($"{a.Name} and {b.Name}");
        }
        plan.Floats.ShouldBeLessThan(tensors.Sum(tensor => tensor.Size) * 2 / 3);
    }

    public void Dispose() => _folder.Dispose();

    private static (int First, int Last) Life(BoardProgram program, BoardTensor tensor)
    {
        int[] uses = [.. Enumerable.Range(0, program.Operations.Count).Where(i => program.Operations[i].Inputs.Contains(tensor) || ReferenceEquals(program.Operations[i].Output, tensor))];
        bool isResult = ReferenceEquals(tensor, program.Scores) || ReferenceEquals(tensor, program.Embedding);
        return (ReferenceEquals(tensor, program.Features) ? 0 : uses[0], isResult ? int.MaxValue : uses[^1]);
    }

    private static bool Overlap((int First, int Last) a, (int First, int Last) b) => a.First <= b.Last && b.First <= a.Last;
}
