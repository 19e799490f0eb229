namespace Mingling.Serving.Wyoming;

/// <summary>A client of a Wyoming server.</summary>
/// <param name="Number">Its number, counted from 1 since the server began.</param>
/// <param name="Address">Where it comes from, address and port.</param>
public sealed record WyomingClient(long Number, string Address);
