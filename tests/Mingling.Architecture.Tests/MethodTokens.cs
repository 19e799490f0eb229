using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Mingling.Architecture.Tests;

/// <summary>The metadata tokens in the instructions of a method (ECMA-335, partition III).</summary>
internal static class MethodTokens
{
    private const byte TwoByteOpcode = 0xFE;

    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value & 0xFFFF, code => code.OperandType);

    public static IEnumerable<int> In(byte[] instructions)
    {
        for (int i = 0; i < instructions.Length;)
        {
            int code = instructions[i++];
            if (code == TwoByteOpcode) code = code << 8 | instructions[i++];
            var operand = Operands[code];
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                yield return BinaryPrimitives.ReadInt32LittleEndian(instructions.AsSpan(i));
            i += Size(operand, instructions.AsSpan(i));
        }
    }

    private static int Size(OperandType operand, ReadOnlySpan<byte> rest) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BinaryPrimitives.ReadInt32LittleEndian(rest),
        _ => 4,
    };
}
