namespace Mingling.Training.Graphs.Onnx;

/// <summary>ModelProto with one set of standard operators. The metadata are added when the file is sealed.</summary>
internal sealed record OnnxModel(OnnxGraph Graph, string ProducerVersion) : IOnnxMessage
{
    /// <summary>The operators of ONNX 1.12 (2022): old enough for every runtime in use.</summary>
    private const int OperatorSet = 17, IrVersion = 8;

    public void WriteTo(OnnxWriter writer)
    {
        writer.Number(1, IrVersion);
        writer.Text(2, "Mingling");
        writer.Text(3, ProducerVersion);
        writer.Message(7, Graph);
        writer.Message(8, new OperatorSetId(OperatorSet));
    }

    private sealed record OperatorSetId(int Version) : IOnnxMessage
    {
        public void WriteTo(OnnxWriter writer)
        {
            writer.Text(1, "");
            writer.Number(2, Version);
        }
    }
}
