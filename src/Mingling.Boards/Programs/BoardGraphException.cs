namespace Mingling.Boards.Programs;

/// <summary>A graph holds what no program can be made of. The message is a clause about the graph.</summary>
internal sealed class BoardGraphException(string message) : Exception(message);
