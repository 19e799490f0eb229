namespace Mingling.Recognition.Models;

/// <summary>One field of a protobuf message.</summary>
/// <param name="Number">Its number in the message's definition.</param>
/// <param name="Whole">Where it lies, with its tag.</param>
/// <param name="Payload">Where its content lies: text, bytes, a message or a number.</param>
internal readonly record struct WireField(int Number, Range Whole, Range Payload);
