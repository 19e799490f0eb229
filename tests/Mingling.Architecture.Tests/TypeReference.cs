namespace Mingling.Architecture.Tests;

/// <summary>A type that uses another one; both are top-level types, named with their namespaces.</summary>
internal readonly record struct TypeReference(TypeName From, TypeName To);

/// <summary>A top-level type and the namespace it lives in.</summary>
internal readonly record struct TypeName(string Namespace, string Name)
{
    public override string ToString() => $"{Namespace}.{Name}";
}
