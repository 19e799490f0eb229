namespace Mingling.Boards.Onnx;

/// <summary>One operation of a graph.</summary>
/// <param name="Operator">Its name, such as <c>Conv</c>.</param>
/// <param name="Inputs">The names of its inputs; an empty one was left out.</param>
/// <param name="Output">The name of its first output.</param>
/// <param name="Attributes">Its attributes by name.</param>
internal sealed record OnnxNode(string Operator, string[] Inputs, string Output, IReadOnlyDictionary<string, OnnxAttribute> Attributes)
{
    /// <summary>Whether there is an input at this place.</summary>
    public bool Has(int input) => input < Inputs.Length && Inputs[input].Length > 0;

    /// <summary>A whole number, or what it is where the attribute is missing.</summary>
    public long Number(string name, long missing) => Attributes.TryGetValue(name, out var found) ? found.Number : missing;

    /// <summary>A real number, or what it is where the attribute is missing.</summary>
    public float Real(string name, float missing) => Attributes.TryGetValue(name, out var found) ? found.Real : missing;

    /// <summary>Whole numbers, or null where the attribute is missing.</summary>
    public long[]? Numbers(string name) => Attributes.TryGetValue(name, out var found) ? found.Numbers : null;

    /// <summary>A text, or what it is where the attribute is missing.</summary>
    public string Text(string name, string missing) => Attributes.TryGetValue(name, out var found) ? found.Text : missing;
}

/// <summary>An attribute of a node; of its values one is meant.</summary>
internal sealed record OnnxAttribute(long Number, float Real, string Text, long[] Numbers);
